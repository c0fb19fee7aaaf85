import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { type CborValue, encodeCbor } from '#protocol/cbor.ts';
import { decodeBody, encodeBody } from '#protocol/http-body.ts';

const schema = v.strictObject({
  name: v.string(),
  parts: v.array(v.strictObject({ octets: v.instance(Uint8Array), count: v.nullable(v.number()) })),
});
const body = { name: 'any', parts: [{ octets: Uint8Array.of(1, 2), count: null }] };

describe('a body of HTTP', () => {
  test('comes back as it was', () => {
    expect(decodeBody(encodeBody(body), schema, 1000)).toEqual({ ok: true, value: body });
  });

  test('that does not fit its schema names the place', () => {
    const wrong = encodeBody({ ...body, parts: [{ octets: Uint8Array.of(1), count: 'three' }] });
    expect(decodeBody(wrong, schema, 1000)).toEqual({
      ok: false,
      error: { reason: 'not-as-described', at: 'parts.0.count' },
    });
  });

  test('with a number for a name is no object', () => {
    const odd = encodeCbor(
      new Map<number | string, CborValue>([
        ['name', 'any'],
        [1, []],
      ]),
    );
    expect(decodeBody(odd, schema, 1000)).toMatchObject({ ok: false, error: { reason: 'not-as-described' } });
  });

  test('cannot change the prototype of what it becomes', () => {
    const sly = encodeCbor(new Map<string, CborValue>([['__proto__', new Map([['polluted', true]])]]));
    const read = decodeBody(sly, v.record(v.string(), v.unknown()), 1000);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(read.ok ? Object.getPrototypeOf(read.value) === Object.prototype : true).toBe(true);
  });

  test('larger than allowed or of any octets gives a reason and never an exception', () => {
    expect(decodeBody(encodeBody(body), schema, 5)).toEqual({
      ok: false,
      error: { reason: 'too-large', limit: 5 },
    });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (octets) => !decodeBody(octets, schema, 1000).ok),
    );
  });
});
