import type { Database } from 'better-sqlite3';

/**
 * A phone asks for its e-ID by its key. Of decisions that fell before only those on an e-ID can be found by a phone:
 * what else was decided is known of sealed packets only.
 */
export function migration0030(database: Database): void {
  database.exec(`
    ALTER TABLE decisions ADD COLUMN phone_thumbprint BLOB;
    UPDATE decisions SET phone_thumbprint =
      (SELECT phone_thumbprint FROM eids WHERE eids.packet_id = decisions.packet_id);
    CREATE INDEX decisions_by_phone ON decisions (phone_thumbprint, position) WHERE phone_thumbprint IS NOT NULL;
    CREATE INDEX eids_by_phone ON eids (phone_thumbprint, issued_at) WHERE phone_thumbprint IS NOT NULL;
  `);
}
