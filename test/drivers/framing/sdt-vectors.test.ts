import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  encodeSdtRequest,
  encodeSdtResponse,
  sdtRequestDeframer,
  sdtResponseDeframer,
} from '#drivers/framing/sdt.ts';
import { bytes, join } from '../bytes.ts';
import {
  CARD_VECTORS,
  FINGERPRINTS,
  PHOTO,
  RADIO_BYTES_VECTORS,
  SDT_ANSWER_VECTORS,
  SDT_REQUEST_VECTORS,
  SET_RATE_VECTORS,
} from './sdt-vectors.ts';

const PLAIN_LENGTHS = bytes('01 00 04 00');

describe('the published frames of GA/T 467', () => {
  it.each([
    ...Object.entries(SDT_REQUEST_VECTORS),
    ...SET_RATE_VECTORS.map(([rate, hex]) => [`${rate} baud`, hex] as const),
    ...RADIO_BYTES_VECTORS.map(([count, hex]) => [`${count} radio bytes`, hex] as const),
  ])('the request %s is taken apart and put together again', (_, hex) => {
    const frame = bytes(hex);
    const [request] = sdtRequestDeframer().push(frame);
    expect(request && encodeSdtRequest(request)).toEqual(frame);
  });

  it.each(Object.entries(SDT_ANSWER_VECTORS))(
    'the answer "%s" is taken apart and put together again',
    (_, frame) => {
      const deframer = sdtResponseDeframer();
      const [response] = deframer.push(frame);
      expect(response && encodeSdtResponse(response)).toEqual(frame);
      expect(deframer.counts()).toEqual({ skippedBytes: 0, badChecksums: 0, badLengths: 0, echoes: 0 });
    },
  );

  describe.each(CARD_VECTORS)('a card: $name', ({ text, textHash, checksums }) => {
    it('has the published text', () => {
      expect(text.length).toBe(256);
      expect(createHash('sha256').update(text).digest('hex').slice(0, 16)).toBe(textHash);
    });

    it.each([
      {
        what: 'text and photo',
        lengths: PLAIN_LENGTHS,
        rest: new Uint8Array(0),
        size: 1295,
        head: 'AA AA AA 96 69 05 08 00 00 90 01 00 04 00',
        checksum: checksums.plain,
      },
      {
        what: 'text, photo and two fingerprints',
        lengths: join(PLAIN_LENGTHS, bytes('04 00')),
        rest: FINGERPRINTS,
        size: 2321,
        head: 'AA AA AA 96 69 09 0A 00 00 90 01 00 04 00 04 00',
        checksum: checksums.two,
      },
      {
        what: 'text, photo and no fingerprints',
        lengths: join(PLAIN_LENGTHS, bytes('00 00')),
        rest: new Uint8Array(0),
        size: 1297,
        head: 'AA AA AA 96 69 05 0A 00 00 90 01 00 04 00 00 00',
        checksum: checksums.none,
      },
    ])('is written and read with $what, $size bytes', ({ lengths, rest, size, head, checksum }) => {
      const data = join(lengths, text, PHOTO, rest);
      const frame = encodeSdtResponse({ status: 0x90, data });
      expect(frame.length).toBe(size);
      expect(frame.slice(0, bytes(head).length)).toEqual(bytes(head));
      expect(frame.at(-1)).toBe(checksum);
      expect(sdtResponseDeframer().push(frame)).toEqual([{ sw1: 0, sw2: 0, status: 0x90, data }]);
    });
  });

  it('the request that sets the radio bytes looks like an answer and is not taken for one', () => {
    for (const [, hex] of RADIO_BYTES_VECTORS) {
      const deframer = sdtResponseDeframer();
      expect(deframer.push(bytes(hex))).toEqual([]);
      expect(deframer.counts().echoes).toBe(1);
    }
  });
});
