import type { Migration } from './migration.ts';

/** Where the exchange with the registry stands. One row. */
export const sync: Migration = {
  version: 40,
  sql: `
    CREATE TABLE sync_state (
      one                  INTEGER PRIMARY KEY CHECK (one = 1),
      -- Last decision that came down, as the registry numbers them; each installation has its own numbers.
      decision_cursor      TEXT    NOT NULL,
      -- Highest registry time that a signed answer to a nonce of ours proved; never goes down.
      highest_trusted_time INTEGER NOT NULL,
      -- Trusted time of the last such answer, and running time counted since, which no clock can falsify.
      last_heard_at        INTEGER,
      silent_ms            INTEGER NOT NULL
    ) STRICT;
    INSERT INTO sync_state VALUES (1, '0', 0, NULL, 0);
    CREATE TRIGGER trusted_time_never_falls BEFORE UPDATE OF highest_trusted_time ON sync_state
      WHEN NEW.highest_trusted_time < OLD.highest_trusted_time BEGIN
      SELECT RAISE(ABORT, 'trusted time never goes back');
    END;
  `,
};
