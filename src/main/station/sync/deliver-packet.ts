import type Database from 'better-sqlite3';
import { err, ok, type Result } from '#domain/result.ts';
import type { Acknowledgement } from '#protocol/acknowledgement.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { type Envelope, openEnvelope } from '#protocol/envelope.ts';
import { hashOf } from '#protocol/hash.ts';
import type { FindVerifier } from '#protocol/keys/signer.ts';
import type { RefusalReason } from '#protocol/refusal.ts';
import type { AuditLog } from '#station/audit/audit-log.ts';
import type { InstallationStore } from '#station/provisioning/installation-store.ts';
import { breakChain } from '#station/queue/break-chain.ts';
import type { PacketQueue } from '#station/queue/packet-queue.ts';
import {
  matchAcknowledgement,
  matchRefusal,
  type SentPacket,
  type StatementFault,
} from './match-statement.ts';
import type { ExchangeFault, RegistryCalls } from './registry-calls.ts';

export type DeliveryOutcome =
  | { readonly kind: 'acknowledged'; readonly acknowledgement: Acknowledgement }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  /** It was delivered or refused before, or cannot be sent as it lies here; nothing more is to be done. */
  | { readonly kind: 'nothing-to-do' };

export type DeliveryFault =
  | ExchangeFault
  | {
      readonly scope: 'packet';
      readonly reason: StatementFault;
      readonly status: null;
      readonly retryAfterMs: null;
    };

export interface DeliveryTools {
  readonly database: Database.Database;
  readonly queue: PacketQueue;
  readonly audit: AuditLog;
  readonly installations: InstallationStore;
  readonly calls: RegistryCalls;
  /** Keys of all our own installations. */
  readonly ownKeys: FindVerifier;
  readonly acknowledgementKeys: FindVerifier;
  readonly now: () => number;
}

/** Flags of an acknowledgement which say that this chain has another branch. */
const CHAIN_FLAGS = ['fork', 'broken-link'] as const;

/**
 * Sends one packet. Its state changes only by a statement that the registry signed about this very packet; whatever
 * else comes back, it goes on waiting.
 */
export async function deliverPacket(
  packetId: string,
  tools: DeliveryTools,
): Promise<Result<DeliveryOutcome, DeliveryFault>> {
  const { queue, audit, calls, database } = tools;
  const loaded = load(packetId, tools);
  if (loaded === null) return ok({ kind: 'nothing-to-do' });
  const { chain, envelope, sent, upload } = loaded;
  const answer = await calls.upload({ packetId, upload });
  if (!answer.ok) return answer;
  const match = { octets: answer.value.octets, sent, findVerifier: tools.acknowledgementKeys };
  const { sequence } = envelope;
  if (answer.value.kind === 'acknowledgement') {
    const acknowledged = matchAcknowledgement(match);
    if (!acknowledged.ok) return err(distrusted(acknowledged.error));
    database
      .transaction(() => {
        // Retention counts from here: a clock that is behind must not make it shorter.
        const at = Math.max(tools.now(), acknowledged.value.receivedAt);
        const fact = { packetId, acknowledgement: match.octets, at };
        if (queue.acknowledge(fact))
          audit.append({ type: 'packet.acknowledged', fields: { packetId, sequence } });
        const reason = CHAIN_FLAGS.find((flag) => acknowledged.value.flags.includes(flag));
        if (reason !== undefined) breakChain({ chain, sequence, reason }, tools);
      })
      .immediate();
    return ok({ kind: 'acknowledged', acknowledgement: acknowledged.value });
  }
  const refused = matchRefusal(match);
  if (!refused.ok) return err(distrusted(refused.error));
  const { reason } = refused.value;
  database
    .transaction(() => {
      if (queue.refuse({ packetId, refusal: match.octets, reason })) {
        audit.append({ type: 'packet.refused', fields: { packetId, sequence, reason } });
      }
    })
    .immediate();
  return ok({ kind: 'refused', reason });
}

interface LoadedPacket {
  readonly chain: number;
  readonly envelope: Envelope;
  readonly sent: SentPacket;
  readonly upload: { readonly envelope: Uint8Array; readonly sealed: Uint8Array };
}

/** Reads a packet and checks that it is still what was signed; what is not is kept aside with its fault. */
function load(packetId: string, tools: DeliveryTools): LoadedPacket | null {
  const stored = tools.queue.find(packetId);
  if (stored === null || stored.delivery !== 'waiting') return null;
  const sealed = tools.queue.sealedBody(packetId);
  const opened = openEnvelope({ octets: stored.envelope, findVerifier: tools.ownKeys });
  if (!opened.ok) return setAside(packetId, 'unreadable', tools);
  const envelope = opened.value;
  if (sealed === null || !sameBytes(hashOf(sealed), envelope.sealedSha256)) {
    return setAside(packetId, 'damaged', tools);
  }
  return {
    chain: stored.chain,
    envelope,
    sent: { envelope, envelopeSha256: hashOf(stored.envelope) },
    upload: { envelope: stored.envelope, sealed },
  };
}

function setAside(packetId: string, fault: 'damaged' | 'unreadable', tools: DeliveryTools): null {
  tools.database
    .transaction(() => {
      tools.queue.markFaulty(packetId, fault);
      tools.audit.append({ type: 'packet.faulty', fields: { packetId, fault } });
    })
    .immediate();
  return null;
}

function distrusted(reason: StatementFault): DeliveryFault {
  return { scope: 'packet', reason, status: null, retryAfterMs: null };
}
