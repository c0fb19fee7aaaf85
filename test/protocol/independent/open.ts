import { createPublicKey, type KeyObject } from 'node:crypto';
import { coseVerify } from 'cose-kit';
import { readCbor } from './read-cbor.ts';

export function publicKeyOf(raw: Uint8Array): KeyObject {
  const x = Buffer.from(raw).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

/** Opens a COSE_Sign1 with a library that shares no code with ours, and reads its payload by hand. */
export async function openWithCoseKit(request: {
  readonly octets: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly external: string;
}): Promise<ReadonlyMap<unknown, unknown>> {
  const { octets, publicKey, external } = request;
  const { isValid, decoded } = await coseVerify(
    octets,
    publicKeyOf(publicKey),
    new TextEncoder().encode(external),
  );
  if (!isValid) throw new Error('the signature does not verify');
  const payload = readCbor(new Uint8Array(decoded.payload));
  if (!(payload instanceof Map)) throw new Error('the payload is not a map');
  return payload;
}
