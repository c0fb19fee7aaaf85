import { randomBytes } from 'node:crypto';
import type { StaffRole } from '#domain/staff/role.ts';
import { signBadge } from '#protocol/badge.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { makePinVerifier } from '#protocol/pin-verifier.ts';
import { type StaffEntry, signStaffList } from '#protocol/staff-list.ts';
import { parseNonce, signUnlock } from '#protocol/unlock.ts';
import type { BootClock } from '#station/staff/boot-clock.ts';
import { type StaffDesk, staffDesk } from '#station/staff/staff-desk.ts';
import { staffStore } from '#station/staff/staff-store.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { installLocally, type LocalInstallation } from '../desk/local-installation.ts';
import { station, type TestStation } from '../desk/station-lab.ts';

const DAY = 86_400_000;
const random = (length: number) => new Uint8Array(randomBytes(length));

/** Time since boot, which only the test moves; a reboot starts it anew. */
export interface MovedBootClock extends BootClock {
  pass(milliseconds: number): void;
  reboot(): void;
}

export function movedBootClock(): MovedBootClock {
  let now = 50_000;
  let boots = 1;
  return {
    get bootId() {
      return `boot-${boots}`;
    },
    now: () => now,
    pass: (milliseconds) => {
      now += milliseconds;
    },
    reboot: () => {
      boots += 1;
      now = 3_000;
    },
  };
}

export interface Member {
  readonly staffId: string;
  readonly role: StaffRole;
  readonly pin: string;
  /** What stands on the badge. */
  readonly code: string;
  readonly entry: StaffEntry;
}

export async function member(options: {
  readonly signer: Signer;
  readonly staffId?: string;
  readonly role?: StaffRole;
  readonly pin?: string;
  readonly validUntil?: number;
}): Promise<Member> {
  const { staffId = 'T-07', role = 'technician', pin = '40719382' } = options;
  const validUntil = options.validUntil ?? Date.now() + 100 * DAY;
  const badgeId = random(8);
  const entry: StaffEntry = {
    staffId,
    role,
    badgeId,
    validUntil,
    pin: await makePinVerifier({ pin: new TextEncoder().encode(pin), salt: random(16) }),
  };
  const badge = { staffId, role, badgeId, issuedAt: Date.now(), validUntil };
  return { staffId, role, pin, entry, code: signBadge({ badge, signer: options.signer }) };
}

/** A station with its staff, on a registry of the test's own making. No line leads anywhere. */
export async function staffedStation() {
  const folder = temporaryFolder();
  const installed: LocalInstallation = await installLocally({ folder });
  let target: TestStation = await station({ folder });
  const bootClock = movedBootClock();
  const told: string[] = [];
  let version = 0;

  const openDesk = (): StaffDesk => {
    const { inside } = target.desk;
    return staffDesk({
      store: staffStore(inside.database),
      bootClock,
      clock: inside.clock,
      link: inside.link,
      randomBytes: random,
      tell: (news) => told.push(news.kind),
      onRefused: ({ what, reason }) => told.push(`${what}-refused:${reason}`),
      log: { info: () => {}, warn: () => {}, error: () => {} },
    });
  };
  let staff = openDesk();
  const lab = {
    folder,
    installed,
    bootClock,
    told,
    get station() {
      return target;
    },
    get staff() {
      return staff;
    },
    link() {
      const link = target.desk.inside.link();
      if (link === null) throw new Error('not provisioned');
      return link;
    },
    list(members: readonly Member[]) {
      version += 1;
      const list = { version, issuedAt: Date.now(), staff: members.map(({ entry }) => entry) };
      return signStaffList({ list, signer: installed.registry.staff });
    },
    /** Gives the station a newer list. */
    publish(members: readonly Member[]) {
      const offered = lab.link().staff.offer(lab.list(members));
      if (!offered.ok) throw new Error(offered.error);
    },
    unlock(changes: {
      readonly nonce: string | null;
      readonly stationId?: string;
      readonly expiresAt?: number;
      readonly signer?: Signer;
    }) {
      const nonce = parseNonce(changes.nonce ?? '');
      if (nonce === undefined) throw new Error('no nonce is shown');
      return signUnlock({
        signer: changes.signer ?? installed.registry.staff,
        unlock: {
          nonce,
          stationId: changes.stationId ?? installed.stationId,
          expiresAt: changes.expiresAt ?? Date.now() + DAY,
        },
      });
    },
    /** The program ends and starts again; with `reboot` the whole machine does. */
    async restart(how: { readonly reboot: boolean; readonly clockShift?: number }) {
      if (how.reboot) bootClock.reboot();
      target = await target.restarted({ clockShift: how.clockShift ?? 0 });
      staff = openDesk();
    },
  };
  return lab;
}
