import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { decodeWith, encodeWith } from './codec/codec.ts';
import { field, record } from './codec/containers.ts';
import { bytes, nullable, text, time } from './codec/scalars.ts';
import { openMessage, signMessage } from './cose/sign1.ts';
import { thumbprintOf } from './keys/kid.ts';
import type { Signer } from './keys/signer.ts';
import { tweetnaclVerifier } from './keys/tweetnacl-signer.ts';
import { base32Encode } from './text/base32.ts';
import { base45Decode, base45Encode } from './text/base45.ts';

/** What a phone shows to be paired, signed by the key that it names. Runs in browsers, too. */
export interface PhoneCode {
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Random, 16 bytes; a station accepts each once. */
  readonly codeId: Uint8Array;
  /** The phone's own clock, milliseconds since 1970: advisory. */
  readonly phoneTime: number;
  /** What the holder calls the phone. */
  readonly name: string | null;
}

export const PHONE_CODE_PREFIX = 'EIDP1:';
/** A QR code of version 40 holds 4296 alphanumeric characters; ours has about 400. */
const LONGEST_CODE = 1200;

export const phoneCodeCodec = record<PhoneCode>('phone code', {
  publicKey: field(1, bytes(32), 'Ed25519; the key of the signature'),
  codeId: field(2, bytes(16), 'random'),
  phoneTime: field(3, time),
  name: field(4, nullable(text({ min: 1, max: 40 }))),
});

/** `EIDP1:` and Base45 of the signed code. `signer` holds the phone's key. */
export function makePhoneCode(request: {
  readonly signer: Signer;
  readonly phoneTime: number;
  readonly codeId: Uint8Array;
  readonly name?: string;
}): string {
  const { signer, phoneTime, codeId, name } = request;
  const code: PhoneCode = { publicKey: signer.publicKey, codeId, phoneTime, name: name ?? null };
  const payload = encodeWith(phoneCodeCodec, code, 'phone');
  return `${PHONE_CODE_PREFIX}${base45Encode(signMessage({ kind: 'phone', payload, signer }))}`;
}

export type PhoneCodeFault = 'not-ours' | 'malformed' | 'bad-signature';

/** Reads what a scanner saw. `not-ours` is any other code, such as a payment's. */
export function readPhoneCode(text: string): Result<PhoneCode, PhoneCodeFault> {
  if (!text.startsWith(PHONE_CODE_PREFIX)) return err('not-ours');
  if (text.length > LONGEST_CODE) return err('malformed');
  const octets = base45Decode(text.slice(PHONE_CODE_PREFIX.length));
  if (!octets) return err('malformed');
  // The key stands inside what it signs: read first without belief, then verified with what was read.
  const unverified = openMessage({
    kind: 'phone',
    bytes: octets,
    findVerifier: (kid) => ({ kid, verify: () => true }),
  });
  if (!unverified.ok) return err('malformed');
  const code = decodeWith(phoneCodeCodec, unverified.value.payload, { name: 'phone', maxDepth: 2 });
  if (!code.ok || isLowOrder(code.value.publicKey)) return err('malformed');
  const verifier = tweetnaclVerifier(code.value.publicKey);
  const verified = openMessage({
    kind: 'phone',
    bytes: octets,
    findVerifier: (kid) =>
      kid.every((octet, index) => octet === verifier.kid[index]) ? verifier : undefined,
  });
  if (verified.ok) return ok(code.value);
  return err(verified.error.reason === 'bad-signature' ? 'bad-signature' : 'malformed');
}

/**
 * Points of order 8 and less, with which one signature fits every message: an e-ID bound to one would belong to
 * everybody. Little-endian y without the sign bit: 0, 1, the two of order 8, p-1, p, p+1.
 */
const LOW_ORDER = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];

function isLowOrder(publicKey: Uint8Array): boolean {
  const hex = Array.from(publicKey, (octet, index) =>
    (index === 31 ? octet & 127 : octet).toString(16).padStart(2, '0'),
  ).join('');
  return LOW_ORDER.includes(hex);
}

/** Four characters for the citizen to compare with the phone's screen: the last 20 bits of the key's thumbprint. */
export function lastFourOf(publicKey: Uint8Array): string {
  return lastFourOfThumbprint(thumbprintOf(publicKey));
}

/** For a phone that made the thumbprint itself (32 bytes, RFC 9679). */
export function lastFourOfThumbprint(thumbprint: Uint8Array): string {
  const tail = thumbprint.slice(-3);
  const bits = (((tail[0] ?? 0) << 16) | ((tail[1] ?? 0) << 8) | (tail[2] ?? 0)) & 0xfffff;
  return base32Encode(Uint8Array.of(bits >> 12, (bits >> 4) & 255, (bits & 15) << 4), 20);
}
