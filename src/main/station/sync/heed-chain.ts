import type Database from 'better-sqlite3';
import type { DecisionsAnswer } from '#contract/registry-api.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { hashOf } from '#protocol/hash.ts';
import type { AuditLog } from '#station/audit/audit-log.ts';
import type { InstallationStore } from '#station/provisioning/installation-store.ts';
import { breakChain, type ChainBreak } from '#station/queue/break-chain.ts';
import type { PacketQueue } from '#station/queue/packet-queue.ts';

/** The registry's statement about the chain of the installation that asked, from an answer that it signed. */
export type ChainStatement = DecisionsAnswer['chain'];

export interface HeedingTools {
  readonly database: Database.Database;
  readonly queue: PacketQueue;
  readonly audit: AuditLog;
  readonly installations: InstallationStore;
}

export interface HeededChain {
  /** What the statement shows to be wrong with our chain, when nobody knew before. */
  readonly broken: ChainBreak | null;
  /** Packets that the registry has lost and that wait again. */
  readonly sentAgain: number;
}

/** Packets that go back to waiting in one transaction; what is left follows with the next statement. */
const SENT_AGAIN_AT_ONCE = 500;

/**
 * Compares what the registry holds of a chain with what stands here. A registry that has more, or something else, was
 * fed from another copy of this disk. One that lacks what it acknowledged was restored from a backup, and gets it again
 * as long as the body is here.
 */
export function heedChain(
  said: {
    readonly chain: number;
    readonly statement: ChainStatement;
    /** True when nothing was acknowledged while the answer was on its way, so that it cannot be out of date. */
    readonly upToDate: boolean;
  },
  tools: HeedingTools,
): HeededChain {
  const { chain, statement } = said;
  return tools.database
    .transaction((): HeededChain => {
      const reason = contradiction(said, tools.queue);
      if (reason !== null) {
        const news = breakChain({ chain, sequence: statement.head, reason }, tools);
        return { broken: news ? reason : null, sentAgain: 0 };
      }
      return { broken: null, sentAgain: said.upToDate ? sendLostAgain(said, tools) : 0 };
    })
    .immediate();
}

function contradiction(
  said: { readonly chain: number; readonly statement: ChainStatement },
  queue: PacketQueue,
): 'registry-ahead' | 'head-differs' | null {
  const { chain, statement } = said;
  if (statement.head === 0) return null;
  const ours = queue.envelopeAt({ chain, sequence: statement.head });
  if (ours === null) return 'registry-ahead';
  return sameBytes(ours, statement.headSha256) ? null : 'head-differs';
}

function sendLostAgain(
  said: { readonly chain: number; readonly statement: ChainStatement },
  { queue, audit }: HeedingTools,
): number {
  const { chain, statement } = said;
  const missing = [...statement.gaps, [statement.head + 1, Number.MAX_SAFE_INTEGER] as const];
  let sent = 0;
  for (const [first, last] of missing) {
    const limit = SENT_AGAIN_AT_ONCE - sent;
    for (const { packetId, sequence, acknowledgement } of queue.deliveredIn({ chain, first, last, limit })) {
      queue.sendAgain(packetId);
      const hash = Buffer.from(hashOf(acknowledgement)).toString('hex');
      audit.append({ type: 'packet.sent-again', fields: { packetId, sequence, acknowledgement: hash } });
      sent += 1;
    }
  }
  return sent;
}
