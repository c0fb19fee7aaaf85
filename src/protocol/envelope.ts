import type { ClockTrust } from '#domain/enrolment/enrolment.ts';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { sameBytes } from './cbor.ts';
import { field, record } from './codec/containers.ts';
import {
  boolean,
  choice,
  constant,
  installation,
  kid,
  packetId,
  sequence,
  sha256Digest,
  stationId,
  time,
  unsigned,
} from './codec/scalars.ts';
import type { FindVerifier, Signer } from './keys/signer.ts';
import { type MessageFault, signedMessage } from './signed-message.ts';

export { hashOf } from './hash.ts';

/** The signed, open header of a packet; no personal data. */
export interface Envelope {
  readonly schema: 1;
  readonly packetId: string;
  readonly stationId: string;
  readonly installation: number;
  /** Place in the installation's chain, from 1 without gaps. */
  readonly sequence: number;
  /** SHA-256 of the envelope before as stored; for sequence 1, of the station certificate. */
  readonly previous: Uint8Array;
  readonly createdAt: number;
  readonly clockTrust: ClockTrust;
  readonly sealedSize: number;
  readonly sealedSha256: Uint8Array;
  readonly stationKid: Uint8Array;
  readonly sealingKid: Uint8Array;
  /** SHA-256 of the newest audit entry when the envelope was made. */
  readonly auditHead: Uint8Array;
  readonly simulated: boolean;
}

export const LARGEST_SEALED_BYTES = 2 * 1024 * 1024 - 4096;

export const CLOCK_TRUST = [
  'synchronised',
  'drifting',
  'doubtful',
  'unknown',
] as const satisfies ClockTrust[];

export const envelopeMessage = signedMessage<Envelope>(
  'envelope',
  record('envelope', {
    schema: field(1, constant(1)),
    packetId: field(2, packetId),
    stationId: field(3, stationId),
    installation: field(4, installation),
    sequence: field(5, sequence, 'place in the chain of the installation'),
    previous: field(
      6,
      sha256Digest,
      'SHA-256 of the envelope before; of the station certificate for sequence 1',
    ),
    createdAt: field(7, time),
    clockTrust: field(8, choice(CLOCK_TRUST)),
    sealedSize: field(9, unsigned(LARGEST_SEALED_BYTES), 'octets of the sealed body'),
    sealedSha256: field(10, sha256Digest),
    stationKid: field(11, kid, 'the key of the signature'),
    sealingKid: field(12, kid, 'the registry key that the body is sealed to'),
    auditHead: field(13, sha256Digest, 'SHA-256 of the newest audit entry'),
    simulated: field(14, boolean),
  }),
);

export function signEnvelope(request: {
  readonly envelope: Envelope;
  readonly signer: Signer;
}): Uint8Array<ArrayBuffer> {
  return envelopeMessage.sign(request.envelope, request.signer);
}

export function openEnvelope(request: {
  readonly octets: Uint8Array;
  readonly findVerifier: FindVerifier;
}): Result<Envelope, MessageFault> {
  const opened = envelopeMessage.open(request.octets, request.findVerifier);
  if (!opened.ok) return opened;
  const { value, kid: signedBy } = opened.value;
  return sameBytes(value.stationKid, signedBy)
    ? ok(value)
    : err({ reason: 'malformed', where: 'envelope.stationKid', problem: 'is not the key of the signature' });
}
