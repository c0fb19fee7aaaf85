import type { Database } from 'better-sqlite3';

/** The registry's first tables; what each column means stands in `../tables.ts`. */
export function migration0010(database: Database): void {
  database.exec(`
    CREATE TABLE stations (
      station_id TEXT PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      last_installation INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE installations (
      station_id TEXT NOT NULL REFERENCES stations (station_id),
      installation INTEGER NOT NULL,
      public_key BLOB NOT NULL UNIQUE,
      kid BLOB NOT NULL UNIQUE,
      certificate BLOB NOT NULL,
      certificate_sha256 BLOB NOT NULL,
      registered_at INTEGER NOT NULL,
      revoked_at INTEGER,
      PRIMARY KEY (station_id, installation)
    ) STRICT;

    CREATE TABLE provisioning_codes (
      code_id BLOB PRIMARY KEY,
      station_id TEXT NOT NULL REFERENCES stations (station_id),
      secret BLOB NOT NULL,
      expires_at INTEGER NOT NULL,
      wrong_tries INTEGER NOT NULL,
      used_at INTEGER,
      used_by BLOB
    ) STRICT;

    CREATE TABLE trust_lists (
      version INTEGER PRIMARY KEY,
      statement BLOB NOT NULL
    ) STRICT;

    CREATE TABLE packets (
      arrival INTEGER PRIMARY KEY AUTOINCREMENT,
      packet_id TEXT NOT NULL UNIQUE,
      station_id TEXT NOT NULL,
      installation INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      previous BLOB NOT NULL,
      envelope BLOB NOT NULL,
      envelope_sha256 BLOB NOT NULL,
      sealed_sha256 BLOB NOT NULL,
      sealed_size INTEGER NOT NULL,
      simulated INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      received_at INTEGER NOT NULL,
      forked INTEGER NOT NULL,
      broken_link INTEGER NOT NULL,
      adjudication TEXT NOT NULL CHECK (adjudication IN ('waiting', 'done', 'failed')),
      FOREIGN KEY (station_id, installation) REFERENCES installations (station_id, installation)
    ) STRICT;
    CREATE INDEX packets_by_sequence ON packets (station_id, installation, sequence);
    CREATE INDEX packets_waiting ON packets (arrival) WHERE adjudication = 'waiting';
    CREATE INDEX packets_set_aside ON packets (arrival) WHERE adjudication = 'failed';

    CREATE TABLE bodies (
      packet_id TEXT PRIMARY KEY REFERENCES packets (packet_id),
      sealed BLOB NOT NULL
    ) STRICT;

    CREATE TABLE chain_runs (
      station_id TEXT NOT NULL,
      installation INTEGER NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      PRIMARY KEY (station_id, installation, first),
      FOREIGN KEY (station_id, installation) REFERENCES installations (station_id, installation),
      CHECK (first >= 1 AND first <= last)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE nonces (
      nonce BLOB PRIMARY KEY,
      station_id TEXT NOT NULL,
      installation INTEGER NOT NULL,
      issued_at INTEGER NOT NULL,
      used_by TEXT REFERENCES packets (packet_id),
      FOREIGN KEY (station_id, installation) REFERENCES installations (station_id, installation)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX nonces_unused ON nonces (station_id, installation, issued_at) WHERE used_by IS NULL;

    CREATE TABLE decisions (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      packet_id TEXT NOT NULL REFERENCES packets (packet_id),
      station_id TEXT NOT NULL,
      installation INTEGER NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('issued', 'referred', 'rejected')),
      reason TEXT NOT NULL,
      decided_at INTEGER NOT NULL,
      statement BLOB NOT NULL
    ) STRICT;
    CREATE INDEX decisions_by_installation ON decisions (station_id, installation, position);
    CREATE INDEX decisions_by_packet ON decisions (packet_id, position);

    CREATE TABLE persons (
      lookup BLOB NOT NULL,
      packet_id TEXT NOT NULL REFERENCES packets (packet_id),
      PRIMARY KEY (lookup, packet_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE eids (
      subject TEXT PRIMARY KEY,
      packet_id TEXT NOT NULL UNIQUE REFERENCES packets (packet_id),
      lookup BLOB NOT NULL,
      grade TEXT NOT NULL CHECK (grade IN ('basic', 'full')),
      status_index INTEGER NOT NULL UNIQUE,
      issued_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      phone_thumbprint BLOB,
      password_hmac BLOB NOT NULL,
      password_salt BLOB NOT NULL,
      wrong_tries INTEGER NOT NULL,
      token BLOB NOT NULL
    ) STRICT;
    CREATE INDEX eids_by_person ON eids (lookup);
  `);
}
