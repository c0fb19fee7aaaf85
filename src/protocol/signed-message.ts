import type { Result } from '#domain/result.ts';
import { type Codec, decodeWith, encodeWith } from './codec/codec.ts';
import { type CoseFault, openMessage, signMessage } from './cose/sign1.ts';
import type { FindVerifier, Signer } from './keys/signer.ts';
import type { MessageKind } from './message-kind.ts';

/** A message that could not be accepted: its signature, its kind or its contents. */
export type MessageFault = CoseFault & { readonly problem?: string };

/** A message of one kind whose payload is one record. */
export interface SignedMessage<T> {
  readonly kind: MessageKind;
  readonly codec: Codec<T>;
  sign(value: T, signer: Signer): Uint8Array<ArrayBuffer>;
  open(
    bytes: Uint8Array,
    findVerifier: FindVerifier,
  ): Result<{ readonly value: T; readonly kid: Uint8Array }, MessageFault>;
}

export function signedMessage<T>(kind: MessageKind, codec: Codec<T>): SignedMessage<T> {
  return {
    kind,
    codec,
    sign: (value, signer) => signMessage({ kind, payload: encodeWith(codec, value, kind), signer }),
    open: (bytes, findVerifier) => {
      const opened = openMessage({ kind, bytes, findVerifier });
      if (!opened.ok) return opened;
      const value = decodeWith(codec, opened.value.payload, { name: kind });
      return value.ok ? { ok: true, value: { value: value.value, kid: opened.value.kid } } : value;
    },
  };
}
