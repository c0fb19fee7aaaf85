import type { Database } from 'better-sqlite3';

/** Every liveness plan that a station has told of, used or given up: one that comes twice was not drawn by chance. */
export function migration0050(database: Database): void {
  database.exec(`
    CREATE TABLE commitments (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      commitment BLOB NOT NULL UNIQUE,
      station_id TEXT NOT NULL,
      packet_id TEXT NOT NULL REFERENCES packets (packet_id),
      ended TEXT NOT NULL CHECK (ended IN ('used', 'abandoned'))
    ) STRICT;
    CREATE INDEX commitments_by_station ON commitments (station_id, position);
  `);
}
