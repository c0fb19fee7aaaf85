import type Database from 'better-sqlite3';
import type { UsedPhoneCodes } from '#station/session/session-ports.ts';

/**
 * Codes remembered; the oldest is forgotten first. Counted, not timed, so that a clock set forth forgets nothing: at
 * 500 visits a day these are 200 days.
 */
const REMEMBERED = 100_000;

/** Keeps the ids of used phone codes in the station's database. */
export function usedPhoneCodes(
  database: Database.Database,
  options: { readonly remembered?: number } = {},
): UsedPhoneCodes {
  const remembered = options.remembered ?? REMEMBERED;
  const find = database
    .prepare<[Uint8Array], number>('SELECT 1 FROM used_phone_code WHERE code_id = ?')
    .pluck();
  const insert = database.prepare(
    'INSERT INTO used_phone_code (code_id) VALUES (?) ON CONFLICT (code_id) DO NOTHING',
  );
  const forget = database.prepare(
    'DELETE FROM used_phone_code WHERE id <= (SELECT max(id) FROM used_phone_code) - ?',
  );
  const keep = database.transaction((codeId: Uint8Array) => {
    insert.run(codeId);
    forget.run(remembered);
  });
  return {
    has: (codeId) => find.get(codeId) !== undefined,
    add: (codeId) => keep.immediate(codeId),
  };
}
