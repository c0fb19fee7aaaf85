import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import type { Result } from '#domain/result.ts';
import { ok } from '#domain/result.ts';
import { type FutureDatabase, migrate } from './migrate.ts';
import type { RegistryTables } from './tables.ts';

/** The registry's database, or one transaction on it. */
export type Queries = Kysely<RegistryTables>;

export interface Store {
  readonly queries: Queries;
  /**
   * Runs `work` between `BEGIN IMMEDIATE` and `COMMIT`, and rolls back when it throws. When this has resolved, the
   * rows are on the disk (WAL, `synchronous=FULL`). Work of others waits meanwhile, so it must not wait for anything
   * but the database.
   */
  write<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Opens the database file, creating it, and applies migrations. */
export function openStore(file: string): Result<Store, FutureDatabase> {
  const database = new Database(file, { timeout: 10_000 });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  const migrated = migrate(database);
  if (!migrated.ok) {
    database.close();
    return migrated;
  }
  const queries = new Kysely<RegistryTables>({ dialect: new SqliteDialect({ database }) });
  return ok({
    queries,
    write: (work) =>
      queries.connection().execute(async (connection) => {
        // Kysely's own transaction begins deferred: with a second process a read before the first write could then
        // fail with SQLITE_BUSY_SNAPSHOT, which no waiting heals.
        await sql`BEGIN IMMEDIATE`.execute(connection);
        try {
          const value = await work(connection);
          await sql`COMMIT`.execute(connection);
          return value;
        } catch (fault) {
          if (database.inTransaction) await sql`ROLLBACK`.execute(connection);
          throw fault;
        }
      }),
    close: () => queries.destroy(),
  });
}
