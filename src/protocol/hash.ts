import { createHash } from 'node:crypto';

/** SHA-256 of stored octets: what chains and acknowledgements refer to. */
export function hashOf(octets: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(octets).digest());
}
