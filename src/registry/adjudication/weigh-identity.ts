import type { DecisionReason } from '#domain/enrolment/decision.ts';
import type { Enrolment } from '#domain/enrolment/enrolment.ts';
import { ageBand } from '#domain/identity/age-rule.ts';
import { type CalendarDate, dayInChina } from '#domain/identity/calendar-date.ts';
import type { ResidentCard } from '#domain/identity/card-record.ts';
import { cardValidity } from '#domain/identity/card-validity.ts';
import { samePersonName } from '#domain/identity/person-name.ts';
import { assertNever } from '#domain/result.ts';
import { enrolledAt } from './enrolled-at.ts';
import type { Identity } from './identify-holder.ts';
import type { RegisteredPerson } from './population-register.ts';

type Rejection = Extract<DecisionReason, `rejected-${string}`>;
type Claim = Pick<ResidentCard, 'birth'> & {
  readonly name: string;
  /** Null when nothing but the number tells it. */
  readonly sex: ResidentCard['sex'] | null;
};

/** Whether the packet is about an adult whom the population register knows as it says. Null when there is nothing against it. */
export function weighIdentity(facts: {
  readonly enrolment: Enrolment;
  /** When the registry stored the packet, milliseconds since 1970. */
  readonly receivedAt: number;
  readonly identity: Identity;
  readonly registered: RegisteredPerson | null;
}): Rejection | null {
  const { enrolment, identity, registered } = facts;
  const day = dayInChina(enrolledAt(facts));
  switch (identity.source) {
    case 'card': {
      const { card, claimed } = identity;
      if (card === null || !sameRecord(card, claimed)) return 'rejected-card-invalid';
      const validity = cardValidity({ card, day });
      if (validity === 'expired') return 'rejected-card-expired';
      if (validity === 'not-yet-valid') return 'rejected-card-invalid';
      return weighClaim({ claim: card, registered, day });
    }
    case 'typed': {
      const { number, name } = identity;
      if (number === null) return 'rejected-malformed';
      // Who ends an e-ID names no name: the number finds the e-ID, the password shows whose it is.
      if (enrolment.application === 'report-lost') return null;
      if (name === null) return 'rejected-malformed';
      return weighClaim({ claim: { birth: number.birth, name, sex: null }, registered, day });
    }
    default:
      return assertNever(identity);
  }
}

function weighClaim(request: {
  readonly claim: Claim;
  readonly registered: RegisteredPerson | null;
  readonly day: CalendarDate;
}): Rejection | null {
  const { claim, registered, day } = request;
  if (ageBand({ birth: claim.birth, day }) !== 'adult') return 'rejected-under-age';
  if (registered === null) return 'rejected-not-in-register';
  const agrees =
    samePersonName(registered.name, claim.name) &&
    registered.birth === claim.birth &&
    (claim.sex === null || registered.sex === claim.sex);
  return agrees ? null : 'rejected-contradicts-register';
}

function sameRecord(card: ResidentCard, claimed: ResidentCard): boolean {
  return (Object.keys(card) as (keyof ResidentCard)[]).every((field) => card[field] === claimed[field]);
}
