import type { Migration } from './migration.ts';

/** The registry's signed settings documents that were ever taken over, and what staff set at this terminal. */
export const settings: Migration = {
  version: 80,
  sql: `
    CREATE TABLE settings_document (
      root_key    BLOB    NOT NULL CHECK (length(root_key) = 32),
      version     INTEGER NOT NULL CHECK (version > 0),
      signed      BLOB    NOT NULL,
      received_at INTEGER NOT NULL,
      PRIMARY KEY (root_key, version)
    ) STRICT;
    CREATE TRIGGER settings_never_older BEFORE INSERT ON settings_document
      WHEN EXISTS (SELECT 1 FROM settings_document
                   WHERE root_key = NEW.root_key AND version >= NEW.version) BEGIN
      SELECT RAISE(ABORT, 'a settings document never goes back');
    END;

    CREATE TABLE local_setting (
      setting TEXT    PRIMARY KEY,
      -- JSON of a number, a text or a flag.
      value   TEXT    NOT NULL CHECK (json_valid(value)),
      -- Whose word it is: what the registry lets override depends on it.
      role    TEXT    NOT NULL,
      set_at  INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
