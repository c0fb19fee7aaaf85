import type { Migration } from './migration.ts';

/**
 * Liveness plans that this terminal committed to and has not accounted for: the one of the try under way, and those
 * that were given up and that no packet has told the registry of yet. A plan that was used to its end stands in its
 * packet and is deleted here.
 */
export const livenessPlans: Migration = {
  version: 90,
  sql: `
    CREATE TABLE liveness_plan (
      -- In the order in which they were committed to.
      id         INTEGER PRIMARY KEY,
      commitment BLOB    NOT NULL UNIQUE CHECK (length(commitment) = 32),
      session_id TEXT    NOT NULL,
      attempt    INTEGER NOT NULL CHECK (attempt IN (1, 2)),
      -- Null while the try is under way.
      abandoned  TEXT    CHECK (abandoned IN ('left', 'superseded', 'wiped'))
    ) STRICT;
  `,
};
