import type { CheckedEid } from '#domain/session/snapshot.ts';
import type { AuditTrail, CheckDesk } from '#station/ports.ts';

/** Puts the outcome of every check into the record, and nothing that says whose e-ID or slip it was. */
export function auditedChecks(desk: CheckDesk, audit: AuditTrail): CheckDesk {
  return {
    async checkEid(code) {
      const checked = await desk.checkEid(code);
      const result = checked.ok ? outcomeOf(checked.value) : checked.error;
      audit.record({ type: 'check.eid-checked', fields: { result } });
      return checked;
    },
    async checkAnswer(code) {
      const checked = await desk.checkAnswer(code);
      const result = checked.ok ? checked.value.holder : checked.error;
      audit.record({ type: 'check.holder-answered', fields: { result } });
      return checked;
    },
    async slipStatus(code) {
      const found = await desk.slipStatus(code);
      const result = found.ok ? found.value.state : found.error;
      audit.record({ type: 'check.slip-checked', fields: { result } });
      return found;
    },
    forget: desk.forget,
  };
}

function outcomeOf({ verdict }: CheckedEid): string {
  return verdict.result === 'valid' ? 'valid' : verdict.because;
}
