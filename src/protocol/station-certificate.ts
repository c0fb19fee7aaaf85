import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { field, record } from './codec/containers.ts';
import { confirmation } from './codec/cose-key.ts';
import { numericDate } from './codec/numeric-date.ts';
import { installation, stationId, text } from './codec/scalars.ts';
import type { FindVerifier, Signer } from './keys/signer.ts';
import { type MessageFault, signedMessage } from './signed-message.ts';

/** CWT (RFC 8392) that makes a key the key of one installation of one station. Times in whole seconds. */
export interface StationCertificate {
  readonly issuer: string;
  readonly stationId: string;
  readonly installation: number;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Milliseconds since 1970, whole seconds. */
  readonly issuedAt: number;
  readonly validFrom: number;
  readonly validUntil: number;
}

export const certificateMessage = signedMessage<StationCertificate>(
  'certificate',
  record('station certificate', {
    issuer: field(1, text({ min: 1, max: 80 }), '`iss`'),
    stationId: field(2, stationId, '`sub`'),
    validUntil: field(4, numericDate, '`exp`'),
    validFrom: field(5, numericDate, '`nbf`'),
    issuedAt: field(6, numericDate, '`iat`'),
    publicKey: field(8, confirmation, '`cnf` (RFC 8747)'),
    installation: field(-70_001, installation, 'private claim'),
  }),
);

export function signStationCertificate(request: {
  readonly certificate: StationCertificate;
  readonly signer: Signer;
}): Uint8Array<ArrayBuffer> {
  return certificateMessage.sign(request.certificate, request.signer);
}

/** Validity is the caller's to judge: an expired certificate stops new sessions, never uploads. */
export function openStationCertificate(request: {
  readonly bytes: Uint8Array;
  readonly findVerifier: FindVerifier;
}): Result<StationCertificate, MessageFault> {
  const opened = certificateMessage.open(request.bytes, request.findVerifier);
  if (!opened.ok) return opened;
  const certificate = opened.value.value;
  return certificate.validFrom <= certificate.validUntil
    ? ok(certificate)
    : err({ reason: 'malformed', where: 'certificate.validUntil', problem: 'lies before validFrom' });
}
