import type { RandomBytes } from '#domain/clock.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { sameBytes } from '#protocol/cbor.ts';
import type { FindVerifier } from '#protocol/keys/signer.ts';
import { openStaffList, type StaffEntry, type StaffList } from '#protocol/staff-list.ts';
import { decryptAtRest, encryptAtRest } from './at-rest.ts';
import type { StaffStore } from './staff-store.ts';

/** Who may log in here, by the newest list of the registry that this station belongs to. */
export interface StaffRoll {
  /** Null before the first list. */
  version(): number | null;
  /** Takes a newer list over. An older one, or one that no staff key signed, changes nothing. */
  offer(signed: Uint8Array): Result<'replaced' | 'same', 'not-signed' | 'older-than-current'>;
  /** The verifier in what it returns is the caller's to wipe. `no-list` before the first one came. */
  find(staffId: string): Result<StaffEntry, 'no-list' | 'not-listed'>;
}

const PLACE = 'eid-terminal/staff-list/v1';

export function staffRoll(options: {
  readonly store: StaffStore;
  readonly rootKey: Uint8Array;
  /** 32 bytes that follow from the station's seed. */
  readonly atRestKey: Uint8Array;
  readonly staffKeys: FindVerifier;
  readonly randomBytes: RandomBytes;
  readonly now: () => number;
}): StaffRoll {
  const { store, rootKey, atRestKey: key, staffKeys } = options;

  /** Opened anew each time: nothing that PINs can be guessed from lies in memory between two log-ins. */
  function current(): StaffList | null {
    const kept = store.list();
    if (kept === null || !sameBytes(kept.rootKey, rootKey)) return null;
    // A seed of a later installation does not open it: the list is fetched again.
    const plain = decryptAtRest({ key, octets: kept.encrypted, belongsTo: PLACE });
    if (!plain.ok) return null;
    const opened = openStaffList({ octets: plain.value, findVerifier: staffKeys });
    plain.value.fill(0);
    return opened.ok ? opened.value : null;
  }

  return {
    version: () => {
      const list = current();
      wipeOthers(list, null);
      return list?.version ?? null;
    },
    offer: (signed) => {
      const offered = openStaffList({ octets: signed, findVerifier: staffKeys });
      if (!offered.ok) return err('not-signed');
      const held = current();
      const { version } = offered.value;
      wipeOthers(offered.value, null);
      wipeOthers(held, null);
      if (held !== null && version < held.version) return err('older-than-current');
      if (held !== null && version === held.version) return ok('same');
      const encrypted = encryptAtRest({
        key,
        nonce: options.randomBytes(12),
        plain: signed,
        belongsTo: PLACE,
      });
      store.putList({ rootKey, version, encrypted, at: options.now() });
      return ok('replaced');
    },
    find: (staffId) => {
      const list = current();
      if (list === null) return err('no-list');
      const entry = list.staff.find((each) => each.staffId === staffId) ?? null;
      wipeOthers(list, entry);
      return entry === null ? err('not-listed') : ok(entry);
    },
  };
}

function wipeOthers(list: StaffList | null, kept: StaffEntry | null): void {
  for (const entry of list?.staff ?? []) if (entry !== kept) wipeEntry(entry);
}

/** Zeroes what a PIN could be guessed from. */
export function wipeEntry({ pin }: StaffEntry): void {
  pin.salt.fill(0);
  pin.hash.fill(0);
}
