import type { Database } from 'better-sqlite3';

/**
 * An e-ID can end: it is replaced at an upgrade, or reported lost. `decisions` is written anew, because SQLite changes no
 * CHECK of a table that stands; nothing refers to it.
 */
export function migration0040(database: Database): void {
  database.exec(`
    CREATE TABLE decisions_anew (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      packet_id TEXT NOT NULL REFERENCES packets (packet_id),
      station_id TEXT NOT NULL,
      installation INTEGER NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('issued', 'revoked', 'referred', 'rejected')),
      reason TEXT NOT NULL,
      decided_at INTEGER NOT NULL,
      statement BLOB NOT NULL,
      phone_thumbprint BLOB
    ) STRICT;
    INSERT INTO decisions_anew
      SELECT position, packet_id, station_id, installation, outcome, reason, decided_at, statement, phone_thumbprint
      FROM decisions;
    DROP TABLE decisions;
    ALTER TABLE decisions_anew RENAME TO decisions;
    CREATE INDEX decisions_by_station ON decisions (station_id, position);
    CREATE INDEX decisions_by_packet ON decisions (packet_id, position);
    CREATE INDEX decisions_by_phone ON decisions (phone_thumbprint, position) WHERE phone_thumbprint IS NOT NULL;

    ALTER TABLE eids ADD COLUMN revoked_at INTEGER;
    ALTER TABLE eids ADD COLUMN revoked_by TEXT REFERENCES packets (packet_id);
    ALTER TABLE eids ADD COLUMN revocation TEXT CHECK (revocation IN ('upgraded', 'lost'));
    CREATE INDEX eids_revoked ON eids (status_index) WHERE revoked_at IS NOT NULL;
  `);
}
