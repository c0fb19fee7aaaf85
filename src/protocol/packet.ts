import type { Enrolment } from '#domain/enrolment/enrolment.ts';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { type CborValue, decodeCbor, encodeCbor, LARGEST_MESSAGE_BYTES, sameBytes } from './cbor.ts';
import { type Misfit, misfit } from './codec/codec.ts';
import { bytesUpTo } from './codec/scalars.ts';
import { openMessage, signMessage } from './cose/sign1.ts';
import { decodeEnrolment, encodeEnrolment } from './enrolment.ts';
import { type Envelope, LARGEST_SEALED_BYTES } from './envelope.ts';
import type { Signer, Verifier } from './keys/signer.ts';
import { openSealed, SEALING_OVERHEAD, seal, wipe } from './sealing.ts';
import type { MessageFault } from './signed-message.ts';

/** Largest upload body, envelope included. */
export const LARGEST_UPLOAD_BYTES = LARGEST_MESSAGE_BYTES;

/**
 * Signs the full bytes, seals them to the registry and wipes the plain bytes that were made on the way. The caller
 * still owns, and wipes, what the enrolment itself refers to. Throws a RangeError for an enrolment out of its bounds.
 */
export function sealEnrolment(request: {
  readonly enrolment: Enrolment;
  readonly signer: Signer;
  readonly sealingPublicKey: Uint8Array;
}): Uint8Array {
  const plain = encodeEnrolment(request.enrolment);
  const signed = signMessage({ kind: 'enrolment', payload: plain, signer: request.signer });
  wipe(plain);
  if (signed.length + SEALING_OVERHEAD > LARGEST_SEALED_BYTES) {
    wipe(signed);
    throw new RangeError(`an enrolment may have ${LARGEST_SEALED_BYTES} octets`);
  }
  const sealed = seal({ bytes: signed, publicKey: request.sealingPublicKey });
  wipe(signed);
  return sealed;
}

export type PacketFault =
  | MessageFault
  | { readonly reason: 'not-sealed-to-this-key'; readonly where: string }
  /** The sealed contents speak of another packet, station, chain or key than the open envelope. */
  | { readonly reason: 'contradicts-envelope'; readonly where: string };

export function openEnrolment(request: {
  readonly sealed: Uint8Array;
  readonly keyPair: { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
  readonly station: Verifier;
  readonly envelope: Envelope;
}): Result<Enrolment, PacketFault> {
  const { station, envelope } = request;
  const plain = openSealed(request);
  if (!plain.ok) return err({ reason: plain.error, where: 'body' });
  const message = openMessage({
    kind: 'enrolment',
    bytes: plain.value,
    findVerifier: (kid) => (sameBytes(kid, station.kid) ? station : undefined),
  });
  wipe(plain.value);
  if (!message.ok) return message;
  const enrolment = decodeEnrolment(message.value.payload);
  wipe(message.value.payload);
  if (!enrolment.ok) return enrolment;
  const contradiction = contradicts(enrolment.value, envelope);
  return contradiction === null ? enrolment : err({ reason: 'contradicts-envelope', where: contradiction });
}

function contradicts(enrolment: Enrolment, envelope: Envelope): string | null {
  if (enrolment.packetId !== envelope.packetId) return 'packetId';
  if (enrolment.stationId !== envelope.stationId) return 'stationId';
  if (enrolment.installation !== envelope.installation) return 'installation';
  if (!sameBytes(enrolment.sealingKid, envelope.sealingKid)) return 'sealingKid';
  if (enrolment.simulated !== envelope.simulated) return 'simulated';
  return null;
}

/** What a station posts: the two stored columns as they are. */
export interface Upload {
  /** Signed envelope octets. */
  readonly envelope: Uint8Array;
  readonly sealed: Uint8Array;
}

export const LARGEST_ENVELOPE_BYTES = 1024;
const envelopeOctets = bytesUpTo(LARGEST_ENVELOPE_BYTES);
const sealedOctets = bytesUpTo(LARGEST_SEALED_BYTES);

/**
 * | place | content | shape |
 * |---|---|---|
 * | 0 | COSE_Sign1 of kind envelope | bstr ≤ 1024 |
 * | 1 | crypto_box_seal of a COSE_Sign1 of kind enrolment | bstr ≤ 2 093 056 |
 */
export function encodeUpload(upload: Upload): Uint8Array<ArrayBuffer> {
  if (upload.envelope.length > LARGEST_ENVELOPE_BYTES || upload.sealed.length > LARGEST_SEALED_BYTES) {
    throw new RangeError('an upload may have 2 MiB');
  }
  return encodeCbor([upload.envelope, upload.sealed]);
}

export function decodeUpload(bytes: Uint8Array): Result<Upload, Misfit> {
  const decoded = decodeCbor(bytes, { maxBytes: LARGEST_UPLOAD_BYTES, maxDepth: 1 });
  if (!decoded.ok) return misfit('upload', `is not deterministic CBOR (${decoded.error.reason})`);
  if (!Array.isArray(decoded.value) || decoded.value.length !== 2)
    return misfit('upload', 'must be an array of 2');
  const [first, second] = decoded.value as readonly CborValue[];
  const envelope = envelopeOctets.fromCbor(first ?? null, 'upload.envelope');
  if (!envelope.ok) return envelope;
  const sealed = sealedOctets.fromCbor(second ?? null, 'upload.sealed');
  if (!sealed.ok) return sealed;
  return ok({ envelope: envelope.value, sealed: sealed.value });
}
