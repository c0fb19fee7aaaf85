import Database from 'better-sqlite3';

/** True for a SQLite failure of the given primary code, extended codes included (`SQLITE_IOERR_WRITE`). */
export function isSqliteError(error: unknown, ...codes: readonly string[]): boolean {
  return (
    error instanceof Database.SqliteError &&
    codes.some((code) => error.code === code || error.code.startsWith(`${code}_`))
  );
}
