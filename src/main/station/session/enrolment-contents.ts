import type { LivenessEvidence } from '#domain/liveness/evidence.ts';
import type { Visit } from '#domain/session/snapshot.ts';
import { applicationFor } from '#domain/session/visits.ts';
import type { EnrolmentContents } from '#station/ports.ts';
import { cardComparison } from './card-comparison.ts';
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
    comparison: cardComparison(record, evidence),
    operator: null,
    witness: null,
    simulated,
  };
}
