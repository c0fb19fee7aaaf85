import type { ConsentText } from '#domain/enrolment/consent-text.ts';
import type { ResidentCard } from '#domain/identity/card-record.ts';
import { decodeCardText } from '#domain/identity/card-text.ts';
import { maskName, maskNumber } from '#domain/identity/masking.ts';
import type { Outcome } from '#domain/session/chart-event.ts';
import type { RecordView } from '#domain/session/project.ts';
import type { DeskTicket, Review, ShownEid, ShownSlip } from '#domain/session/snapshot.ts';
import { lastFourOf } from '#protocol/phone-code.ts';
import type { Picture, SessionRecord } from './session-record.ts';

/** What the session record shows, made into strings anew for each snapshot that needs them. */
export function recordView(options: {
  readonly record: SessionRecord | null;
  readonly ticket: DeskTicket | null;
  readonly consentText: ConsentText;
  readonly stationName: string;
  readonly simulated: boolean;
  readonly outcome: Outcome;
}): RecordView {
  const { ticket, stationName } = options;
  const live = (): SessionRecord => {
    if (!options.record?.live) throw new Error('a screen of a session is shown without its record');
    return options.record;
  };
  return {
    consentVersion: () => options.consentText.version,
    phoneLastFour: () => phoneLastFour(live()),
    review: (): Review => {
      const record = live();
      const card = cardOf(record);
      return {
        grade: 'full',
        name: card.name,
        maskedNumber: maskNumber(card.number),
        validUntil: card.validUntil,
        phoneLastFour: record.phone === null ? null : phoneLastFour(record),
        portrait: portraitOf(record),
        cardPortrait: record.cardPortrait === null ? null : dataUrl(record.cardPortrait),
      };
    },
    eid: (): ShownEid => {
      const record = live();
      const issued = record.readIssued();
      if (issued === null) throw new Error('an e-ID is shown that was not issued');
      return {
        grade: 'full',
        maskedName: issued.maskedName,
        subject: issued.subject,
        issuedAt: issued.issuedAt,
        expiresAt: issued.expiresAt,
        code: issued.code,
        portrait: portraitOf(record),
        simulated: options.simulated,
      };
    },
    slip: (): ShownSlip => {
      const record = live();
      const card = cardOf(record);
      if (record.saved === null) throw new Error('a slip is shown for what was not saved');
      return {
        packetId: record.saved.packetId,
        maskedName: maskName(card.name),
        maskedNumber: maskNumber(card.number),
        grade: 'full',
        at: record.saved.createdAt,
        station: stationName,
        sequence: record.saved.sequence,
        state: slipState(options.outcome),
        printed: false,
      };
    },
    ticket: () => {
      if (ticket === null) throw new Error('a ticket is shown that was not issued');
      return ticket;
    },
  };
}

function slipState(outcome: Outcome): ShownSlip['state'] {
  switch (outcome.kind) {
    case 'issued':
    case 'referred':
    case 'rejected':
      return outcome.kind;
    case 'offline':
    case 'not-yet':
      return 'waiting';
  }
}

function phoneLastFour(record: SessionRecord): string {
  if (record.phone === null) throw new Error('a phone is shown that was not scanned');
  return lastFourOf(record.phone.publicKey);
}

/** The card's fields, read again from its octets: they were accepted before they were kept. */
export function cardOf(record: SessionRecord): ResidentCard {
  const decoded = record.card === null ? null : decodeCardText(record.card.text);
  if (!decoded?.ok) throw new Error('a card is used that was not accepted');
  return decoded.value;
}

function portraitOf(record: SessionRecord): string {
  if (record.portrait === null) throw new Error('a portrait is shown that was not taken');
  return dataUrl({ mime: 'image/jpeg', bytes: record.portrait });
}

function dataUrl({ mime, bytes }: Picture): string {
  const { buffer, byteOffset, byteLength } = bytes;
  return `data:${mime};base64,${Buffer.from(buffer, byteOffset, byteLength).toString('base64')}`;
}
