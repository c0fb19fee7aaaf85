import type Database from 'better-sqlite3';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import type { Migration } from './migrations/migration.ts';

export interface FutureDatabase {
  readonly reason: 'from-the-future';
  readonly found: number;
  readonly known: number;
}

/** Brings a database to the last of `migrations`, each in one transaction of its own. */
export function migrate(
  database: Database.Database,
  migrations: readonly Migration[],
): Result<{ readonly from: number; readonly to: number }, FutureDatabase> {
  assertAscending(migrations);
  const known = migrations.at(-1)?.version ?? 0;
  const from = versionOf(database);
  if (from > known) return err({ reason: 'from-the-future', found: from, known });
  for (const migration of migrations) {
    if (migration.version <= from) continue;
    database
      .transaction(() => {
        database.exec(migration.sql);
        database.pragma(`user_version = ${migration.version}`);
      })
      .immediate();
  }
  return ok({ from, to: known });
}

function versionOf(database: Database.Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

function assertAscending(migrations: readonly Migration[]): void {
  let last = 0;
  for (const { version } of migrations) {
    if (version <= last) throw new Error(`migration ${version} does not come after ${last}`);
    last = version;
  }
}
