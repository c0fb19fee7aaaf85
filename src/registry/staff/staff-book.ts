import { open, readFile, rename, rm } from 'node:fs/promises';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import {
  MOST_STAFF,
  openStaffList,
  type StaffEntry,
  type StaffList,
  signStaffList,
} from '#protocol/staff-list.ts';

/** Who may log in at stations. The signed list is the only record; it lies beside the database in one file. */
export interface StaffBook {
  /** COSE_Sign1 of kind `staff-list`; null before the first badge. Throws when the file is not this registry's. */
  statement(): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Replaces a member of this id, or adds one. */
  put(entry: StaffEntry, now: number): Promise<void>;
  /** False when nobody has this id. */
  remove(staffId: string, now: number): Promise<boolean>;
}

export function staffBook(options: { readonly path: string; readonly signer: Signer }): StaffBook {
  const { path, signer } = options;
  const verifier = nodeVerifier(signer.publicKey);

  async function statement(): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      return new Uint8Array(await readFile(path));
    } catch (fault) {
      if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
      throw fault;
    }
  }

  async function read(): Promise<StaffList | null> {
    const octets = await statement();
    if (octets === null) return null;
    const opened = openStaffList({ octets, findVerifier: () => verifier });
    if (opened.ok) return opened.value;
    throw new Error(`${path} was not signed by this registry's staff key (${opened.error.reason})`);
  }

  async function change(edit: (staff: readonly StaffEntry[]) => readonly StaffEntry[] | null, now: number) {
    const part = `${path}.part`;
    // Exclusive: of two changes at once the second is told, instead of losing the first.
    const file = await open(part, 'wx', 0o600).catch((fault: unknown) => {
      const taken = fault instanceof Error && 'code' in fault && fault.code === 'EEXIST';
      throw taken
        ? new Error(`${part} exists: another change is under way, or one was cut off; remove it then`)
        : fault;
    });
    try {
      const before = await read();
      const staff = edit(before?.staff ?? []);
      if (staff === null) {
        await rm(part);
        return false;
      }
      if (staff.length > MOST_STAFF) throw new Error(`a staff list has ${MOST_STAFF} members at most`);
      const list: StaffList = { version: (before?.version ?? 0) + 1, issuedAt: now, staff };
      await file.writeFile(signStaffList({ list, signer }));
      await file.sync();
      await rename(part, path);
      return true;
    } catch (fault) {
      await rm(part, { force: true });
      throw fault;
    } finally {
      await file.close();
    }
  }

  return {
    statement: async () => {
      await read();
      return statement();
    },
    put: async (entry, now) => {
      await change((staff) => [...staff.filter(({ staffId }) => staffId !== entry.staffId), entry], now);
    },
    remove: (id, now) =>
      change((staff) => {
        const left = staff.filter(({ staffId }) => staffId !== id);
        return left.length === staff.length ? null : left;
      }, now),
  };
}
