import type { Result } from '#domain/result.ts';
import { ok } from '#domain/result.ts';
import { field, record } from './codec/containers.ts';
import { choice, packetId, sha256Digest, time } from './codec/scalars.ts';
import type { FindVerifier, Signer } from './keys/signer.ts';
import { type MessageFault, signedMessage } from './signed-message.ts';

/** Why a registry will not hold a packet, ever. Everything else is answered unsigned and is tried again. */
export const REFUSAL_REASONS = [
  'malformed',
  'conflict',
  'unknown-station',
  'bad-signature',
  'simulated-in-production',
  'too-large',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

export interface Refusal {
  readonly packetId: string;
  readonly envelopeSha256: Uint8Array;
  readonly reason: RefusalReason;
  readonly at: number;
}

export const refusalMessage = signedMessage<Refusal>(
  'refusal',
  record('refusal', {
    packetId: field(1, packetId),
    envelopeSha256: field(2, sha256Digest),
    reason: field(3, choice(REFUSAL_REASONS)),
    at: field(4, time),
  }),
);

export function signRefusal(request: {
  readonly refusal: Refusal;
  readonly signer: Signer;
}): Uint8Array<ArrayBuffer> {
  return refusalMessage.sign(request.refusal, request.signer);
}

export function openRefusal(request: {
  readonly bytes: Uint8Array;
  readonly findVerifier: FindVerifier;
}): Result<Refusal, MessageFault> {
  const opened = refusalMessage.open(request.bytes, request.findVerifier);
  return opened.ok ? ok(opened.value.value) : opened;
}
