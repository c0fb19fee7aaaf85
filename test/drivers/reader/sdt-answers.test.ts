import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sdtResponseDeframer } from '#drivers/framing/sdt.ts';
import { countNewestAddresses, samIdText, splitReading } from '#drivers/reader/sdt-answers.ts';
import { bytes, join } from '../bytes.ts';
import {
  ADDRESS,
  CARD_VECTORS,
  FINGERPRINTS,
  PHOTO,
  SAM_ID_TEXT,
  SDT_ANSWER_VECTORS,
  utf16,
} from '../framing/sdt-vectors.ts';

const text = CARD_VECTORS[0]?.text ?? new Uint8Array(0);

function dataOf(frame: Uint8Array): Uint8Array {
  return sdtResponseDeframer().push(frame)[0]?.data ?? new Uint8Array(0);
}

describe('a reading', () => {
  it.each([
    ['text and photo', 'read', '01 00 04 00', [text, PHOTO], null],
    ['text alone', 'read', '01 00 00 00', [text], null],
    ['no fingerprints', 'read-fingerprints', '01 00 04 00 00 00', [text, PHOTO], null],
    [
      'one fingerprint',
      'read-fingerprints',
      '01 00 04 00 02 00',
      [text, PHOTO, FINGERPRINTS.slice(512)],
      512,
    ],
    ['two fingerprints', 'read-fingerprints', '01 00 04 00 04 00', [text, PHOTO, FINGERPRINTS], 1024],
    ['fingerprints and no photo', 'read-fingerprints', '01 00 00 00 04 00', [text, FINGERPRINTS], 1024],
  ] as const)('with %s', (_, kind, lengths, fields, fingerprints) => {
    const reading = splitReading(join(bytes(lengths), ...fields), kind);
    expect(reading?.text).toEqual(text);
    expect(reading?.photo).toEqual(lengths.startsWith('01 00 04') ? PHOTO : new Uint8Array(1024));
    expect(reading?.fingerprints).toEqual(fingerprints === null ? null : FINGERPRINTS.slice(0, fingerprints));
  });

  it.each([
    ['another text length', 'read', '00 FF 04 00', [text, PHOTO]],
    ['another photo length', 'read', '01 00 03 FF', [text, PHOTO]],
    ['a photo that is not there', 'read', '01 00 04 00', [text]],
    ['no photo and one that is there', 'read', '01 00 00 00', [text, PHOTO]],
    [
      'a third of a fingerprint',
      'read-fingerprints',
      '01 00 04 00 01 00',
      [text, PHOTO, new Uint8Array(256)],
    ],
    ['fingerprints that are not there', 'read-fingerprints', '01 00 04 00 04 00', [text, PHOTO]],
    ['a byte too many', 'read', '01 00 04 00', [text, PHOTO, new Uint8Array(1)]],
  ] as const)('that says %s is none', (_, kind, lengths, fields) => {
    expect(splitReading(join(bytes(lengths), ...fields), kind)).toBeNull();
  });

  it('has memory of its own, so that the frame can be zeroed', () => {
    const data = join(bytes('01 00 04 00 04 00'), text, PHOTO, FINGERPRINTS);
    const reading = splitReading(data, 'read-fingerprints');
    data.fill(0);
    expect(reading).toEqual({ text, photo: PHOTO, fingerprints: FINGERPRINTS });
  });

  it('of any bytes is whole or none', () => {
    const head = fc.constantFrom('01 00 04 00', '01 00 00 00', '01 00 04 00 02 00', '01 00 00 00 04 00');
    const any = fc.oneof(
      fc.uint8Array({ maxLength: 2400 }),
      fc.tuple(head, fc.uint8Array({ maxLength: 2400 })).map(([start, rest]) => join(bytes(start), rest)),
    );
    fc.assert(
      fc.property(any, fc.constantFrom('read', 'read-fingerprints'), (data, kind) => {
        const reading = splitReading(data, kind);
        if (reading === null) return;
        expect([reading.text.length, reading.photo.length]).toEqual([256, 1024]);
        expect([undefined, 512, 1024]).toContain(reading.fingerprints?.length);
      }),
    );
  });
});

describe('what else a module answers', () => {
  it('its identity', () => {
    expect(samIdText(dataOf(SDT_ANSWER_VECTORS['sam id']))).toBe(SAM_ID_TEXT);
  });

  it('the newest address', () => {
    expect(countNewestAddresses(dataOf(SDT_ANSWER_VECTORS['new address']))).toBe(1);
  });

  it('more than one address, filled up with NULs, and empty ones', () => {
    const data = join(
      utf16('某某路1号'.padEnd(35, '\0')),
      utf16(' '.repeat(35)),
      utf16(ADDRESS.padEnd(20).padEnd(35, '\0')),
    );
    expect(countNewestAddresses(data)).toBe(2);
  });

  it('no address', () => {
    expect(countNewestAddresses(dataOf(SDT_ANSWER_VECTORS['no extra address']))).toBe(0);
  });

  it('any bytes as addresses, without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (data) => {
        expect(countNewestAddresses(data)).toBeLessThanOrEqual(data.length / 70);
      }),
    );
  });
});
