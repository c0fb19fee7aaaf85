import type Database from 'better-sqlite3';
import type { AbandonedPlan } from '#domain/liveness/evidence.ts';
import type { AuditEvent } from '#station/audit/audit-events.ts';
import type { AuditTrail } from '#station/ports.ts';

/**
 * Accounts for every liveness plan that this terminal has committed to. It listens to what the audit chain is told of
 * them, so that chain and account are written together or not at all; a power cut between a plan that was given up and
 * the packet that tells of it loses nothing.
 */
export interface PlanLedger extends AuditTrail {
  /** Plans that were given up and that no packet has told of, oldest first. */
  untold(most: number): AbandonedPlan[];
  /** A packet tells of these; runs in the transaction that stores it. */
  told(plans: readonly AbandonedPlan[]): void;
  /** A process that ended in the middle of a try has said nothing of its plan: it was given up. */
  endUnfinished(): void;
}

export function planLedger(options: {
  readonly database: Database.Database;
  /** Writes into the chain. */
  readonly trail: AuditTrail;
}): PlanLedger {
  const { database, trail } = options;
  const open = database.prepare(
    'INSERT INTO liveness_plan (commitment, session_id, attempt) VALUES (?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM liveness_plan WHERE commitment = ?');
  const abandon = database.prepare('UPDATE liveness_plan SET abandoned = ? WHERE commitment = ?');
  const abandoned = database.prepare<[number], AbandonedPlan>(
    `SELECT commitment, abandoned AS reason FROM liveness_plan
     WHERE abandoned IS NOT NULL ORDER BY id LIMIT ?`,
  );
  const unfinished = database.prepare<
    [],
    { readonly commitment: Uint8Array; readonly sessionId: string; readonly attempt: number }
  >(
    `SELECT commitment, session_id AS sessionId, attempt FROM liveness_plan
     WHERE abandoned IS NULL ORDER BY id`,
  );

  function account(event: AuditEvent): void {
    switch (event.type) {
      case 'liveness.committed':
        open.run(octetsOf(event.fields.commitment), event.fields.sessionId, event.fields.attempt);
        return;
      case 'liveness.used':
        remove.run(octetsOf(event.fields.commitment));
        return;
      case 'liveness.abandoned':
        abandon.run(event.fields.reason, octetsOf(event.fields.commitment));
        return;
      default:
        return;
    }
  }

  const record = (event: AuditEvent): void => {
    const together = () => {
      account(event);
      trail.record(event);
    };
    if (event.type.startsWith('liveness.')) database.transaction(together).immediate();
    else trail.record(event);
  };

  return {
    record,
    untold: (most) =>
      abandoned
        .all(most)
        .map(({ commitment, reason }) => ({ commitment: Uint8Array.from(commitment), reason })),
    told: (plans) => {
      for (const { commitment } of plans) remove.run(commitment);
    },
    endUnfinished() {
      for (const { commitment, sessionId, attempt } of unfinished.all()) {
        const hex = Buffer.from(commitment).toString('hex');
        record({
          type: 'liveness.abandoned',
          fields: { sessionId, attempt, commitment: hex, reason: 'wiped' },
        });
      }
    },
  };
}

function octetsOf(hex: string): Uint8Array {
  return Buffer.from(hex, 'hex');
}
