import { expect, test } from 'vitest';
import { uuidText } from '#protocol/uuid.ts';

test('sixteen octets are written as RFC 9562 shows them, low octets with their zero', () => {
  const octets = Uint8Array.from([
    0x01, 0x89, 0x0a, 0x5d, 0xac, 0x96, 0x77, 0x4b, 0xbc, 0xce, 0xb3, 0x02, 0x09, 0x9a, 0x80, 0x57,
  ]);
  expect(uuidText(octets)).toBe('01890a5d-ac96-774b-bcce-b302099a8057');
});
