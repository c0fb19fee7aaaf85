import type { OperationMode } from '#contract/settings.ts';
import type { Decision, DecisionReason } from '#domain/enrolment/decision.ts';
import type { Enrolment, Grade } from '#domain/enrolment/enrolment.ts';
import type { Verdict } from '#domain/liveness/verdict.ts';
import { assertNever } from '#domain/result.ts';
import type { Identity } from './identify-holder.ts';
import type { PlanFault } from './keep-plans.ts';
import type { RegisteredPerson } from './population-register.ts';
import { weighIdentity } from './weigh-identity.ts';

/** Everything that a decision rests on, gathered by the adjudicator. */
export interface Facts {
  readonly enrolment: Enrolment;
  /** When the registry stored the packet, milliseconds since 1970. */
  readonly receivedAt: number;
  /** Read again from the chip's bytes or from what was typed. */
  readonly identity: Identity;
  /** What the population register says of the number. */
  readonly registered: RegisteredPerson | null;
  /** Judged again from the evidence. */
  readonly verdict: Verdict;
  /** True when every registry nonce in the evidence was given to this installation and used by no other packet. */
  readonly noncesGenuine: boolean;
  /** What the station's liveness plans look like together. */
  readonly planFaults: readonly PlanFault[];
  /** Grade of the e-ID that this person has, if the packet is about it; null without one. */
  readonly holds: Grade | null;
  /** Another packet asks for a first e-ID of this person, and a person has yet to look at it. */
  readonly openCase: boolean;
  readonly password: PasswordStanding;
  readonly mode: OperationMode;
}

/** How a proof of the password of the e-ID that exists came out. */
export type PasswordStanding =
  /** The packet brings no proof, or there is no e-ID to prove it of. */
  | 'no-proof'
  | 'right'
  | 'wrong'
  /** Wrong, and for the last time: further tries are not looked at. */
  | 'wrong-at-last'
  | 'blocked'
  /** Not sealed to the credential key. */
  | 'unreadable';

export type Outcome = Pick<Decision, 'outcome' | 'reason'>;

/**
 * The rules of adjudication, in order: what contradicts itself or the register is rejected, what a person has to look
 * at is referred, the rest is done. Age and validity count on the day of the enrolment, because a packet may travel for
 * weeks. A password is looked at last, so that nobody learns of it, or uses up its tries, who fails before.
 */
export function weighEnrolment(facts: Facts): Outcome {
  const reason = whyNot(facts);
  if (reason === null) {
    return facts.enrolment.application === 'report-lost'
      ? { outcome: 'revoked', reason: 'revoked' }
      : { outcome: 'issued', reason: 'issued' };
  }
  return { outcome: reason.startsWith('referred-') ? 'referred' : 'rejected', reason };
}

type Obstacle = Exclude<DecisionReason, 'issued' | 'revoked'>;

function whyNot(facts: Facts): Obstacle | null {
  if (!hangsTogether(facts)) return 'rejected-malformed';
  return (
    weighIdentity(facts) ??
    weighLiveness(facts) ??
    weighHolding(facts) ??
    weighPortrait(facts) ??
    weighPassword(facts)
  );
}

/** What each application brings along: nobody gets a full e-ID for a typed number, or an upgrade with a new password. */
function hangsTogether({ enrolment, password }: Facts): boolean {
  const { application, holder } = enrolment;
  const isProof = enrolment.password.kind === 'proof';
  switch (application) {
    case 'basic':
      return holder.source === 'typed' && holder.typed.name !== null && !isProof;
    case 'full':
      return holder.source === 'card' && !isProof;
    case 'upgrade':
      return holder.source === 'card' && isProof && password !== 'unreadable';
    case 'report-lost':
      return holder.source === 'typed' && isProof && password !== 'unreadable';
    default:
      return assertNever(application);
  }
}

/** Plans that were known before, or sought until one suited, prove nothing by themselves: a person looks. */
function weighLiveness({ verdict, noncesGenuine, planFaults }: Facts): Obstacle | null {
  if (verdict.result === 'not-live') return 'rejected-liveness';
  const doubted = verdict.result === 'referred' || !noncesGenuine || planFaults.length > 0;
  return doubted ? 'referred-liveness' : null;
}

function weighHolding({ enrolment, holds, openCase }: Facts): Obstacle | null {
  switch (enrolment.application) {
    case 'basic':
    case 'full':
      return holds !== null || openCase ? 'referred-duplicate' : null;
    case 'upgrade':
      if (holds === null) return 'rejected-no-eid';
      return holds === 'full' ? 'referred-duplicate' : null;
    case 'report-lost':
      return holds === null ? 'rejected-no-eid' : null;
    default:
      return assertNever(enrolment.application);
  }
}

/** To end an e-ID takes a living face and its password; no picture is kept for it. */
function weighPortrait({ enrolment, mode }: Facts): Obstacle | null {
  if (enrolment.application === 'report-lost') return null;
  if (enrolment.evidence.portrait === null) return 'referred-no-portrait';
  return comparisonSuffices(enrolment, mode) ? null : 'referred-comparison';
}

/**
 * The station's comparison is advisory: a person decides on "different" and on "cannot tell". Only the demo relaxes
 * the latter, because no open decoder for a real chip's portrait exists; the demo is marked as such everywhere. Without
 * a card the station had no portrait to compare with, whatever it says.
 */
function comparisonSuffices(enrolment: Enrolment, mode: OperationMode): boolean {
  const result = enrolment.holder.source === 'typed' ? 'cannot-tell' : enrolment.comparison.result;
  return result === 'same' || (result === 'cannot-tell' && mode === 'demo');
}

function weighPassword({ enrolment, password }: Facts): Obstacle | null {
  if (enrolment.password.kind === 'chosen') return null;
  switch (password) {
    case 'right':
      return null;
    case 'wrong':
      return 'referred-password';
    case 'wrong-at-last':
    case 'blocked':
      // Anybody who knows the number can use up the tries; the holder must not find the way to report a loss shut.
      return enrolment.application === 'report-lost' ? 'referred-password' : 'rejected-password-blocked';
    // Who holds an e-ID has had the proof looked at; said all the same, so that no password is ever passed over.
    case 'no-proof':
    case 'unreadable':
      return 'rejected-malformed';
    default:
      return assertNever(password);
  }
}
