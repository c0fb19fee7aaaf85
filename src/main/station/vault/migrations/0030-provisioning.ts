import type { Migration } from './migration.ts';

/** What provisioning brought: one row per installation, and every trust list that was ever believed. */
export const provisioning: Migration = {
  version: 30,
  sql: `
    CREATE TABLE installation (
      station_id     TEXT    NOT NULL,
      number         INTEGER NOT NULL CHECK (number > 0),
      registry_url   TEXT    NOT NULL,
      root_key       BLOB    NOT NULL CHECK (length(root_key) = 32),
      -- The station's Ed25519 key of this installation.
      public_key     BLOB    NOT NULL UNIQUE CHECK (length(public_key) = 32),
      certificate    BLOB    NOT NULL,
      provisioned_at INTEGER NOT NULL,
      -- Why the chain cannot be gone on with; the registry or our own check has said so.
      chain_fault    TEXT,
      -- The last row is the one in force: order by id, never by clock.
      id             INTEGER PRIMARY KEY,
      -- Another registry may give the same name and number.
      UNIQUE (root_key, station_id, number)
    ) STRICT;

    CREATE TABLE trust_list (
      root_key    BLOB    NOT NULL CHECK (length(root_key) = 32),
      version     INTEGER NOT NULL,
      signed      BLOB    NOT NULL,
      received_at INTEGER NOT NULL,
      PRIMARY KEY (root_key, version)
    ) STRICT;
  `,
};
