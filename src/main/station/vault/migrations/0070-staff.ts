import type { Migration } from './migration.ts';

/**
 * Staff who log in. Wrong PINs stand on the disk before they are compared; `since` is boot-monotonic, so that the wall
 * clock has no part in it. The staff list is encrypted with a key that follows from the station's seed: whoever takes
 * the disk without the seed has nothing to guess PINs against.
 */
export const staff: Migration = {
  version: 70,
  sql: `
    CREATE TABLE staff_throttle (
      staff_id TEXT    PRIMARY KEY CHECK (length(staff_id) BETWEEN 1 AND 64),
      wrong    INTEGER NOT NULL CHECK (wrong > 0),
      since    INTEGER NOT NULL CHECK (since >= 0),
      -- Boot of the machine on whose clock since was read; empty where the system does not tell boots apart.
      boot_id  TEXT    NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- What an unlock has to name; there is one while somebody is blocked.
    CREATE TABLE staff_nonce (
      id    INTEGER PRIMARY KEY CHECK (id = 1),
      nonce BLOB    NOT NULL CHECK (length(nonce) = 10)
    ) STRICT;

    CREATE TABLE staff_list (
      id         INTEGER PRIMARY KEY CHECK (id = 1),
      -- Of the registry whose list it is: versions of another one mean nothing.
      root_key   BLOB    NOT NULL CHECK (length(root_key) = 32),
      version    INTEGER NOT NULL CHECK (version > 0),
      -- AES-256-GCM: 12 bytes nonce, ciphertext of the signed list, 16 bytes tag.
      encrypted  BLOB    NOT NULL,
      fetched_at INTEGER NOT NULL
    ) STRICT;
  `,
};
