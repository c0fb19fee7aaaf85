import { Tagged } from 'cborg';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { type CborLimits, type CborValue, COSE_SIGN1_TAG, decodeCbor, encodeCbor } from '../cbor.ts';
import { KID_BYTES } from '../keys/kid.ts';
import type { FindVerifier, Signer } from '../keys/signer.ts';
import { SIGNATURE_BYTES } from '../keys/signer.ts';
import { contentTypeOf, externalDataOf, type MessageKind, typOf } from '../message-kind.ts';

/** COSE header labels (RFC 9052 section 3.1, RFC 9596). */
const ALGORITHM = 1;
const CRITICAL = 2;
const CONTENT_TYPE = 3;
const KEY_ID = 4;
const TYP = 16;

/** EdDSA (RFC 9053 section 2.2); the key decides the curve, and ours is Ed25519. */
const EDDSA = -8;

export type CoseReason =
  | 'malformed'
  | 'wrong-algorithm'
  | 'critical-header'
  | 'unprotected-header'
  | 'wrong-kind'
  | 'unknown-key'
  | 'bad-signature';

/** Why a signed message was not accepted, and which part of it; never quotes what stands there. */
export interface CoseFault {
  readonly reason: CoseReason;
  readonly where: string;
}

/**
 * COSE_Sign1 (RFC 9052 section 4.2), tag 18:
 *
 * | element | content |
 * |---|---|
 * | protected | bstr of {1: -8, 3: content type, 4: kid (8 bytes), 16: typ} |
 * | unprotected | empty map |
 * | payload | bstr |
 * | signature | bstr, 64 bytes, over ["Signature1", protected, external data, payload] |
 */
export function signMessage(message: {
  readonly kind: MessageKind;
  readonly payload: Uint8Array;
  readonly signer: Signer;
}): Uint8Array<ArrayBuffer> {
  const { kind, payload, signer } = message;
  const header = encodeCbor(
    new Map<number, CborValue>([
      [ALGORITHM, EDDSA],
      [CONTENT_TYPE, contentTypeOf(kind)],
      [KEY_ID, signer.kid],
      [TYP, typOf(kind)],
    ]),
  );
  const signed = signedOctets({ kind, header, payload });
  const signature = signer.sign(signed);
  // The octets hold a copy of the payload, which may be an enrolment in clear.
  signed.fill(0);
  return encodeCbor(new Tagged(COSE_SIGN1_TAG, [header, new Map(), payload, signature]));
}

/** Opens a message of the one kind that is expected. Never throws. */
export function openMessage(request: {
  readonly kind: MessageKind;
  readonly bytes: Uint8Array;
  readonly findVerifier: FindVerifier;
  readonly limits?: CborLimits;
}): Result<{ readonly payload: Uint8Array; readonly kid: Uint8Array }, CoseFault> {
  const { kind } = request;
  const outer = decodeCbor(request.bytes, request.limits);
  if (!outer.ok) return err({ reason: 'malformed', where: `message (${outer.error.reason})` });
  if (!(outer.value instanceof Tagged) || outer.value.tag !== COSE_SIGN1_TAG) {
    return err({ reason: 'malformed', where: 'message (no COSE_Sign1 tag)' });
  }
  const parts: unknown = outer.value.value;
  if (!Array.isArray(parts) || parts.length !== 4) {
    return err({ reason: 'malformed', where: 'message (not four elements)' });
  }
  const [header, unprotected, payload, signature] = parts as readonly unknown[];
  if (!(header instanceof Uint8Array)) return err({ reason: 'malformed', where: 'protected header' });
  if (!(unprotected instanceof Map)) return err({ reason: 'malformed', where: 'unprotected header' });
  if (unprotected.size > 0) return err({ reason: 'unprotected-header', where: 'unprotected header' });
  if (!(payload instanceof Uint8Array)) return err({ reason: 'malformed', where: 'payload' });
  if (!(signature instanceof Uint8Array) || signature.length !== SIGNATURE_BYTES) {
    return err({ reason: 'malformed', where: 'signature' });
  }
  const kid = readHeader(header, kind);
  if (!kid.ok) return kid;
  const verifier = request.findVerifier(kid.value);
  if (!verifier) return err({ reason: 'unknown-key', where: 'kid' });
  const signed = signedOctets({ kind, header, payload });
  const genuine = verifier.verify(signed, signature);
  signed.fill(0);
  return genuine ? ok({ payload, kid: kid.value }) : err({ reason: 'bad-signature', where: 'signature' });
}

function readHeader(header: Uint8Array, kind: MessageKind): Result<Uint8Array, CoseFault> {
  const decoded = decodeCbor(header, { maxBytes: 400, maxDepth: 4 });
  if (!decoded.ok || !(decoded.value instanceof Map)) {
    return err({ reason: 'malformed', where: 'protected header' });
  }
  const fields: ReadonlyMap<unknown, unknown> = decoded.value;
  // Read first: a critical header may change the meaning of all others.
  if (fields.has(CRITICAL)) return err({ reason: 'critical-header', where: 'protected header' });
  if (fields.get(ALGORITHM) !== EDDSA) return err({ reason: 'wrong-algorithm', where: 'protected header' });
  if (fields.get(CONTENT_TYPE) !== contentTypeOf(kind)) {
    return err({ reason: 'wrong-kind', where: 'content type' });
  }
  if (fields.get(TYP) !== typOf(kind)) return err({ reason: 'wrong-kind', where: 'typ' });
  const kid = fields.get(KEY_ID);
  if (!(kid instanceof Uint8Array) || kid.length !== KID_BYTES) {
    return err({ reason: 'malformed', where: 'kid' });
  }
  return fields.size === 4 ? ok(kid) : err({ reason: 'malformed', where: 'protected header' });
}

function signedOctets(parts: {
  readonly kind: MessageKind;
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
}): Uint8Array<ArrayBuffer> {
  return encodeCbor(['Signature1', parts.header, externalDataOf(parts.kind), parts.payload]);
}
