import type { OperationMode } from '#contract/settings.ts';
import type { Clock, RandomBytes } from '#domain/clock.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { openEnvelope } from '#protocol/envelope.ts';
import { kidOf } from '#protocol/keys/kid.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import type { SealingKeyPair } from '#protocol/sealing.ts';
import type { Issuance } from '../issuance/issuance.ts';
import { faultFields, type RegistryLog } from '../log.ts';
import { isStorageFault } from '../store/storage-fault.ts';
import type { Store } from '../store/store.ts';
import { type Conclusion, concludePacket, eidConcerned } from './conclude-packet.ts';
import type { DecisionBoard } from './decision-board.ts';
import type { EvidenceJudge } from './evidence-judge.ts';
import { type Examined, examinePacket } from './examine-packet.ts';
import { type ProvedPassword, provePassword } from './password-proof.ts';
import type { PopulationRegister } from './population-register.ts';
import { nextWaiting, type WaitingPacket } from './waiting-packets.ts';

/** How long to leave the database alone after it failed. */
const STORAGE_PAUSE_MS = 1_000;

interface Adjudicator {
  /** Something was stored; returns at once. */
  wake(): void;
  /** Resolves when nothing waits, or when the adjudicator has stopped. */
  settled(): Promise<void>;
  /** Ends after the packet that is being decided. */
  stop(): Promise<void>;
}

/**
 * Decides what intake has stored, in order of arrival. It holds the sealing key and the look-up secret; what it
 * concludes is signed and issued by issuance. A decision and all that follows from it are one transaction.
 */
export function createAdjudicator(ports: {
  readonly store: Store;
  readonly sealingKey: SealingKeyPair;
  readonly lookupSecret: Uint8Array;
  readonly population: PopulationRegister;
  readonly judge: EvidenceJudge;
  readonly issuance: Issuance;
  readonly board: DecisionBoard;
  readonly mode: OperationMode;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly log: RegistryLog;
}): Adjudicator {
  const { store, log } = ports;
  let stopped = false;
  let working: Promise<void> | null = null;
  let pause: NodeJS.Timeout | null = null;
  /** Something came while the last look at the database was under way. */
  let again = false;

  function wake(): void {
    again = true;
    if (stopped || pause !== null || working !== null) return;
    working = work().finally(() => {
      working = null;
      if (again && pause === null) wake();
    });
  }

  async function work(): Promise<void> {
    try {
      again = false;
      for (let next = await nextWaiting(store); next !== null && !stopped; next = await nextWaiting(store)) {
        await decideOrSetAside(next);
      }
    } catch (fault) {
      // The database itself failed: a full disk, a lock held too long. Nothing is lost; it is tried again.
      log.error(faultFields(fault), 'adjudication paused');
      pause = setTimeout(() => {
        pause = null;
        wake();
      }, STORAGE_PAUSE_MS);
    }
  }

  /** A packet that no rule foresaw must not hold up those behind it; it is kept, counted and tried at the next start. */
  async function decideOrSetAside(waiting: WaitingPacket): Promise<void> {
    try {
      await decide(waiting);
    } catch (fault) {
      if (isStorageFault(fault)) throw fault;
      log.error({ packetId: waiting.packetId, ...faultFields(fault) }, 'packet set aside');
      await store.queries
        .updateTable('packets')
        .set({ adjudication: 'failed' })
        .where('packet_id', '=', waiting.packetId)
        .execute();
    }
  }

  async function decide(waiting: WaitingPacket): Promise<void> {
    const examined = await examine(waiting);
    try {
      const conclusion = await conclude(waiting, examined);
      if (conclusion.kind !== 'decided') return;
      const { packetId, stationId } = waiting;
      for (const fault of conclusion.planFaults)
        log.warn({ packetId, stationId, fault }, 'liveness plans in doubt');
      log.info({ packetId, ...conclusion.outcome }, 'decided');
    } finally {
      examined?.wipe();
    }
    ports.board.announce(waiting.packetId);
  }

  /** Another adjudicator can issue or revoke while a password is compared: then it is compared again. */
  async function conclude(waiting: WaitingPacket, examined: Examined | null): Promise<Conclusion> {
    const { issuance, randomBytes } = ports;
    for (;;) {
      const proved = examined === null ? null : await prove(examined);
      const conclusion = await store.write((queries) =>
        concludePacket({
          ...{ queries, waiting, examined, proved, issuance, randomBytes },
          decidedAt: ports.clock.now(),
        }),
      );
      if (conclusion.kind !== 'proof-outdated') return conclusion;
    }
  }

  async function prove(examined: Examined): Promise<ProvedPassword | null> {
    const { password } = examined.facts.enrolment;
    if (password.kind !== 'proof') return null;
    const held = await eidConcerned(store.queries, { examined, at: ports.clock.now() });
    if (held === null) return null;
    return provePassword({ issuance: ports.issuance, proof: password.sealed, held });
  }

  async function examine(waiting: WaitingPacket): Promise<Examined | null> {
    const { sealed, receivedAt } = waiting;
    const station = nodeVerifier(waiting.publicKey);
    const kid = kidOf(waiting.publicKey);
    const envelope = openEnvelope({
      octets: waiting.envelope,
      findVerifier: (asked) => (sameBytes(asked, kid) ? station : undefined),
    });
    if (!envelope.ok) return null;
    return examinePacket({ ...ports, sealed, receivedAt, envelope: envelope.value, station });
  }

  return {
    wake,
    settled: async () => {
      while (working !== null) await working;
    },
    stop: async () => {
      stopped = true;
      if (pause !== null) clearTimeout(pause);
      while (working !== null) await working;
    },
  };
}
