import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  openStatusList,
  placesOf,
  STATUS_BLOCK_BYTES,
  STATUS_BLOCK_PLACES,
  type StatusList,
  signStatusList,
  statusAt,
  statusBlockOf,
  statusListMessage,
} from '#protocol/status-list.ts';
import { issuerSigner, only, rootSigner, sampleStatusList, testBytes } from './sample.ts';

const findVerifier = only(issuerSigner);
const signed = await signStatusList({ list: sampleStatusList, signer: issuerSigner });

/** A genuine signature over whatever stands in the list. */
function signCompressed(compressed: Uint8Array, change: Partial<StatusList> = {}): Uint8Array {
  const { places: _, ...dates } = { ...sampleStatusList, ...change };
  return statusListMessage.sign({ ...dates, bits: 1, compressed }, issuerSigner);
}

async function whyNot(octets: Uint8Array) {
  const opened = await openStatusList({ octets, findVerifier });
  return opened.ok ? 'opened' : opened.error;
}

describe('a status list', () => {
  test('opens to what was signed', async () => {
    expect(await openStatusList({ octets: signed, findVerifier })).toEqual({
      ok: true,
      value: sampleStatusList,
    });
  });

  test('tells of every place of its block what was put there, and of no other block anything', () => {
    fc.assert(
      fc.property(
        fc.nat(4095),
        fc.uniqueArray(fc.nat(STATUS_BLOCK_PLACES - 1), { maxLength: 50 }),
        fc.nat(STATUS_BLOCK_PLACES - 1),
        (block, revoked, other) => {
          const indexOf = (place: number) => block * STATUS_BLOCK_PLACES + place;
          const list = { block, places: placesOf(revoked.map(indexOf)) };
          for (const place of revoked) expect(statusAt(list, indexOf(place))).toBe('revoked');
          const expected = revoked.includes(other) ? 'revoked' : 'valid';
          expect(statusAt(list, indexOf(other))).toBe(expected);
          expect(statusBlockOf(indexOf(other))).toBe(block);
          expect(statusAt(list, indexOf(other) + STATUS_BLOCK_PLACES)).toBe('not-in-this-block');
        },
      ),
      { numRuns: 40 },
    );
  });

  test('counts bits from the least significant, as the draft it follows does', () => {
    const list = { block: 0, places: new Uint8Array(STATUS_BLOCK_BYTES) };
    // Section 4.1 of the draft: 1,0,0,1,1,1,0,1 is the octet 0xB9 read from its last bit.
    list.places[0] = 0xb9;
    const told = Array.from({ length: 8 }, (_, place) => Number(statusAt(list, place) === 'revoked'));
    expect(told).toEqual([1, 0, 0, 1, 1, 1, 0, 1]);
  });

  test('with every place drawn at random still fits', async () => {
    const places = new Uint8Array(STATUS_BLOCK_BYTES);
    for (let at = 0; at < places.length; at += 32) places.set(testBytes(`places ${at}`), at);
    const octets = await signStatusList({ list: { ...sampleStatusList, places }, signer: issuerSigner });
    expect(octets.length).toBeLessThan(140_000);
    expect(await openStatusList({ octets, findVerifier })).toMatchObject({ ok: true });
  });

  test('of the wrong length is not signed', async () => {
    const list = { ...sampleStatusList, places: new Uint8Array(STATUS_BLOCK_BYTES - 1) };
    await expect(signStatusList({ list, signer: issuerSigner })).rejects.toThrow(RangeError);
  });
});

describe('a status list that is refused', () => {
  test('is by another key than the issuer’s', async () => {
    const octets = await signStatusList({ list: sampleStatusList, signer: rootSigner });
    expect(await whyNot(octets)).toMatchObject({ reason: 'unknown-key' });
  });

  test('has a bit turned over anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(signed.length * 8 - 1), async (bit) => {
        const changed = signed.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(await whyNot(changed)).not.toBe('opened');
      }),
      { numRuns: 200 },
    );
  });

  test('would inflate to more than a block: it is read no further', async () => {
    const bomb = deflateSync(new Uint8Array(64 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(STATUS_BLOCK_BYTES);
    expect(await whyNot(signCompressed(bomb))).toMatchObject({ where: 'status-list.compressed' });
  });

  test.each<[string, Uint8Array]>([
    ['inflates to less than a block', deflateSync(new Uint8Array(STATUS_BLOCK_BYTES - 1))],
    ['holds nothing', new Uint8Array(0)],
    ['is not compressed', new Uint8Array(200).fill(7)],
    ['is cut short', deflateSync(sampleStatusList.places).subarray(0, -3)],
    ['has rubbish behind its end', Uint8Array.of(...deflateSync(sampleStatusList.places), 1)],
  ])('%s', async (_, compressed) => {
    expect(await whyNot(signCompressed(compressed))).toMatchObject({ where: 'status-list.compressed' });
  });

  test('ends before it begins', async () => {
    const octets = signCompressed(deflateSync(sampleStatusList.places), {
      expiresAt: sampleStatusList.issuedAt - 1000,
    });
    expect(await whyNot(octets)).toMatchObject({ where: 'status-list.expiresAt' });
  });

  test('is any octets', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (octets) => {
        expect(await whyNot(octets)).not.toBe('opened');
      }),
    );
  });
});
