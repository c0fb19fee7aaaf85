import { Tagged } from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CborValue, decodeCbor, encodeCbor } from '#protocol/cbor.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const reasonFor = (text: string) => {
  const decoded = decodeCbor(hex(text));
  return decoded.ok ? 'accepted' : decoded.error.reason;
};

const anyValue: fc.Arbitrary<CborValue> = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array(),
    fc.array(tie('value'), { maxLength: 5 }),
    fc
      .uniqueArray(fc.tuple(fc.oneof(fc.maxSafeInteger(), fc.string()), tie('value')), {
        maxLength: 5,
        selector: ([key]) => key,
      })
      .map((entries) => new Map(entries)),
  ),
})).value;

describe('deterministic CBOR (RFC 8949 section 4.2.1)', () => {
  test.each([
    ['00', 0],
    ['1864', 100],
    ['1903e8', 1000],
    ['1b000000e8d4a51000', 1_000_000_000_000],
    ['20', -1],
    ['3903e7', -1000],
    ['f93e00', 1.5],
    ['fb3ff199999999999a', 1.1],
    ['f4', false],
    ['f6', null],
    ['63e6b0b4', '水'],
    ['4401020304', Uint8Array.of(1, 2, 3, 4)],
    ['83010203', [1, 2, 3]],
  ] as const)('reads %s as appendix A of the RFC does', (octets, value) => {
    expect(decodeCbor(hex(octets))).toEqual({ ok: true, value });
    expect(Buffer.from(encodeCbor(value as CborValue)).toString('hex')).toBe(octets);
  });

  test('sorts keys by their encoded octets, whatever order they were set in', () => {
    const map = new Map<number | string, CborValue>([
      ['b', 1],
      [-1, 2],
      [10, 3],
      [100, 4],
      ['aa', 5],
    ]);
    expect(Buffer.from(encodeCbor(map)).toString('hex')).toBe('a50a03186404200261620162616105');
  });

  test('octets stand in an array of their own, so that wiping them wipes them all and nothing else', () => {
    for (const value of [1, 'short', new Uint8Array(100), [new Uint8Array(300), 'tail']] as CborValue[]) {
      const octets = encodeCbor(value);
      expect(Buffer.isBuffer(octets)).toBe(false);
      expect(octets.buffer.byteLength).toBe(octets.length);
    }
  });

  test('what was encoded decodes to the same value and encodes to the same octets', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const octets = encodeCbor(value);
        const decoded = decodeCbor(octets, { maxDepth: 64 });
        expect(decoded.ok && Buffer.compare(encodeCbor(decoded.value), octets)).toBe(0);
      }),
    );
  });
});

describe('refused input', () => {
  test.each([
    ['a key that comes twice', 'a201010102', 'not-cbor'],
    ['keys in the wrong order', 'a202010101', 'not-deterministic'],
    ['a length that is longer than needed', '1800', 'not-cbor'],
    ['a length in eight octets', '5b000000000000000101', 'not-cbor'],
    ['a wide float', 'fb3ff8000000000000', 'not-deterministic'],
    ['a float that is an integer', 'fa47c35000', 'not-deterministic'],
    ['an indefinite array', '9f01ff', 'indefinite-length'],
    ['an indefinite byte string', '5f4101ff', 'indefinite-length'],
    ['a lone break', 'ff', 'indefinite-length'],
    ['not a number', 'f97e00', 'not-cbor'],
    ['infinity', 'f97c00', 'not-cbor'],
    ['undefined', 'f7', 'not-cbor'],
    ['an unassigned simple value', 'f0', 'not-cbor'],
    ['reserved additional information', '1c', 'not-cbor'],
    ['a tag that we do not use', 'c11a514b67b0', 'not-cbor'],
    ['an integer beyond 2^53', '1b0020000000000000', 'not-cbor'],
    ['text that is not UTF-8', '62c328', 'not-deterministic'],
    ['nothing', '', 'truncated'],
    ['half an item', '8301', 'truncated'],
    ['a string longer than the input', '5affffffff00', 'truncated'],
    ['an array longer than the input', '9affffffff00', 'truncated'],
    ['two items', '0101', 'not-cbor'],
  ])('%s', (_, octets, reason) => {
    expect(reasonFor(octets)).toBe(reason);
  });

  test('more octets than allowed, told before anything is read', () => {
    expect(decodeCbor(new Uint8Array(11), { maxBytes: 10 })).toEqual({
      ok: false,
      error: { reason: 'too-large', limit: 10 },
    });
  });

  test('sixteen arrays inside each other are read and seventeen are not', () => {
    const nested = (depth: number) => Uint8Array.of(...new Array<number>(depth).fill(0x81), 0x01);
    expect(decodeCbor(nested(16)).ok).toBe(true);
    expect(decodeCbor(nested(17))).toEqual({ ok: false, error: { reason: 'too-deep', limit: 16 } });
  });

  test('two million arrays inside each other do not overflow the stack', () => {
    const bomb = new Uint8Array(2 * 1024 * 1024).fill(0x81);
    expect(decodeCbor(bomb)).toEqual({ ok: false, error: { reason: 'too-deep', limit: 16 } });
  });

  test('any octets give a value or a reason and never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
        const decoded = decodeCbor(octets);
        if (decoded.ok) expect(Buffer.compare(encodeCbor(decoded.value), octets)).toBe(0);
        else expect(decoded.error.reason).toMatch(/^[a-z-]+$/);
      }),
      { numRuns: 2000 },
    );
  });

  test('a COSE tag around anything is kept as a tag', () => {
    const decoded = decodeCbor(hex('d280'));
    expect(decoded.ok && decoded.value).toBeInstanceOf(Tagged);
  });
});
