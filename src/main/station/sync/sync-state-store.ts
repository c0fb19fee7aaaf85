import type Database from 'better-sqlite3';

/** Where the exchange with the registry stands, across restarts. */
export interface SyncStateStore {
  read(): SyncStateRow;
  /** Keeps what a signed answer proved. The highest trusted time only rises. */
  heard(proof: { readonly trustedTime: number; readonly heardAt: number }): void;
  /** Keeps running time without a word from the registry. */
  silent(milliseconds: number): void;
  setDecisionCursor(cursor: string): void;
}

export interface SyncStateRow {
  readonly decisionCursor: string;
  readonly highestTrustedTime: number;
  readonly lastHeardAt: number | null;
  readonly silentMs: number;
}

export function syncStateStore(database: Database.Database): SyncStateStore {
  const read = database.prepare<[], SyncStateRow>(
    `SELECT decision_cursor AS decisionCursor, highest_trusted_time AS highestTrustedTime,
            last_heard_at AS lastHeardAt, silent_ms AS silentMs
     FROM sync_state`,
  );
  const heard = database.prepare(
    `UPDATE sync_state SET highest_trusted_time = max(highest_trusted_time, @trustedTime),
            last_heard_at = @heardAt, silent_ms = 0`,
  );
  const silent = database.prepare('UPDATE sync_state SET silent_ms = ?');
  const setCursor = database.prepare('UPDATE sync_state SET decision_cursor = ?');
  return {
    read: () => {
      const row = read.get();
      if (!row) throw new Error('sync_state has lost its row');
      return row;
    },
    heard: ({ trustedTime, heardAt }) => {
      heard.run({
        trustedTime: Math.round(trustedTime),
        heardAt: Math.round(heardAt),
      });
    },
    silent: (milliseconds) => {
      silent.run(Math.round(milliseconds));
    },
    setDecisionCursor: (cursor) => {
      setCursor.run(cursor);
    },
  };
}
