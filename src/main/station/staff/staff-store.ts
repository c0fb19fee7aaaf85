import type Database from 'better-sqlite3';
import type { KeptThrottle } from '#domain/staff/restore.ts';
import type { Throttle } from '#domain/staff/throttle.ts';

/** One change of what is kept about log-ins. */
export type KeptChange =
  | { readonly kind: 'throttle'; readonly staffId: string; readonly throttle: Throttle | null }
  | { readonly kind: 'nonce'; readonly nonce: Uint8Array | null };

export interface KeptStaffList {
  readonly rootKey: Uint8Array;
  readonly version: number;
  readonly encrypted: Uint8Array;
}

/** What the database keeps about staff. */
export interface StaffStore {
  throttles(): readonly KeptThrottle[];
  nonce(): Uint8Array | null;
  /** All of it or nothing. `bootId` is the boot on whose clock the throttles were read. */
  keep(changes: readonly KeptChange[], bootId: string | null): void;
  list(): KeptStaffList | null;
  putList(list: KeptStaffList & { readonly at: number }): void;
}

export function staffStore(database: Database.Database): StaffStore {
  const throttles = database.prepare<[], KeptThrottle>(
    'SELECT staff_id AS staffId, wrong, since, boot_id AS bootId FROM staff_throttle',
  );
  const putThrottle = database.prepare(
    `INSERT INTO staff_throttle (staff_id, wrong, since, boot_id) VALUES (@staffId, @wrong, @since, @bootId)
     ON CONFLICT (staff_id) DO UPDATE SET wrong = @wrong, since = @since, boot_id = @bootId`,
  );
  const dropThrottle = database.prepare('DELETE FROM staff_throttle WHERE staff_id = ?');
  const nonce = database.prepare<[], Uint8Array>('SELECT nonce FROM staff_nonce').pluck();
  const putNonce = database.prepare(
    'INSERT INTO staff_nonce (id, nonce) VALUES (1, @nonce) ON CONFLICT (id) DO UPDATE SET nonce = @nonce',
  );
  const dropNonce = database.prepare('DELETE FROM staff_nonce');
  const list = database.prepare<[], KeptStaffList>(
    'SELECT root_key AS rootKey, version, encrypted FROM staff_list',
  );
  const putList = database.prepare(
    `INSERT INTO staff_list (id, root_key, version, encrypted, fetched_at)
     VALUES (1, @rootKey, @version, @encrypted, @at)
     ON CONFLICT (id) DO UPDATE SET root_key = @rootKey, version = @version, encrypted = @encrypted,
       fetched_at = @at`,
  );

  function apply(change: KeptChange, bootId: string | null): void {
    if (change.kind === 'nonce') {
      if (change.nonce === null) dropNonce.run();
      else putNonce.run({ nonce: change.nonce });
      return;
    }
    const { staffId, throttle } = change;
    if (throttle === null) dropThrottle.run(staffId);
    else putThrottle.run({ staffId, wrong: throttle.wrong, since: throttle.since, bootId: bootId ?? '' });
  }

  return {
    throttles: () => throttles.all(),
    nonce: () => nonce.get() ?? null,
    keep: (changes, bootId) => {
      database
        .transaction(() => {
          for (const change of changes) apply(change, bootId);
        })
        .immediate();
    },
    list: () => list.get() ?? null,
    putList: (row) => {
      putList.run({ ...row, at: Math.round(row.at) });
    },
  };
}
