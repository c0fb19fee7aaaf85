import type { Comparison } from '#domain/enrolment/enrolment.ts';
import type { LivenessEvidence } from '#domain/liveness/evidence.ts';
import type { Visit } from '#domain/session/snapshot.ts';
import { applicationFor } from '#domain/session/visits.ts';
import type { EnrolmentContents } from '#station/ports.ts';
import { holderOf } from './holder-of.ts';
import type { SessionRecord } from './session-record.ts';

/** What a finished session hands to the desk. Throws when a step was passed without what it gathers: a bug. */
export function enrolmentContents(session: {
  readonly visit: Visit | null;
  readonly record: SessionRecord;
  readonly evidence: LivenessEvidence;
  readonly simulated: boolean;
}): EnrolmentContents {
  const { record, evidence, simulated } = session;
  const { consent, password } = record;
  const application = applicationFor(session.visit);
  if (consent === null || password === null) {
    throw new Error('an enrolment was to be saved before everything was there');
  }
  const holder = holderOf(record);
  return {
    application,
    holder,
    phone: record.phone,
    password,
    consent,
    evidence,
    comparison: { result: 'cannot-tell', reason: comparisonReason(record), distance: null },
    operator: null,
    witness: null,
    simulated,
  };
}

function comparisonReason(record: SessionRecord): Comparison['reason'] {
  if (record.card === null) return 'no-card';
  return record.portraitDecoding === 'decoded' ? 'not-compared' : record.portraitDecoding;
}
