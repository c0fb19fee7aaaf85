import type Database from 'better-sqlite3';
import { type AuditPage, RECORDS_A_PAGE } from '#contract/console-api.ts';
import { decodeAuditEntry } from '#protocol/audit-entry.ts';

type AuditRow = AuditPage['rows'][number];

/** Reads the audit chain by pages, newest first. An entry that cannot be read is shown as such, never left out. */
export function auditView(
  database: Database.Database,
): (query: { readonly before: number | null; readonly type: string | null }) => Omit<AuditPage, 'chain'> {
  const columns = 'SELECT sequence, type, entry FROM audit_entry WHERE sequence < @before';
  const all = database.prepare<Query, StoredRow>(`${columns} ORDER BY sequence DESC LIMIT @limit`);
  const ofType = database.prepare<Query, StoredRow>(
    `${columns} AND type = @type ORDER BY sequence DESC LIMIT @limit`,
  );
  const length = database.prepare<[], number>('SELECT coalesce(max(sequence), 0) FROM audit_entry').pluck();
  // Of the newest entries only: the whole of a year's chain is not read to fill a list of choices.
  const types = database
    .prepare<[], string>(
      'SELECT DISTINCT type FROM (SELECT type FROM audit_entry ORDER BY sequence DESC LIMIT 2000) ORDER BY type',
    )
    .pluck();
  return ({ before, type }) => {
    const query = { before: before ?? Number.MAX_SAFE_INTEGER, limit: RECORDS_A_PAGE + 1, type: type ?? '' };
    const found = (type === null ? all : ofType).all(query);
    const page = found.slice(0, RECORDS_A_PAGE);
    return {
      rows: page.map(shown),
      next: found.length > RECORDS_A_PAGE ? (page.at(-1)?.sequence ?? null) : null,
      length: length.get() ?? 0,
      types: types.all(),
    };
  };
}

interface Query {
  readonly before: number;
  readonly limit: number;
  readonly type: string;
}

interface StoredRow {
  readonly sequence: number;
  readonly type: string;
  readonly entry: Uint8Array;
}

function shown(row: StoredRow): AuditRow {
  const entry = decodeAuditEntry(row.entry);
  const { sequence, type } = row;
  if (!entry.ok) return { sequence, at: 0, type, fields: [['unreadable', entry.error.where]] };
  return { sequence, at: entry.value.at, type, fields: Object.entries(entry.value.fields) };
}
