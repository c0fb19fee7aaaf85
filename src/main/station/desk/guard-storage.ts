import type { StationLog } from '#station/log/station-log.ts';
import { isSqliteError } from '#station/vault/sqlite-error.ts';

/**
 * Runs what writes to the database on the side, such as an audit entry: a disk that is full or fails must not end a
 * session whose enrolment could still be saved from the reserve. Anything else that is thrown is a bug and stays one.
 * False when the disk took nothing.
 */
export function guardStorage(options: {
  readonly log: StationLog;
  readonly code: string;
  readonly work: () => void;
}): boolean {
  try {
    options.work();
    return true;
  } catch (error) {
    if (!isSqliteError(error, 'SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_READONLY')) throw error;
    options.log.error(options.code, { error });
    return false;
  }
}
