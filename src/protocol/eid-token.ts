import type { Grade } from '#domain/enrolment/enrolment.ts';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { field, fieldOrAbsent, record } from './codec/containers.ts';
import { confirmation } from './codec/cose-key.ts';
import { numericDate } from './codec/numeric-date.ts';
import { boolean, choice, text, unsigned } from './codec/scalars.ts';
import type { FindVerifier, Signer } from './keys/signer.ts';
import { type MessageFault, signedMessage } from './signed-message.ts';
import { base45Decode, base45Encode } from './text/base45.ts';
import { deflate, inflate } from './text/zlib.ts';

/** What an e-ID says: a CWT (RFC 8392). No function of the citizen number, hashed or not. */
export interface EidClaims {
  readonly issuer: string;
  /** Random, 16 characters of Crockford base32; people read it in groups of four. */
  readonly subject: string;
  readonly maskedName: string;
  readonly grade: Grade;
  /** Milliseconds since 1970, whole seconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Place in the issuer's status list. */
  readonly statusIndex: number;
  /** The holder's Ed25519 key, 32 bytes; null for an e-ID without a phone. */
  readonly holderKey: Uint8Array | null;
  readonly simulated: boolean;
}

export const EID_CODE_PREFIX = 'EID1:';
export const SUBJECT_PATTERN = /^[0-9A-HJKMNP-TV-Z]{16}$/;

/** An e-ID has about 350 octets; its code about 450 characters. */
const LARGEST_EID_BYTES = 2048;
const LONGEST_CODE = 3200;

export const eidMessage = signedMessage<EidClaims>(
  'eid',
  record('e-ID', {
    issuer: field(1, text({ min: 1, max: 80 }), '`iss`'),
    subject: field(
      2,
      text({ min: 16, max: 16, pattern: SUBJECT_PATTERN, shape: 'tstr 16, Crockford base32' }),
      '`sub`, random',
    ),
    expiresAt: field(4, numericDate, '`exp`'),
    issuedAt: field(6, numericDate, '`iat`'),
    holderKey: fieldOrAbsent(8, confirmation, '`cnf` (RFC 8747); absent without a phone'),
    maskedName: field(-70_002, text({ min: 1, max: 40 }), 'private claim'),
    grade: field(-70_003, choice(['basic', 'full']), 'private claim'),
    statusIndex: field(-70_004, unsigned(0xffff_ffff), 'private claim'),
    simulated: field(-70_005, boolean, 'private claim; true for everything made without real devices'),
  }),
);

export function signEid(request: {
  readonly claims: EidClaims;
  readonly signer: Signer;
}): Uint8Array<ArrayBuffer> {
  return eidMessage.sign(request.claims, request.signer);
}

/** Expiry and status are the reader's to judge. */
export function openEid(request: {
  readonly octets: Uint8Array;
  readonly findVerifier: FindVerifier;
}): Result<EidClaims, MessageFault> {
  const opened = eidMessage.open(request.octets, request.findVerifier);
  return opened.ok ? ok(opened.value.value) : opened;
}

/** `EID1:` and Base45 of the zlib-compressed (RFC 1950) CWT. */
export async function encodeEidCode(octets: Uint8Array): Promise<string> {
  return `${EID_CODE_PREFIX}${base45Encode(await deflate(octets))}`;
}

/** The signed octets of a code, not yet verified. Inflates no more than an e-ID can have. */
export async function decodeEidCode(
  code: string,
): Promise<Result<Uint8Array<ArrayBuffer>, 'not-ours' | 'malformed'>> {
  if (!code.startsWith(EID_CODE_PREFIX)) return err('not-ours');
  if (code.length > LONGEST_CODE) return err('malformed');
  const compressed = base45Decode(code.slice(EID_CODE_PREFIX.length));
  if (!compressed) return err('malformed');
  const octets = await inflate(compressed, LARGEST_EID_BYTES);
  return octets.ok ? octets : err('malformed');
}
