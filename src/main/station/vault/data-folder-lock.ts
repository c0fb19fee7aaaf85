import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { isSqliteError } from './sqlite-error.ts';

export interface DataFolderLock {
  release(): void;
}

/** A database that nobody refers to is closed by the garbage collector, and its lock would go with it, unnoticed. */
const held = new Set<Database.Database>();

/**
 * Holds a data folder for one station. The lock is the operating system's own record lock on a file of its own,
 * taken through SQLite, because Node has no call for one: the system drops it with the process, so that `kill -9`
 * or a power cut never leaves a stale lock behind.
 */
export function lockDataFolder(folder: string): Result<DataFolderLock, 'in-use'> {
  const file = new Database(join(folder, 'station.lock'), { timeout: 0 });
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if (isSqliteError(error, 'SQLITE_BUSY')) return err('in-use');
    throw error;
  }
  held.add(file);
  return ok({
    release: () => {
      held.delete(file);
      file.close();
    },
  });
}
