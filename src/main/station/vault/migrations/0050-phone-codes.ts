import type { Migration } from './migration.ts';

/**
 * Ids of the phone codes that were used here: 16 random octets that a phone draws anew every 30 seconds and that say
 * nothing about it or its owner. No time stands beside them: they are forgotten in the order in which they came.
 */
export const phoneCodes: Migration = {
  version: 50,
  sql: `
    CREATE TABLE used_phone_code (
      id      INTEGER PRIMARY KEY,
      code_id BLOB    NOT NULL UNIQUE CHECK (length(code_id) = 16)
    ) STRICT;
  `,
};
