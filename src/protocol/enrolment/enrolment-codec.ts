import { APPLICATIONS } from '#domain/enrolment/application.ts';
import {
  COMPARISON_REASONS,
  type Comparison,
  type Consent,
  type Enrolment,
  type PairedPhone,
  type SoftwareIdentity,
} from '#domain/enrolment/enrolment.ts';
import { LANGUAGES } from '#domain/language.ts';
import type { Codec } from '../codec/codec.ts';
import { field, list, record } from '../codec/containers.ts';
import {
  boolean,
  bytes,
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
import { HOLDER_RECORDS, holderCodec } from './holder-codec.ts';
import { sealedPasswordCodec } from './sealed-password-codec.ts';

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

/** Keys 6, 9 and 11 stood for a grade, a card and a verifier, before there were several applications. */
export const enrolmentCodec: Codec<Enrolment> = record<Enrolment>('enrolment', {
  schema: field(1, constant(1)),
  packetId: field(2, packetId),
  stationId: field(3, stationId),
  installation: field(4, installation),
  sealingKid: field(5, kid, 'the registry key that the packet is sealed to'),
  application: field(19, choice(APPLICATIONS)),
  createdAt: field(7, time),
  clockTrust: field(8, choice(CLOCK_TRUST)),
  holder: field(20, holderCodec),
  phone: field(10, nullable(pairedPhone)),
  password: field(21, sealedPasswordCodec),
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
  ...HOLDER_RECORDS,
  sealedPasswordCodec,
  pairedPhone,
  consent,
  comparison,
  software,
  model,
] as const;
