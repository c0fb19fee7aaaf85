import {
  type CardReading,
  COMPARISON_REASONS,
  type Comparison,
  type Consent,
  type Enrolment,
  type PairedPhone,
  type SoftwareIdentity,
} from '#domain/enrolment/enrolment.ts';
import { type CalendarDate, parseCompactDate } from '#domain/identity/calendar-date.ts';
import type { ResidentCard } from '#domain/identity/card-record.ts';
import { LANGUAGES } from '#domain/language.ts';
import { type Codec, mapped } from '../codec/codec.ts';
import { field, list, record } from '../codec/containers.ts';
import {
  boolean,
  bytes,
  bytesUpTo,
  choice,
  constant,
  installation,
  kid,
  nullable,
  packetId,
  real,
  sha256Digest,
  stationId,
  text,
  time,
} from '../codec/scalars.ts';
import { CLOCK_TRUST } from '../envelope.ts';
import { evidenceCodec } from './evidence-codec.ts';

const calendarDate: Codec<CalendarDate> = mapped(text({ min: 10, max: 10 }), {
  shape: 'tstr `YYYY-MM-DD`',
  write: (date: CalendarDate) => date,
  read: (written) => {
    const date = parseCompactDate(written.replaceAll('-', ''));
    return date.ok && date.value === written ? date.value : undefined;
  },
});

const validUntil: Codec<ResidentCard['validUntil']> = mapped(text({ min: 9, max: 10 }), {
  shape: 'tstr `YYYY-MM-DD` / "long-term"',
  write: (until: ResidentCard['validUntil']) => until,
  read: (written) => {
    if (written === 'long-term') return written;
    const date = parseCompactDate(written.replaceAll('-', ''));
    return date.ok && date.value === written ? date.value : undefined;
  },
});

const residentCard = record<ResidentCard>('resident card', {
  kind: field(1, choice(['resident'])),
  name: field(2, text({ min: 1, max: 15 }), 'GA/T 490: 15 UTF-16 units'),
  sex: field(3, choice(['male', 'female', 'unknown', 'not-stated'])),
  ethnicCode: field(4, text({ min: 2, max: 2 }), 'GB/T 3304, as read'),
  birth: field(5, calendarDate),
  address: field(6, text({ max: 35 }), 'GA/T 490: 35 UTF-16 units'),
  number: field(7, text({ min: 18, max: 18, pattern: /^\d{17}[\dX]$/ }), 'GB 11643'),
  authority: field(8, text({ max: 15 })),
  validFrom: field(9, calendarDate),
  validUntil: field(10, validUntil),
});

const cardReading = record<CardReading>('card reading', {
  text: field(1, bytes(256), 'text block as read'),
  photo: field(2, bytes(1024), 'portrait block as read, WLT-coded'),
  record: field(3, residentCard, "the station's reading of the text block"),
  samId: field(4, text({ min: 1, max: 64 }), 'security module of the reader'),
});

const pairedPhone = record<PairedPhone>('paired phone', {
  publicKey: field(1, bytes(32), 'Ed25519'),
  codeId: field(2, bytes(16)),
  phoneTime: field(3, time, "the phone's own clock"),
});

const consent = record<Consent>('consent', {
  textVersion: field(1, text({ min: 1, max: 40 })),
  textSha256: field(2, sha256Digest, 'of the text as shown, UTF-8'),
  language: field(3, choice(LANGUAGES)),
  at: field(4, time),
});

const comparison = record<Comparison>('comparison', {
  result: field(1, choice(['same', 'cannot-tell', 'different'])),
  reason: field(2, choice(COMPARISON_REASONS)),
  distance: field(3, nullable(real(0, 100))),
});

const model = record<SoftwareIdentity['models'][number]>('model', {
  name: field(1, text({ min: 1, max: 80 })),
  sha256: field(2, sha256Digest),
});

const software = record<SoftwareIdentity>('software', {
  version: field(1, text({ min: 1, max: 40 })),
  models: field(2, list(model, 16)),
});

/** Staff ids are short codes, never names. */
const staffId = nullable(text({ min: 1, max: 40 }));

export const enrolmentCodec: Codec<Enrolment> = record<Enrolment>('enrolment', {
  schema: field(1, constant(1)),
  packetId: field(2, packetId),
  stationId: field(3, stationId),
  installation: field(4, installation),
  sealingKid: field(5, kid, 'the registry key that the packet is sealed to'),
  grade: field(6, choice(['basic', 'full'])),
  createdAt: field(7, time),
  clockTrust: field(8, choice(CLOCK_TRUST)),
  card: field(9, cardReading),
  phone: field(10, nullable(pairedPhone)),
  passwordVerifier: field(11, bytesUpTo(400), 'sealed to the credential key'),
  consent: field(12, consent),
  evidence: field(13, evidenceCodec),
  comparison: field(14, comparison),
  operator: field(15, staffId),
  witness: field(16, staffId),
  software: field(17, software),
  simulated: field(18, boolean),
});

/** Records of which an enrolment is made, in the order of the documentation. */
export const ENROLMENT_RECORDS = [
  enrolmentCodec,
  cardReading,
  residentCard,
  pairedPhone,
  consent,
  comparison,
  software,
  model,
] as const;
