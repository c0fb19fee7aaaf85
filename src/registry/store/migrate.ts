import type { Database } from 'better-sqlite3';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { migration0010 } from './migrations/0010-registry.ts';
import { migration0020 } from './migrations/0020-decisions-of-a-station.ts';
import { migration0030 } from './migrations/0030-phones.ts';
import { migration0040 } from './migrations/0040-revocation.ts';
import { migration0050 } from './migrations/0050-commitments.ts';

/** Numbered in tens, ascending; the number of the last one applied is the database's `user_version`. */
const MIGRATIONS: readonly { readonly number: number; readonly apply: (database: Database) => void }[] = [
  { number: 10, apply: migration0010 },
  { number: 20, apply: migration0020 },
  { number: 30, apply: migration0030 },
  { number: 40, apply: migration0040 },
  { number: 50, apply: migration0050 },
];

export interface FutureDatabase {
  readonly reason: 'database-from-the-future';
  readonly found: number;
  readonly known: number;
}

/** Brings a database up to date, each migration in a transaction of its own. Refuses one that a newer program wrote. */
export function migrate(database: Database): Result<void, FutureDatabase> {
  const found = Number(database.pragma('user_version', { simple: true }));
  const known = MIGRATIONS.at(-1)?.number ?? 0;
  if (found > known) return err({ reason: 'database-from-the-future', found, known });
  for (const { number, apply } of MIGRATIONS) {
    if (number <= found) continue;
    database
      .transaction(() => {
        apply(database);
        database.pragma(`user_version = ${number}`);
      })
      .exclusive();
  }
  return ok(undefined);
}
