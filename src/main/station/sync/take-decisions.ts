import type Database from 'better-sqlite3';
import { err, ok, type Result } from '#domain/result.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { openDecision, type SignedDecision } from '#protocol/decision.ts';
import type { FindVerifier } from '#protocol/keys/signer.ts';
import type { MessageFault } from '#protocol/signed-message.ts';
import type { AuditLog } from '#station/audit/audit-log.ts';
import type { PacketQueue } from '#station/queue/packet-queue.ts';
import type { SyncStateStore } from './sync-state-store.ts';

export type DecisionFault = MessageFault['reason'] | 'for-another-station' | 'for-another-packet';

export interface DecisionTools {
  readonly database: Database.Database;
  readonly queue: PacketQueue;
  readonly audit: AuditLog;
  readonly state: SyncStateStore;
  readonly stationId: string;
  readonly issuerKeys: FindVerifier;
}

/** Opens a decision; it must be the issuer's, for this station, about an envelope that this station made. */
export function readDecision(
  octets: Uint8Array,
  tools: Pick<DecisionTools, 'queue' | 'stationId' | 'issuerKeys'>,
): Result<SignedDecision, DecisionFault> {
  const opened = openDecision({ bytes: octets, findVerifier: tools.issuerKeys });
  if (!opened.ok) return err(opened.error.reason);
  const decision = opened.value;
  if (decision.stationId !== tools.stationId) return err('for-another-station');
  const packet = tools.queue.find(decision.packetId);
  if (packet === null || !sameBytes(packet.envelopeSha256, decision.envelopeSha256)) {
    return err('for-another-packet');
  }
  return ok(decision);
}

/** Keeps of a decision only its code. Call in a transaction. */
export function keepDecision(
  decision: SignedDecision,
  tools: Pick<DecisionTools, 'queue' | 'audit'>,
): boolean {
  const { packetId, outcome, reason } = decision;
  const changed = tools.queue.decide({ packetId, outcome, reason });
  if (changed) tools.audit.append({ type: 'packet.decided', fields: { packetId, outcome, reason } });
  return changed;
}

export interface TakenDecisions {
  readonly kept: number;
  /** Decisions that were not believed, and why; they are passed over so that the others come through. */
  readonly passedOver: readonly DecisionFault[];
  /** At least one is signed by a key that is not known yet: the run has to be taken again. */
  readonly unknownKey: boolean;
}

/**
 * Keeps a run of decisions and the place in the registry's list that it reaches to, in one transaction. The place stays
 * when a key is not known: the issuer may have a new one since the trust list came, and its word must not be lost.
 */
export function takeDecisions(
  run: { readonly decisions: readonly Uint8Array[]; readonly next: string },
  tools: DecisionTools,
): TakenDecisions {
  return tools.database
    .transaction(() => {
      let kept = 0;
      let unknownKey = false;
      const passedOver: DecisionFault[] = [];
      for (const octets of run.decisions) {
        const decision = readDecision(octets, tools);
        if (!decision.ok) {
          if (decision.error === 'unknown-key') unknownKey = true;
          else passedOver.push(decision.error);
        } else if (keepDecision(decision.value, tools)) kept += 1;
      }
      if (!unknownKey) tools.state.setDecisionCursor(run.next);
      return { kept, passedOver, unknownKey };
    })
    .immediate();
}
