import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Result } from '#domain/result.ts';
import { assertNever, err, ok } from '#domain/result.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { isSqliteError } from './sqlite-error.ts';

/** The station's database, held by this process alone. */
export interface Vault {
  readonly database: Database.Database;
  readonly folder: string;
  close(): void;
}

export type VaultFault =
  | { readonly reason: 'in-use'; readonly folder: string }
  | { readonly reason: 'no-access'; readonly folder: string }
  | { readonly reason: 'from-the-future'; readonly found: number; readonly known: number }
  | { readonly reason: 'damaged'; readonly folder: string };

export const DATABASE_FILE = 'station.db';

/** Opens or makes the database of a data folder. The folder and its files are the station's user's alone (0700). */
export function openVault(options: { readonly folder: string }): Result<Vault, VaultFault> {
  const { folder } = options;
  const usable = makeFolder(folder);
  if (!usable) return err({ reason: 'no-access', folder });
  const lock = lockDataFolder(folder);
  if (!lock.ok) return err({ reason: 'in-use', folder });
  let database: Database.Database | null = null;
  const closeAll = () => {
    database?.close();
    lock.value.release();
  };
  try {
    database = new Database(join(folder, DATABASE_FILE));
    configure(database);
    const migrated = migrate(database, MIGRATIONS);
    if (!migrated.ok) {
      closeAll();
      return err(migrated.error);
    }
    return ok({ database, folder, close: closeAll });
  } catch (error) {
    closeAll();
    if (isSqliteError(error, 'SQLITE_NOTADB', 'SQLITE_CORRUPT')) return err({ reason: 'damaged', folder });
    if (isSqliteError(error, 'SQLITE_CANTOPEN', 'SQLITE_READONLY'))
      return err({ reason: 'no-access', folder });
    throw error;
  }
}

/** One sentence for whoever started the station. */
export function vaultSentence(fault: VaultFault): string {
  switch (fault.reason) {
    case 'in-use':
      return `Another station already runs on the data folder ${fault.folder}; stop it first, or give this one a folder of its own.`;
    case 'no-access':
      return `The data folder ${fault.folder} cannot be made or written; give the station's user the right to write there.`;
    case 'from-the-future':
      return `The database has version ${fault.found} and this program knows versions up to ${fault.known}; install the newer program again, nothing was changed.`;
    case 'damaged':
      return `The database in ${fault.folder} is damaged and was left as it is; keep a copy of the folder and call support.`;
    default:
      return assertNever(fault);
  }
}

function makeFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

function configure(database: Database.Database): void {
  // 16 KiB pages: a 200 KB body is a dozen pages. Takes effect only while the database is being made.
  database.pragma('page_size = 16384');
  database.pragma('journal_mode = WAL');
  // A commit returns after fdatasync of the log: "saved" is said only then.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('trusted_schema = OFF');
  database.pragma('cell_size_check = ON');
  database.pragma('temp_store = MEMORY');
}
