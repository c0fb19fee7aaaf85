import type { RandomBytes } from '#domain/clock.ts';
import { uuidText } from '#protocol/uuid.ts';

/**
 * UUIDv7 (RFC 9562 section 5.7): 48 bits of milliseconds since 1970, version 7, 12 random bits, variant 2, 62 random
 * bits. Ids that rise with time keep the index of a million packets growing at its end.
 */
export function newPacketId(options: { readonly now: number; readonly randomBytes: RandomBytes }): string {
  const octets = Buffer.from(options.randomBytes(16));
  octets.writeUIntBE(Math.min(Math.max(0, Math.trunc(options.now)), 2 ** 48 - 1), 0, 6);
  octets[6] = 0x70 | ((octets[6] ?? 0) & 0x0f);
  octets[8] = 0x80 | ((octets[8] ?? 0) & 0x3f);
  return uuidText(octets);
}
