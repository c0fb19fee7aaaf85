import { APPLICATIONS, type Application } from '#domain/enrolment/application.ts';
import type { ClockTrust } from '#domain/enrolment/enrolment.ts';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { field, record } from './codec/containers.ts';
import {
  boolean,
  choice,
  installation,
  packetId,
  sequence,
  sha256Digest,
  stationId,
  time,
} from './codec/scalars.ts';
import { CLOCK_TRUST } from './envelope.ts';
import type { FindVerifier, Signer } from './keys/signer.ts';
import { type MessageFault, signedMessage } from './signed-message.ts';
import { base45Decode, base45Encode } from './text/base45.ts';

/** What a station says on a slip: that it saved this packet. Nothing of the person, whoever finds the slip. */
export interface SlipStatement {
  readonly stationId: string;
  readonly installation: number;
  readonly packetId: string;
  /** SHA-256 of the stored envelope: ties the paper to one place in the station's chain. */
  readonly envelopeSha256: Uint8Array;
  readonly sequence: number;
  readonly application: Application;
  /** Milliseconds since 1970 by the station's clock, worth as much as {@link clockTrust} says. */
  readonly createdAt: number;
  readonly clockTrust: ClockTrust;
  readonly simulated: boolean;
}

export const SLIP_CODE_PREFIX = 'EIDS1:';
/** A QR code of version 40 holds 4296 alphanumeric characters; ours has about 450. */
const LONGEST_CODE = 1200;

export const slipMessage = signedMessage<SlipStatement>(
  'slip',
  record('slip statement', {
    stationId: field(1, stationId),
    installation: field(2, installation),
    packetId: field(3, packetId),
    envelopeSha256: field(4, sha256Digest, 'SHA-256 of the stored envelope'),
    sequence: field(5, sequence),
    application: field(6, choice(APPLICATIONS)),
    createdAt: field(7, time),
    clockTrust: field(8, choice(CLOCK_TRUST)),
    simulated: field(9, boolean),
  }),
);

export function signSlipStatement(request: {
  readonly statement: SlipStatement;
  readonly signer: Signer;
}): Uint8Array<ArrayBuffer> {
  return slipMessage.sign(request.statement, request.signer);
}

/**
 * `findVerifier` knows the stations' keys. That the key belongs to the very station and installation that the statement
 * names is the caller's to compare: a certificate says so.
 */
export function openSlipStatement(request: {
  readonly octets: Uint8Array;
  readonly findVerifier: FindVerifier;
}): Result<SlipStatement, MessageFault> {
  const opened = slipMessage.open(request.octets, request.findVerifier);
  return opened.ok ? ok(opened.value.value) : opened;
}

/** `EIDS1:` and Base45. */
export function encodeSlipCode(octets: Uint8Array): string {
  return `${SLIP_CODE_PREFIX}${base45Encode(octets)}`;
}

/** The signed octets of a code, not yet verified. `not-ours` is any other code. */
export function decodeSlipCode(text: string): Result<Uint8Array, 'not-ours' | 'malformed'> {
  if (!text.startsWith(SLIP_CODE_PREFIX)) return err('not-ours');
  if (text.length > LONGEST_CODE) return err('malformed');
  const octets = base45Decode(text.slice(SLIP_CODE_PREFIX.length));
  return octets ? ok(octets) : err('malformed');
}
