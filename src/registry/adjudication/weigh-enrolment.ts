import type { OperationMode } from '#contract/settings.ts';
import type { Decision, DecisionReason } from '#domain/enrolment/decision.ts';
import type { Enrolment } from '#domain/enrolment/enrolment.ts';
import { ageBand } from '#domain/identity/age-rule.ts';
import { dayInChina } from '#domain/identity/calendar-date.ts';
import type { ResidentCard } from '#domain/identity/card-record.ts';
import { cardValidity } from '#domain/identity/card-validity.ts';
import type { Verdict } from '#domain/liveness/verdict.ts';
import type { RegisteredPerson } from './population-register.ts';

/** Everything that a decision rests on, gathered by the adjudicator. */
export interface Facts {
  readonly enrolment: Enrolment;
  /** Parsed again from the chip's bytes, or null when they do not parse. */
  readonly card: ResidentCard | null;
  /** What the population register says of the card's number. */
  readonly registered: RegisteredPerson | null;
  /** Judged again from the evidence. */
  readonly verdict: Verdict;
  /** True when every registry nonce in the evidence was given to this installation and used by no other packet. */
  readonly noncesGenuine: boolean;
  /** Another packet enrolled this person and was not rejected. */
  readonly enrolledBefore: boolean;
  readonly mode: OperationMode;
}

export type Outcome = Pick<Decision, 'outcome' | 'reason'>;

/**
 * The rules of adjudication, in order: what contradicts itself or the register is rejected, what a person has to look
 * at is referred, the rest is issued. Age and validity count on the day of the enrolment, because a packet may travel
 * for weeks.
 */
export function weighEnrolment(facts: Facts): Outcome {
  const { enrolment, card, registered, verdict } = facts;
  if (card === null || !sameRecord(card, enrolment.card.record)) return rejected('rejected-card-invalid');
  const day = dayInChina(enrolment.createdAt);
  const validity = cardValidity({ card, day });
  if (validity === 'expired') return rejected('rejected-card-expired');
  if (validity === 'not-yet-valid') return rejected('rejected-card-invalid');
  if (ageBand({ birth: card.birth, day }) !== 'adult') return rejected('rejected-under-age');
  if (registered === null) return rejected('rejected-not-in-register');
  if (registered.name !== card.name || registered.sex !== card.sex || registered.birth !== card.birth) {
    return rejected('rejected-contradicts-register');
  }
  if (verdict.result === 'not-live') return rejected('rejected-liveness');
  if (verdict.result === 'referred' || !facts.noncesGenuine) return referred('referred-liveness');
  if (facts.enrolledBefore) return referred('referred-duplicate');
  if (enrolment.evidence.portrait === null) return referred('referred-no-portrait');
  if (!comparisonSuffices(enrolment.comparison.result, facts.mode)) return referred('referred-comparison');
  return { outcome: 'issued', reason: 'issued' };
}

/**
 * The station's comparison is advisory: a person decides on "different" and on "cannot tell". Only the demo relaxes
 * the latter, because no open decoder for a real chip's portrait exists; the demo is marked as such everywhere.
 */
function comparisonSuffices(result: Enrolment['comparison']['result'], mode: OperationMode): boolean {
  return result === 'same' || (result === 'cannot-tell' && mode === 'demo');
}

function sameRecord(card: ResidentCard, claimed: ResidentCard): boolean {
  return (Object.keys(card) as (keyof ResidentCard)[]).every((field) => card[field] === claimed[field]);
}

function rejected(reason: DecisionReason): Outcome {
  return { outcome: 'rejected', reason };
}

function referred(reason: DecisionReason): Outcome {
  return { outcome: 'referred', reason };
}
