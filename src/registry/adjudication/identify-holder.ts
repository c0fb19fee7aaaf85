import type { Holder } from '#domain/enrolment/enrolment.ts';
import { type AcceptedCard, decodeAcceptedCard } from '#domain/identity/accepted-cards.ts';
import { type CitizenNumber, parseCitizenNumber } from '#domain/identity/citizen-number.ts';
import { assertNever } from '#domain/result.ts';

/** Who a packet says its holder is, read again from what it brings. */
export type Identity =
  | {
      readonly source: 'card';
      /** Parsed from the chip's bytes; null when they do not parse, or are another card's. */
      readonly card: AcceptedCard | null;
      /** What the station read. */
      readonly claimed: AcceptedCard;
    }
  | {
      readonly source: 'typed';
      /** Null when it is no citizen number: length, check character or birth. */
      readonly number: CitizenNumber | null;
      readonly name: string | null;
    };

export function identifyHolder(holder: Holder): Identity {
  switch (holder.source) {
    case 'card': {
      const parsed = decodeAcceptedCard(holder.card.text);
      return { source: 'card', card: parsed.ok ? parsed.value : null, claimed: holder.card.record };
    }
    case 'typed': {
      const { number, name } = holder.typed;
      const parsed = parseCitizenNumber(number);
      return { source: 'typed', number: parsed.ok ? parsed.value : null, name };
    }
    default:
      return assertNever(holder);
  }
}

/** The number under which a person is found again; null when there is none to be read. */
export function numberIn(identity: Identity): string | null {
  switch (identity.source) {
    case 'card':
      return identity.card?.number ?? null;
    case 'typed':
      return identity.number?.number ?? null;
    default:
      return assertNever(identity);
  }
}
