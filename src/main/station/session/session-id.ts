import type { RandomBytes } from '#domain/clock.ts';
import { uuidText } from '#protocol/uuid.ts';

/** A random UUID (version 4, RFC 9562). */
export function newSessionId(randomBytes: RandomBytes): string {
  const octets = Uint8Array.from(randomBytes(16));
  octets[6] = ((octets[6] ?? 0) & 0x0f) | 0x40;
  octets[8] = ((octets[8] ?? 0) & 0x3f) | 0x80;
  return uuidText(octets);
}
