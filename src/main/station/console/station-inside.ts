import type Database from 'better-sqlite3';
import type { OfflineLimits, OfflineVerdict } from '#domain/policy/offline-rule.ts';
import type { StationClock } from '#station/clock/station-clock.ts';
import type { RegistryLink } from '#station/desk/registry-link.ts';
import type { InstallationStore } from '#station/provisioning/installation-store.ts';
import type { PacketQueue } from '#station/queue/packet-queue.ts';

/** What of the desk the console looks at. It changes nothing through any of it. */
export interface StationInside {
  readonly database: Database.Database;
  readonly clock: StationClock;
  readonly queue: PacketQueue;
  readonly installations: InstallationStore;
  /** Null until provisioned. */
  readonly link: () => RegistryLink | null;
  readonly offline: () => OfflineVerdict;
  readonly limits: () => OfflineLimits;
  readonly freeMegabytes: () => number;
  /** Of the running program, e.g. `0.2.0`. */
  readonly version: string;
}
