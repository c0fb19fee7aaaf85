import type { Migration } from './migration.ts';

/** Hash-chained audit entries and the signed checkpoints over their head. Rows are only ever added. */
export const audit: Migration = {
  version: 20,
  sql: `
    CREATE TABLE audit_entry (
      sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
      type     TEXT    NOT NULL,
      entry    BLOB    NOT NULL,
      sha256   BLOB    NOT NULL CHECK (length(sha256) = 32)
    ) STRICT;

    CREATE TABLE audit_checkpoint (
      -- Last entry that the checkpoint covers.
      sequence   INTEGER PRIMARY KEY REFERENCES audit_entry (sequence),
      at         INTEGER NOT NULL,
      checkpoint BLOB    NOT NULL
    ) STRICT;

    CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry BEGIN
      SELECT RAISE(ABORT, 'an audit entry is never deleted');
    END;
    CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON audit_entry BEGIN
      SELECT RAISE(ABORT, 'an audit entry is never changed');
    END;
  `,
};
