import type Database from 'better-sqlite3';
import { sameBytes } from '#protocol/cbor.ts';
import { hashOf } from '#protocol/hash.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import type { AuditLog } from '#station/audit/audit-log.ts';
import type { RepeatingTrail } from '#station/audit/audit-trail.ts';
import type { StationClock } from '#station/clock/station-clock.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { Installation, InstallationStore } from '#station/provisioning/installation-store.ts';
import { breakChain } from '#station/queue/break-chain.ts';
import { type CheckedChain, chainChecker } from '#station/queue/chain-check.ts';
import type { PacketQueue } from '#station/queue/packet-queue.ts';
import { eraseOldBodies } from '#station/queue/retention.ts';
import type { ReserveFile } from '#station/vault/reserve-file.ts';
import type { RegistryLink } from './registry-link.ts';

const ROUND_MS = 60_000;
const DAY_MS = 86_400_000;
/** Envelopes verified at a time, so that a camera frame never waits for them; and the pause between. */
const CHAIN_PIECE = 50;
const CHAIN_PAUSE_MS = 50;
/** The first screen comes first: a start with much to verify is not slower than one with nothing. */
const CHAIN_CHECK_AFTER_MS = 3_000;
/** Setting the reserve aside writes 64 MB: not while the station starts. */
const RESERVE_AFTER_MS = 5_000;

/** What is done beside the day's work, in small pieces: chain check, retention, checkpoint, reserve, running time. */
export interface Housekeeping {
  start(): void;
  /** One round now, without the chain check. */
  round(): void;
  stop(): void;
}

export function housekeeping(options: {
  readonly database: Database.Database;
  readonly queue: PacketQueue;
  readonly audit: AuditLog;
  readonly trail: RepeatingTrail;
  readonly clock: StationClock;
  readonly installations: InstallationStore;
  readonly reserve: ReserveFile;
  /** Told after each attempt to set the reserve aside. */
  readonly onReserve: (held: boolean) => void;
  readonly retentionDays: () => number;
  readonly link: () => RegistryLink | null;
  readonly review: () => void;
  readonly log: StationLog;
}): Housekeeping {
  const { database, queue, audit, clock, installations, log } = options;
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;

  function later(work: () => void, milliseconds: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (stopped) return;
      try {
        work();
      } catch (error) {
        // A full or failing disk: the station goes on with what it can, and the next round tries again.
        log.error('housekeeping.failed', { error });
      }
    }, milliseconds);
    timer.unref();
    timers.add(timer);
  }

  function round(): void {
    clock.persist();
    options.review();
    options.trail.settle();
    const link = options.link();
    if (link === null) return;
    const { stationId, installation } = link.installation;
    const station = { stationId, installation, signer: link.keys.statements };
    const erased = eraseOldBodies({
      database,
      queue,
      audit,
      station,
      now: clock.now(),
      clockTrust: clock.trust(),
      retentionDays: options.retentionDays(),
    });
    if (erased > 0) log.info('retention.erased', { count: erased });
    const last = audit.lastCheckpointAt();
    // A clock that was far ahead when it last signed, and was put right since, must not end the daily signatures.
    if (last === null || Math.abs(clock.now() - last) >= DAY_MS) audit.checkpoint('daily', station);
  }

  function rounds(): void {
    later(rounds, ROUND_MS);
    round();
    void refillReserve();
  }

  async function refillReserve(): Promise<void> {
    try {
      const before = options.reserve.held();
      const held = await options.reserve.refill();
      if (stopped) return;
      options.onReserve(held);
      if (held && !before) audit.append({ type: 'storage.reserve-refilled', fields: {} });
    } catch (error) {
      log.error('reserve.failed', { error });
    }
  }

  function checkChains(chains: readonly CheckedChain[]): void {
    const [chain, ...others] = chains;
    if (chain === undefined) return;
    const step = checkChain(chain, CHAIN_PIECE);
    const { installation } = chain;
    if (step.kind === 'broken') {
      const { sequence, fault } = step;
      const found = { chain: chain.chain, sequence, reason: fault };
      database.transaction(() => breakChain(found, { installations, audit })).immediate();
      options.review();
      log.error('chain.broken', { installation, sequence, reason: fault });
    }
    const left = step.kind === 'broken' || step.done ? others : chains;
    later(() => checkChains(left), CHAIN_PAUSE_MS);
  }
  const checkChain = chainChecker(database);

  return {
    start: () => {
      later(rounds, RESERVE_AFTER_MS);
      later(() => checkChains(installations.all().map(chainOf)), CHAIN_CHECK_AFTER_MS);
    },
    round,
    stop: () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function chainOf(installation: Installation): CheckedChain {
  const verifier = nodeVerifier(installation.publicKey);
  return {
    chain: installation.id,
    stationId: installation.stationId,
    installation: installation.installation,
    certificateSha256: hashOf(installation.certificate),
    findVerifier: (kid) => (sameBytes(kid, verifier.kid) ? verifier : undefined),
  };
}
