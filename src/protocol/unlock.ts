import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { field, record } from './codec/containers.ts';
import { bytes, stationId, time } from './codec/scalars.ts';
import type { FindVerifier, Signer } from './keys/signer.ts';
import { type MessageFault, signedMessage } from './signed-message.ts';
import { base32Decode, base32Encode, base32Tidy, inGroupsOfFour } from './text/base32.ts';
import { base45Decode, base45Encode } from './text/base45.ts';

/** The registry's word that one block of one station's console may be lifted. */
export interface Unlock {
  readonly stationId: string;
  /** {@link UNLOCK_NONCE_BYTES} bytes that the console drew when it blocked, and forgets when it is unlocked. */
  readonly nonce: Uint8Array;
  readonly expiresAt: number;
}

export const UNLOCK_PREFIX = 'EIDU1:';
export const UNLOCK_NONCE_BYTES = 10;
/** Ours has about 310 characters. */
const LONGEST_CODE = 1200;

export const unlockMessage = signedMessage<Unlock>(
  'unlock',
  record('unlock', {
    stationId: field(1, stationId),
    nonce: field(2, bytes(UNLOCK_NONCE_BYTES), 'drawn by the station'),
    expiresAt: field(3, time),
  }),
);

/** `EIDU1:` and Base45. `signer` is the registry's key of use `staff`. */
export function signUnlock(request: { readonly unlock: Unlock; readonly signer: Signer }): string {
  return `${UNLOCK_PREFIX}${base45Encode(unlockMessage.sign(request.unlock, request.signer))}`;
}

/** `not-ours` is any other code. Station, nonce and expiry are the caller's to compare. */
export function openUnlock(request: {
  readonly code: string;
  readonly findVerifier: FindVerifier;
}): Result<Unlock, { readonly reason: 'not-ours' } | MessageFault> {
  const { code, findVerifier } = request;
  if (!code.startsWith(UNLOCK_PREFIX)) return err({ reason: 'not-ours' });
  const octets = code.length > LONGEST_CODE ? undefined : base45Decode(code.slice(UNLOCK_PREFIX.length));
  if (octets === undefined) return err({ reason: 'malformed', where: 'unlock' });
  const opened = unlockMessage.open(octets, findVerifier);
  return opened.ok ? ok(opened.value.value) : opened;
}

/** 16 characters in groups of four, to be read out on the telephone. */
export function nonceText(nonce: Uint8Array): string {
  return inGroupsOfFour(base32Encode(nonce, 8 * UNLOCK_NONCE_BYTES));
}

/** Takes lower case, any grouping, O for 0 and I or L for 1. */
export function parseNonce(typed: string): Uint8Array | undefined {
  const tidy = base32Tidy(typed.slice(0, 60));
  return tidy.length === 16 ? base32Decode(tidy) : undefined;
}
