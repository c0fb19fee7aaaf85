import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { encodeCbor } from './cbor.ts';
import { decodeWith, encodeWith, type Misfit } from './codec/codec.ts';
import { field, record } from './codec/containers.ts';
import { bytes, bytesUpTo, installation, nullable, stationId, text, time } from './codec/scalars.ts';
import { base32Decode, base32Encode, base32Tidy, inGroupsOfFour } from './text/base32.ts';

/**
 * What a technician scans or types, 200 bits in ten groups of four:
 *
 * | bits | content |
 * |---|---|
 * | 0-79 | one-time secret |
 * | 80-179 | first 100 bits of SHA-256(root public key), so that nobody between can hand over a root of their own |
 * | 180-199 | check: first 20 bits of SHA-256("eid-provisioning-code/v1" and the characters before) |
 */
export interface ProvisioningCode {
  /** 10 bytes. */
  readonly secret: Uint8Array;
  /** 13 bytes, the last four bits zero. */
  readonly rootDigest: Uint8Array;
}

export const SECRET_BYTES = 10;
const DIGEST_BITS = 100;
const BODY_CHARACTERS = 36;
const CHECK_BITS = 20;

export function makeProvisioningCode(request: {
  /** {@link SECRET_BYTES} random bytes, used once. */
  readonly secret: Uint8Array;
  readonly rootPublicKey: Uint8Array;
}): string {
  if (request.secret.length !== SECRET_BYTES) throw new RangeError(`a secret has ${SECRET_BYTES} bytes`);
  const body = `${base32Encode(request.secret, 80)}${base32Encode(rootDigestOf(request.rootPublicKey), DIGEST_BITS)}`;
  return inGroupsOfFour(`${body}${checkOf(body)}`);
}

export type ProvisioningCodeFault =
  | { readonly reason: 'wrong-length'; readonly characters: number; readonly wanted: 40 }
  | { readonly reason: 'wrong-character' }
  /** Mistyped: the check characters do not fit. */
  | { readonly reason: 'mistyped' };

/** Takes lower case, any grouping, O for 0 and I or L for 1. */
export function parseProvisioningCode(typed: string): Result<ProvisioningCode, ProvisioningCodeFault> {
  const tidy = base32Tidy(typed.slice(0, 200));
  if (tidy.length !== 40) return err({ reason: 'wrong-length', characters: tidy.length, wanted: 40 });
  const secret = base32Decode(tidy.slice(0, 16));
  const rootDigest = base32Decode(tidy.slice(16, BODY_CHARACTERS));
  if (!secret || !rootDigest || !base32Decode(tidy.slice(BODY_CHARACTERS))) {
    return err({ reason: 'wrong-character' });
  }
  return checkOf(tidy.slice(0, BODY_CHARACTERS)) === tidy.slice(BODY_CHARACTERS)
    ? ok({ secret, rootDigest })
    : err({ reason: 'mistyped' });
}

/** Constant time. */
export function rootMatches(request: {
  readonly code: ProvisioningCode;
  readonly rootPublicKey: Uint8Array;
}): boolean {
  return timingSafeEqual(request.code.rootDigest, rootDigestOf(request.rootPublicKey));
}

function rootDigestOf(rootPublicKey: Uint8Array): Uint8Array {
  const digest = new Uint8Array(createHash('sha256').update(rootPublicKey).digest().subarray(0, 13));
  digest[12] = (digest[12] ?? 0) & 0xf0;
  return digest;
}

function checkOf(body: string): string {
  const digest = createHash('sha256').update(`eid-provisioning-code/v1${body}`).digest();
  return base32Encode(digest, CHECK_BITS);
}

/** Names the code to the registry without telling the secret: 8 bytes. */
export function provisioningCodeId(secret: Uint8Array): Uint8Array {
  return new Uint8Array(
    createHmac('sha256', secret).update('eid-provisioning-code-id/v1').digest().subarray(0, 8),
  );
}

/**
 * HMAC-SHA-256 by the secret over "eid-provisioning/v1" and the CBOR of [station public key, station id or null, root
 * public key]: shows that the sender knows the secret and means this root, and the secret never travels. 32 bytes.
 */
export function provisioningProof(request: {
  readonly secret: Uint8Array;
  readonly stationPublicKey: Uint8Array;
  /** Id that the technician wishes or the station already has. */
  readonly stationId?: string | null;
  readonly rootPublicKey: Uint8Array;
}): Uint8Array {
  const covered = encodeCbor([request.stationPublicKey, request.stationId ?? null, request.rootPublicKey]);
  return new Uint8Array(
    createHmac('sha256', request.secret).update('eid-provisioning/v1').update(covered).digest(),
  );
}

/** Constant time. */
export function proofMatches(expected: Uint8Array, given: Uint8Array): boolean {
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** First the station asks for the root key (which it compares with the code), then it sends this. */
export interface ProvisioningRequest {
  readonly codeId: Uint8Array;
  readonly stationPublicKey: Uint8Array;
  readonly stationId: string | null;
  readonly stationName: string;
  readonly proof: Uint8Array;
}

export const provisioningRequestCodec = record<ProvisioningRequest>('provisioning request', {
  codeId: field(1, bytes(8), 'HMAC-SHA-256(secret, "eid-provisioning-code-id/v1"), first 8 bytes'),
  stationPublicKey: field(2, bytes(32), 'Ed25519; also signs the HTTP request'),
  stationId: field(3, nullable(stationId), 'wished or kept id'),
  stationName: field(4, text({ min: 1, max: 60 })),
  proof: field(5, bytes(32)),
});

/** Everything in it is signed by the root, except the root key, which the code vouches for. */
export interface ProvisioningAnswer {
  readonly rootPublicKey: Uint8Array;
  /** Signed trust list. */
  readonly trustList: Uint8Array;
  /** Signed station certificate: station id, installation, key. */
  readonly certificate: Uint8Array;
  readonly installation: number;
  readonly at: number;
}

export const provisioningAnswerCodec = record<ProvisioningAnswer>('provisioning answer', {
  rootPublicKey: field(1, bytes(32), 'Ed25519; must match the code'),
  trustList: field(2, bytesUpTo(128 * 1024), 'COSE_Sign1 of kind trust-list'),
  certificate: field(3, bytesUpTo(2048), 'COSE_Sign1 of kind certificate'),
  installation: field(4, installation),
  at: field(5, time, "the registry's clock"),
});

export const encodeProvisioningRequest = (request: ProvisioningRequest): Uint8Array<ArrayBuffer> =>
  encodeWith(provisioningRequestCodec, request, 'provisioning-request');
export const decodeProvisioningRequest = (octets: Uint8Array): Result<ProvisioningRequest, Misfit> =>
  decodeWith(provisioningRequestCodec, octets, { name: 'provisioning-request', maxBytes: 1024, maxDepth: 1 });
export const encodeProvisioningAnswer = (answer: ProvisioningAnswer): Uint8Array<ArrayBuffer> =>
  encodeWith(provisioningAnswerCodec, answer, 'provisioning-answer');
export const decodeProvisioningAnswer = (octets: Uint8Array): Result<ProvisioningAnswer, Misfit> =>
  decodeWith(provisioningAnswerCodec, octets, {
    name: 'provisioning-answer',
    maxBytes: 160 * 1024,
    maxDepth: 1,
  });
