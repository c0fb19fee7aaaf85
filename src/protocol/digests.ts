import { createHash, hkdfSync } from 'node:crypto';
import type { Digests } from '#domain/liveness/digests.ts';

/** The liveness plan's hash functions on Node; station and registry compute the same from them. */
export const nodeDigests: Digests = {
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  hkdfSha256: ({ key, salt, info, length }) => new Uint8Array(hkdfSync('sha256', key, salt, info, length)),
};
