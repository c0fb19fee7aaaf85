import { statfsSync } from 'node:fs';
import {
  judgeOffline,
  type OfflineFreeze,
  type OfflineLimits,
  type OfflineVerdict,
  type OfflineWarning,
} from '#domain/policy/offline-rule.ts';
import type { FreezeReason } from '#domain/session/snapshot.ts';
import { standingChanges } from '#station/audit/state-changes.ts';
import type { StationClock } from '#station/clock/station-clock.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { AuditTrail, Standing } from '#station/ports.ts';
import type { PacketQueue } from '#station/queue/packet-queue.ts';

/** Says how the station stands, and tells when that changes. */
export interface StandingWatch {
  standing(): Standing;
  /** The offline rule in full, for the console. */
  offline(): OfflineVerdict;
  onChange(listener: () => void): void;
  /** Compares with what was told last; tells listeners and the audit chain what is different. */
  review(): void;
}

export function standingWatch(options: {
  readonly queue: PacketQueue;
  readonly audit: AuditTrail;
  readonly clock: StationClock;
  readonly log: StationLog;
  /** Asked for at each review: the registry or staff may change them. */
  readonly limits: () => OfflineLimits;
  readonly freeMegabytes: () => number;
  readonly reserveHeld: () => boolean;
  readonly provisioned: () => boolean;
  readonly online: () => boolean;
  /** What is wrong with the installation itself, whatever the offline rule says. */
  readonly installationFault: () => Exclude<FreezeReason, OfflineFreeze> | null;
}): StandingWatch {
  const { queue, audit, clock } = options;
  const listeners: (() => void)[] = [];

  const offline = (): OfflineVerdict => {
    const silence = clock.silence();
    return judgeOffline(
      {
        silentByClock: silence.byClock,
        silentByRunning: silence.byRunning,
        waiting: queue.waiting(),
        freeMegabytes: options.freeMegabytes(),
        reserveHeld: options.reserveHeld(),
        clockTrust: clock.trust(),
      },
      options.limits(),
    );
  };
  const standing = (): Standing => {
    const { frozen, warnings } = offline();
    return {
      provisioned: options.provisioned(),
      online: options.online(),
      waiting: queue.waiting(),
      clockTrust: clock.trust(),
      frozen: options.installationFault() ?? frozen,
      daysLeft: warnings.find((warning) => warning.kind === 'days-left')?.days ?? null,
    };
  };
  let told: Standing | null = null;
  let warned: ReadonlySet<OfflineWarning['kind']> = new Set();

  /** Whoever looks after the terminal reads it in the log before the citizens read it on the screen. */
  function warn(): void {
    const kinds = new Set(offline().warnings.map((warning) => warning.kind));
    for (const kind of kinds) if (!warned.has(kind)) options.log.warn('standing.warning', { kind });
    warned = kinds;
  }

  return {
    standing,
    offline,
    onChange: (listener) => {
      listeners.push(listener);
    },
    review: () => {
      warn();
      const now = standing();
      const before = told;
      told = now;
      if (before === null || sameStanding(before, now)) return;
      for (const event of standingChanges(before, now)) audit.record(event);
      for (const listener of listeners) listener();
    },
  };
}

function sameStanding(a: Standing, b: Standing): boolean {
  return (
    a.provisioned === b.provisioned &&
    a.online === b.online &&
    a.waiting === b.waiting &&
    a.clockTrust === b.clockTrust &&
    a.frozen === b.frozen &&
    a.daysLeft === b.daysLeft
  );
}

/** Free space for the station's user, megabytes. */
export function freeMegabytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return Math.floor((bavail * bsize) / 1_000_000);
}
