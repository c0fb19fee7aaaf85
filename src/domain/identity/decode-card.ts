import type { Result } from '../result.ts';
import { assertNever, err } from '../result.ts';
import { CARD_TEXT_LENGTH, cardKind } from './card-block.ts';
import type { CardFault, CardRecord } from './card-record.ts';
import { readForeignerCard2017 } from './foreigner-card-2017.ts';
import { readForeignerCard2023 } from './foreigner-card-2023.ts';
import { readResidencePermit } from './residence-permit.ts';
import { readResidentCard } from './resident-card.ts';

/** Reads and checks a card's text block in whichever layout its flag names. */
export function decodeCard(block: Uint8Array): Result<CardRecord, CardFault> {
  if (block.length !== CARD_TEXT_LENGTH) return err({ reason: 'wrong-length', length: block.length });
  const read = readLayout(block);
  if (!read.ok) return read;
  const { kind, validFrom, validUntil } = read.value;
  return validUntil !== 'long-term' && validUntil < validFrom
    ? err({ reason: 'damaged-field', kind, field: 'validUntil' })
    : read;
}

function readLayout(block: Uint8Array): Result<CardRecord, CardFault> {
  const kind = cardKind(block);
  switch (kind) {
    case 'resident':
      return readResidentCard(block);
    case 'residence-permit':
      return readResidencePermit(block);
    case 'foreigner-2017':
      return readForeignerCard2017(block);
    case 'foreigner-2023':
      return readForeignerCard2023(block);
    default:
      return assertNever(kind);
  }
}
