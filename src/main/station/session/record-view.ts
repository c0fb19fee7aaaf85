import { type Application, gradeAsked } from '#domain/enrolment/application.ts';
import type { ConsentText } from '#domain/enrolment/consent-text.ts';
import { maskName, maskNumber } from '#domain/identity/masking.ts';
import type { Outcome } from '#domain/session/chart-event.ts';
import type { RecordView } from '#domain/session/project.ts';
import type { DeskTicket, Review, ShownEid, SlipFacts, Visit } from '#domain/session/snapshot.ts';
import { applicationFor } from '#domain/session/visits.ts';
import { lastFourOf } from '#protocol/phone-code.ts';
import { holderOf, nameAndNumber } from './holder-of.ts';
import { type Picture, type SessionRecord, textOf } from './session-record.ts';

/** What the session record shows, made into strings anew for each snapshot that needs them. */
export function recordView(options: {
  readonly record: SessionRecord | null;
  readonly visit: Visit | null;
  readonly ticket: DeskTicket | null;
  readonly consentText: (application: Application) => ConsentText;
  readonly stationName: string;
  readonly simulated: boolean;
  readonly outcome: Outcome;
}): RecordView {
  const { ticket, stationName } = options;
  const live = (): SessionRecord => {
    if (!options.record?.live) throw new Error('a screen of a session is shown without its record');
    return options.record;
  };
  const application = () => applicationFor(options.visit);
  return {
    consentVersion: () => options.consentText(application()).version,
    phoneLastFour: () => phoneLastFour(live()),
    chosenPortrait: () => {
      const { shownPortrait } = live();
      if (shownPortrait === null) throw new Error('a portrait is asked about that was not taken');
      return base64(shownPortrait);
    },
    review: (): Review => {
      const record = live();
      const holder = holderOf(record);
      const { name, number } = nameAndNumber(holder);
      return {
        application: application(),
        name,
        maskedNumber: maskNumber(number),
        validUntil: holder.source === 'card' ? holder.card.record.validUntil : null,
        phoneLastFour: record.phone === null ? null : phoneLastFour(record),
        portrait: portraitOf(record),
        cardPortrait: record.cardPortrait === null ? null : dataUrl(record.cardPortrait),
      };
    },
    eid: (): ShownEid => {
      const record = live();
      const issued = record.readIssued();
      const grade = gradeAsked(application());
      if (issued === null || grade === null) throw new Error('an e-ID is shown that was not issued');
      return {
        grade,
        maskedName: issued.maskedName,
        subject: issued.subject,
        issuedAt: issued.issuedAt,
        expiresAt: issued.expiresAt,
        code: issued.code,
        portrait: portraitOf(record),
        simulated: options.simulated,
      };
    },
    slip: (): SlipFacts => {
      const record = live();
      const { name, number } = nameAndNumber(holderOf(record));
      if (record.saved === null) throw new Error('a slip is shown for what was not saved');
      return {
        packetId: record.saved.packetId,
        maskedName: name === null ? null : maskName(name),
        maskedNumber: maskNumber(number),
        application: application(),
        at: record.saved.createdAt,
        station: stationName,
        sequence: record.saved.sequence,
        state: slipState(options.outcome),
        statement: record.saved.slipStatement,
      };
    },
    ticket: () => {
      if (ticket === null) throw new Error('a ticket is shown that was not issued');
      return ticket;
    },
    suggestedName: () => textOf(live().name ?? live().phoneName),
    slipStatus: () => {
      const status = live().readSlipStatus();
      if (status === null) throw new Error('a status is shown that was not asked for');
      return status;
    },
    checked: () => {
      const check = live().readChecked();
      if (check === null) throw new Error('a verdict is shown on an e-ID that was not checked');
      return check;
    },
  };
}

function slipState(outcome: Outcome): SlipFacts['state'] {
  switch (outcome.kind) {
    case 'issued':
    case 'collect':
    case 'revoked':
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

function portraitOf(record: SessionRecord): string {
  if (record.portrait === null) throw new Error('a portrait is shown that was not taken');
  return dataUrl({ mime: 'image/jpeg', bytes: record.portrait });
}

function dataUrl({ mime, bytes }: Picture): string {
  return `data:${mime};base64,${base64(bytes)}`;
}

function base64({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
