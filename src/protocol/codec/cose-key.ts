import { ok } from '#domain/result.ts';
import { ed25519CoseKey } from '../keys/kid.ts';
import { type Codec, misfit, outOfBounds } from './codec.ts';

/** RFC 8747 section 3.1: {1: COSE_Key {1: 1, -1: 6, -2: x}}, the holder's Ed25519 public key. */
export const confirmation: Codec<Uint8Array> = {
  shape: '{1: {1: 1, -1: 6, -2: bstr 32}}',
  toCbor: (publicKey, where) =>
    publicKey.length === 32
      ? new Map([[1, ed25519CoseKey(publicKey)]])
      : outOfBounds(where, 'must hold one Ed25519 COSE_Key'),
  fromCbor: (value, where) => {
    const refused = misfit(where, 'must hold one Ed25519 COSE_Key');
    if (!(value instanceof Map) || value.size !== 1) return refused;
    const key: unknown = value.get(1);
    if (!(key instanceof Map) || key.size !== 3 || key.get(1) !== 1 || key.get(-1) !== 6) return refused;
    const publicKey: unknown = key.get(-2);
    return publicKey instanceof Uint8Array && publicKey.length === 32 ? ok(publicKey) : refused;
  },
};
