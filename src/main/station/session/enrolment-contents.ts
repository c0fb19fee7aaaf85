import type { LivenessEvidence } from '#domain/liveness/evidence.ts';
import type { EnrolmentContents } from '#station/ports.ts';
import { cardOf } from './record-view.ts';
import type { SessionRecord } from './session-record.ts';

/** What a finished session hands to the desk. Throws when a step was passed without what it gathers: a bug. */
export function enrolmentContents(session: {
  readonly record: SessionRecord;
  readonly evidence: LivenessEvidence;
  readonly simulated: boolean;
}): EnrolmentContents {
  const { record, evidence, simulated } = session;
  const { card, consent, passwordVerifier } = record;
  if (card === null || consent === null || passwordVerifier === null) {
    throw new Error('an enrolment was to be saved before everything was there');
  }
  return {
    grade: 'full',
    card: { ...card, record: cardOf(record) },
    phone: record.phone,
    passwordVerifier,
    consent,
    evidence,
    comparison: {
      result: 'cannot-tell',
      reason: record.portraitDecoding === 'decoded' ? 'not-compared' : record.portraitDecoding,
      distance: null,
    },
    operator: null,
    witness: null,
    simulated,
  };
}
