import type Database from 'better-sqlite3';
import type { RandomBytes } from '#domain/clock.ts';
import { gradeAsked } from '#domain/enrolment/application.ts';
import type { ClockTrust, Enrolment, SoftwareIdentity } from '#domain/enrolment/enrolment.ts';
import { type AbandonedPlan, MOST_ABANDONED } from '#domain/liveness/evidence.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { signEnvelope } from '#protocol/envelope.ts';
import { hashOf } from '#protocol/hash.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { sealEnrolment } from '#protocol/packet.ts';
import type { AuditLog } from '#station/audit/audit-log.ts';
import type { PlanLedger } from '#station/desk/plan-ledger.ts';
import type { EnrolmentContents } from '#station/ports.ts';
import { isSqliteError } from '#station/vault/sqlite-error.ts';
import { newPacketId } from './packet-id.ts';
import type { PacketQueue } from './packet-queue.ts';

/** Who saves, and to whom the packet is sealed. */
export interface SavingStation {
  readonly stationId: string;
  readonly installation: number;
  /** Id of the installation's row: the chain that the packet is put on. */
  readonly chain: number;
  /** SHA-256 of the station certificate: what the first envelope of a chain points at. */
  readonly certificateSha256: Uint8Array;
  readonly signer: Signer;
  readonly sealingKey: { readonly kid: Uint8Array; readonly publicKey: Uint8Array };
}

export interface SavingTools {
  readonly database: Database.Database;
  readonly queue: PacketQueue;
  readonly audit: AuditLog;
  readonly plans: Pick<PlanLedger, 'untold' | 'told'>;
  readonly randomBytes: RandomBytes;
  readonly now: () => number;
  readonly clockTrust: () => ClockTrust;
  readonly software: SoftwareIdentity;
  /** Gives the reserve back to the disk; true when there was any. */
  readonly releaseReserve: () => boolean;
}

export type SavingFault = 'storage-full' | 'storage-failed';

/**
 * Signs an enrolment, seals it to the registry and stores it durably. When this has returned a value, the packet
 * survives a power cut. Throws a RangeError for contents out of the protocol's bounds.
 */
export function saveEnrolment(
  contents: EnrolmentContents,
  station: SavingStation,
  tools: SavingTools,
): Result<StoredPacket, SavingFault> {
  const createdAt = tools.now();
  const clockTrust = tools.clockTrust();
  const packetId = newPacketId({ now: createdAt, randomBytes: tools.randomBytes });
  const abandoned = tools.plans.untold(MOST_ABANDONED);
  const enrolment: Enrolment = {
    ...contents,
    evidence: { ...contents.evidence, abandoned },
    schema: 1,
    packetId,
    stationId: station.stationId,
    installation: station.installation,
    sealingKid: station.sealingKey.kid,
    createdAt,
    clockTrust,
    software: tools.software,
  };
  const sealed = sealEnrolment({
    enrolment,
    signer: station.signer,
    sealingPublicKey: station.sealingKey.publicKey,
  });
  const packet: SealedPacket = {
    packetId,
    createdAt,
    clockTrust,
    simulated: contents.simulated,
    collect: contents.phone === null && gradeAsked(contents.application) !== null,
    sealed,
  };
  const put = () => store({ packet, abandoned }, station, tools);
  const stored = put();
  if (stored.ok || stored.error !== 'storage-full') return stored;
  // What is under way is still saved: that is what the reserve was set aside for.
  return tools.releaseReserve() ? put() : stored;
}

/** A packet whose place in the chain is not known yet. */
export interface SealedPacket {
  readonly packetId: string;
  readonly createdAt: number;
  readonly clockTrust: ClockTrust;
  readonly simulated: boolean;
  /** True when an e-ID that is issued has no phone to go to. */
  readonly collect: boolean;
  readonly sealed: Uint8Array;
}

/** A packet that has its place in the chain. */
export interface StoredPacket {
  readonly packetId: string;
  readonly sequence: number;
  readonly envelopeSha256: Uint8Array;
  readonly createdAt: number;
  readonly clockTrust: ClockTrust;
}

function store(
  { packet, abandoned }: { readonly packet: SealedPacket; readonly abandoned: readonly AbandonedPlan[] },
  station: SavingStation,
  tools: SavingTools,
): Result<StoredPacket, SavingFault> {
  try {
    const inOne = tools.database.transaction(() => {
      tools.plans.told(abandoned);
      return appendPacket(packet, station, tools);
    });
    return ok(inOne.immediate());
  } catch (error) {
    if (isSqliteError(error, 'SQLITE_FULL')) return err('storage-full');
    if (isSqliteError(error, 'SQLITE_IOERR', 'SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_CORRUPT')) {
      return err('storage-failed');
    }
    throw error;
  }
}

/** Puts a packet at the end of the chain; runs in the caller's transaction, which holds the write lock. */
export function appendPacket(
  packet: SealedPacket,
  station: Omit<SavingStation, 'sealingKey'> & { readonly sealingKey: { readonly kid: Uint8Array } },
  tools: Pick<SavingTools, 'queue' | 'audit'>,
): StoredPacket {
  const { packetId, createdAt, sealed } = packet;
  const head = tools.queue.head(station.chain);
  const sequence = (head?.sequence ?? 0) + 1;
  const envelope = signEnvelope({
    envelope: {
      schema: 1,
      packetId,
      stationId: station.stationId,
      installation: station.installation,
      sequence,
      previous: head?.envelopeSha256 ?? station.certificateSha256,
      createdAt,
      clockTrust: packet.clockTrust,
      sealedSize: sealed.length,
      sealedSha256: hashOf(sealed),
      stationKid: station.signer.kid,
      sealingKid: station.sealingKey.kid,
      auditHead: tools.audit.head(),
      simulated: packet.simulated,
    },
    signer: station.signer,
  });
  const envelopeSha256 = hashOf(envelope);
  tools.queue.insert({
    packetId,
    chain: station.chain,
    installation: station.installation,
    sequence,
    createdAt,
    envelope,
    envelopeSha256,
    sealed,
    collect: packet.collect,
  });
  const hash = Buffer.from(envelopeSha256).toString('hex');
  tools.audit.append({ type: 'packet.saved', fields: { packetId, sequence, envelope: hash } });
  return { packetId, sequence, envelopeSha256, createdAt, clockTrust: packet.clockTrust };
}
