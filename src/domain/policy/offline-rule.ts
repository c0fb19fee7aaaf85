import type { ClockTrust } from '../enrolment/enrolment.ts';
import { assertNever } from '../result.ts';

/** Limits that a technician sets; the registry may set them from afar later. */
export interface OfflineLimits {
  /** Days without a word from the registry after which no new session starts. */
  readonly days: number;
  /** Warn when this many days or fewer are left. */
  readonly warnDays: number;
  /** Packets waiting at which no new session starts. */
  readonly packets: number;
  /** Free disk in megabytes under which no new session starts. */
  readonly freeMegabytes: number;
}

/** What the rule looks at. */
export interface OfflineSituation {
  /** Milliseconds since the registry was last heard, by the station's time; null when it never was. */
  readonly silentByClock: number | null;
  /** Milliseconds that the station has run since, over all restarts; counted, so that no clock can falsify it. */
  readonly silentByRunning: number;
  readonly waiting: number;
  readonly freeMegabytes: number;
  readonly reserveHeld: boolean;
  readonly clockTrust: ClockTrust;
}

export type OfflineFreeze = 'offline-too-long' | 'storage-full';
export type OfflineWarning =
  | { readonly kind: 'days-left'; readonly days: number }
  | { readonly kind: 'packets-left'; readonly packets: number }
  | { readonly kind: 'disk-low'; readonly freeMegabytes: number }
  | { readonly kind: 'clock'; readonly trust: 'doubtful' | 'unknown' };

export interface OfflineVerdict {
  /** Concerns new sessions only: what is under way ends, uploads and exports always go on. */
  readonly frozen: OfflineFreeze | null;
  readonly warnings: readonly OfflineWarning[];
  /** Full days left before the calendar freezes new sessions; null when no registry is known yet. */
  readonly daysLeft: number | null;
}

const DAY = 86_400_000;
/** Share of the packet limit at which the warning begins. */
const PACKET_WARNING_SHARE = 0.8;
/** Multiple of the disk limit at which the warning begins. */
const DISK_WARNING_FACTOR = 2;

/**
 * The one rule that decides whether a terminal may take new sessions while it is cut off: days since the registry was
 * heard, packets waiting, disk, and how far the clock can be believed. Only counted running time, or a time that the
 * registry proved in this run, ever freezes. A calendar that nobody has proven since the start knows of the nights in
 * which the station was off, but may have been set: it warns, and stops one day short of the limit. One that is known
 * to be wrong is not looked at.
 */
export function judgeOffline(situation: OfflineSituation, limits: OfflineLimits): OfflineVerdict {
  const silent = Math.max(byCalendar(situation, limits), situation.silentByRunning);
  const known = situation.silentByClock !== null;
  const left = limits.days * DAY - silent;
  const daysLeft = known ? Math.max(0, Math.floor(left / DAY)) : null;
  const tooLong = known && left <= 0;
  const tooMany = situation.waiting >= limits.packets;
  const diskFull = !situation.reserveHeld || situation.freeMegabytes < limits.freeMegabytes;

  const warnings: OfflineWarning[] = [];
  if (daysLeft !== null && silent >= DAY && left <= limits.warnDays * DAY) {
    warnings.push({ kind: 'days-left', days: daysLeft });
  }
  if (situation.waiting >= limits.packets * PACKET_WARNING_SHARE) {
    warnings.push({ kind: 'packets-left', packets: Math.max(0, limits.packets - situation.waiting) });
  }
  if (situation.freeMegabytes < limits.freeMegabytes * DISK_WARNING_FACTOR) {
    warnings.push({ kind: 'disk-low', freeMegabytes: situation.freeMegabytes });
  }
  if (situation.clockTrust === 'doubtful' || situation.clockTrust === 'unknown') {
    warnings.push({ kind: 'clock', trust: situation.clockTrust });
  }
  return {
    frozen: diskFull ? 'storage-full' : tooLong || tooMany ? 'offline-too-long' : null,
    warnings,
    daysLeft,
  };
}

/** As much of the calendar's silence as its proof allows. */
function byCalendar(situation: OfflineSituation, limits: OfflineLimits): number {
  const silent = Math.max(0, situation.silentByClock ?? 0);
  switch (situation.clockTrust) {
    case 'synchronised':
      return silent;
    case 'drifting':
      return Math.min(silent, Math.max(0, limits.days - 1) * DAY);
    case 'doubtful':
    case 'unknown':
      return 0;
    default:
      return assertNever(situation.clockTrust);
  }
}
