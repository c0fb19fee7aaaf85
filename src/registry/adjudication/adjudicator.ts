import type { OperationMode } from '#contract/settings.ts';
import type { Clock, RandomBytes } from '#domain/clock.ts';
import type { Grade } from '#domain/enrolment/enrolment.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { openEnvelope } from '#protocol/envelope.ts';
import { kidOf, thumbprintOf } from '#protocol/keys/kid.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import type { SealingKeyPair } from '#protocol/sealing.ts';
import type { Issuance } from '../issuance/issuance.ts';
import { freeStatusIndex } from '../issuance/status-index.ts';
import { faultFields, type RegistryLog } from '../log.ts';
import { isStorageFault } from '../store/storage-fault.ts';
import type { Queries, Store } from '../store/store.ts';
import { claimNonces } from './claim-nonces.ts';
import type { DecisionBoard } from './decision-board.ts';
import type { EvidenceJudge } from './evidence-judge.ts';
import { type Examined, examinePacket } from './examine-packet.ts';
import type { PopulationRegister } from './population-register.ts';
import { nextWaiting, type WaitingPacket } from './waiting-packets.ts';
import { type Outcome, weighEnrolment } from './weigh-enrolment.ts';

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
      const outcome = await store.write((queries) => conclude({ queries, waiting, examined }));
      log.info({ packetId: waiting.packetId, ...outcome }, 'decided');
    } finally {
      examined?.wipe();
    }
    ports.board.announce(waiting.packetId);
  }

  async function examine(waiting: WaitingPacket): Promise<Examined | null> {
    const station = nodeVerifier(waiting.publicKey);
    const kid = kidOf(waiting.publicKey);
    const envelope = openEnvelope({
      octets: waiting.envelope,
      findVerifier: (asked) => (sameBytes(asked, kid) ? station : undefined),
    });
    if (!envelope.ok) return null;
    return examinePacket({ ...ports, sealed: waiting.sealed, envelope: envelope.value, station });
  }

  async function conclude(request: {
    readonly queries: Queries;
    readonly waiting: WaitingPacket;
    readonly examined: Examined | null;
  }): Promise<Outcome> {
    const { queries, waiting, examined } = request;
    const decidedAt = ports.clock.now();
    const outcome = await settle({ queries, waiting, examined, decidedAt });
    // What cannot be opened asks for no grade; `basic` is the lesser of the two.
    const grade: Grade = examined?.facts.enrolment.grade ?? 'basic';
    const phone = examined?.facts.enrolment.phone ?? null;
    const { packetId, stationId, envelopeSha256 } = waiting;
    await queries
      .insertInto('decisions')
      .values({
        packet_id: packetId,
        station_id: stationId,
        installation: waiting.installation,
        ...outcome,
        decided_at: decidedAt,
        statement: ports.issuance.signDecision({
          ...{ packetId, stationId, envelopeSha256, grade, decidedAt },
          ...outcome,
        }),
        phone_thumbprint: phone === null ? null : thumbprintOf(phone.publicKey),
      })
      .execute();
    await queries
      .updateTable('packets')
      .set({ adjudication: 'done' })
      .where('packet_id', '=', packetId)
      .execute();
    return outcome;
  }

  async function settle(request: {
    readonly queries: Queries;
    readonly waiting: WaitingPacket;
    readonly examined: Examined | null;
    readonly decidedAt: number;
  }): Promise<Outcome> {
    const { queries, waiting, examined } = request;
    const malformed: Outcome = { outcome: 'rejected', reason: 'rejected-malformed' };
    if (examined === null) return malformed;
    const { facts, lookup } = examined;
    const outcome = weighEnrolment({
      ...facts,
      noncesGenuine: await claimNonces(queries, { ...waiting, nonces: examined.nonces }),
      enrolledBefore: lookup !== null && (await isEnrolled(queries, lookup)),
    });
    if (outcome.outcome === 'rejected' || lookup === null || facts.card === null) return outcome;
    if (outcome.outcome === 'issued') {
      const minted = ports.issuance.mint({
        enrolment: facts.enrolment,
        card: facts.card,
        issuedAt: request.decidedAt,
        statusIndex: await freeStatusIndex(queries, ports.randomBytes),
      });
      if (!minted.ok) return malformed;
      await queries
        .insertInto('eids')
        .values({ ...minted.value, packet_id: waiting.packetId, lookup })
        .execute();
    }
    await queries.insertInto('persons').values({ lookup, packet_id: waiting.packetId }).execute();
    return outcome;
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

async function isEnrolled(queries: Queries, lookup: Uint8Array): Promise<boolean> {
  const row = await queries
    .selectFrom('persons')
    .select('packet_id')
    .where('lookup', '=', lookup)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
