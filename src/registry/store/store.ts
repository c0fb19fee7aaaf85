import Database from 'better-sqlite3';
import { Kysely, type SqliteDatabase, SqliteDialect, sql } from 'kysely';
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
  const queries = new Kysely<RegistryTables>({
    dialect: new SqliteDialect({ database: withKeptStatements(database) }),
  });
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

/** Statements that are kept prepared; the registry has about a hundred, and lists of ids make a few more. */
const MOST_STATEMENTS = 500;

/** Kysely prepares every statement anew, which costs as much as running a small one. */
function withKeptStatements(database: Database.Database): SqliteDatabase {
  const kept = new Map<string, Database.Statement<unknown[]>>();
  return {
    close: () => database.close(),
    prepare: (text) => {
      const known = kept.get(text);
      if (known !== undefined) return known;
      const made = database.prepare<unknown[]>(text);
      if (kept.size >= MOST_STATEMENTS) kept.clear();
      kept.set(text, made);
      return made;
    },
  };
}
