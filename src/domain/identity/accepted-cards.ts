import type { Result } from '../result.ts';
import { err } from '../result.ts';
import type { CardFault, CardKind, CardRecord, ResidentCard } from './card-record.ts';
import { decodeCard } from './decode-card.ts';

/**
 * The card that an e-ID is issued for: the resident identity card alone, because the population register that a
 * decision asks knows citizens only. Terminal and registry both go by this.
 */
export type AcceptedCard = ResidentCard;
export type OtherCardKind = Exclude<CardKind, AcceptedCard['kind']>;

export type CardRefusal = CardFault | { readonly reason: 'not-accepted'; readonly kind: OtherCardKind };

export function isAcceptedKind(kind: CardKind): kind is AcceptedCard['kind'] {
  return kind === 'resident';
}

function isAccepted(card: CardRecord): card is AcceptedCard {
  return isAcceptedKind(card.kind);
}

/** Reads a card's text block and takes it if an e-ID is issued for cards of its kind. */
export function decodeAcceptedCard(block: Uint8Array): Result<AcceptedCard, CardRefusal> {
  const decoded = decodeCard(block);
  if (!decoded.ok) return decoded;
  const card = decoded.value;
  return isAccepted(card) ? { ok: true, value: card } : err({ reason: 'not-accepted', kind: card.kind });
}
