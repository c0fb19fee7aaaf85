import type { RandomBytes } from '#domain/clock.ts';

/** A random UUID (version 4, RFC 9562). */
export function newSessionId(randomBytes: RandomBytes): string {
  const octets = Uint8Array.from(randomBytes(16));
  octets[6] = ((octets[6] ?? 0) & 0x0f) | 0x40;
  octets[8] = ((octets[8] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.from(octets).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
