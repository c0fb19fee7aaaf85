import type { Migration } from './migration.ts';

/**
 * What checking e-IDs and slips without a network needs.
 *
 * `packet.collect` is 1 when no phone was paired, so that an issued e-ID waits at a desk.
 *
 * A lost e-ID that was ended has the decision `issued` with the reason `revoked` in the packet table: `issued` there
 * means that what was asked for was done. The column's check could be widened only by copying the table, which a
 * terminal with a full disk cannot.
 */
export const checks: Migration = {
  version: 60,
  sql: `
    ALTER TABLE packet ADD COLUMN collect INTEGER NOT NULL DEFAULT 0 CHECK (collect IN (0, 1));

    -- Newest status list of each block, as its issuer signed it. A registry is known by its root key.
    CREATE TABLE status_list (
      root_key   BLOB    NOT NULL CHECK (length(root_key) = 32),
      block      INTEGER NOT NULL CHECK (block >= 0),
      issued_at  INTEGER NOT NULL,
      signed     BLOB    NOT NULL,
      PRIMARY KEY (root_key, block)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER status_list_never_older BEFORE UPDATE ON status_list
      WHEN NEW.issued_at < OLD.issued_at BEGIN
      SELECT RAISE(ABORT, 'a status list is never replaced by an older one');
    END;
  `,
};
