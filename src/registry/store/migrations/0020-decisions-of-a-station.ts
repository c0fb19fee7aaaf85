import type { Database } from 'better-sqlite3';

/** Decisions go to the station, whichever of its installations left the packet: the index follows. */
export function migration0020(database: Database): void {
  database.exec(`
    DROP INDEX decisions_by_installation;
    CREATE INDEX decisions_by_station ON decisions (station_id, position);
  `);
}
