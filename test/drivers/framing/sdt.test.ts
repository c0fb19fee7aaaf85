import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeSdtRequest,
  encodeSdtResponse,
  LARGEST_SDT_LENGTH,
  sdtRequestDeframer,
  sdtResponseDeframer,
} from '#drivers/framing/sdt.ts';
import { bytes, cut, join } from '../bytes.ts';
import { HOSTILE_STREAMS } from './sdt-speed.ts';
import { CARD_VECTORS, PHOTO } from './sdt-vectors.ts';

const STATUS_OK = bytes('AA AA AA 96 69 00 04 00 00 90 94');
const FIND_OK = bytes('AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97');
const READING = join(bytes('01 00 04 00'), CARD_VECTORS[0]?.text ?? new Uint8Array(0), PHOTO);

function read(...chunks: readonly Uint8Array[]) {
  const deframer = sdtResponseDeframer();
  const frames = chunks.flatMap((chunk) => deframer.push(chunk));
  return { frames, counts: deframer.counts(), pending: deframer.pending() };
}
/** The rules as they are written, byte by byte, however long it takes. */
function framesByTheRules(stream: Uint8Array) {
  const frames = [];
  let at = 0;
  while (at + 6 <= stream.length) {
    const [a, b, c, d, high = 0, low = 0] = stream.subarray(at, at + 6);
    const length = 256 * high + low;
    const isHead = a === 0xaa && b === 0xaa && c === 0x96 && d === 0x69;
    const isFrame = isHead && length >= 4 && length <= LARGEST_SDT_LENGTH;
    if (isFrame && at + 6 + length > stream.length) break;
    const summed = stream.subarray(at + 4, at + 6 + length);
    if (!isFrame || summed.reduce((sum, byte) => sum ^ byte, 0) !== 0) {
      at += 1;
      continue;
    }
    const [sw1 = 0, sw2 = 0, status = 0] = summed.subarray(2);
    if (sw1 === 0 || [0x31, 0x41, 0x47, 0x81].includes(status)) {
      frames.push({ sw1, sw2, status, data: summed.slice(5, -1) });
    }
    at += 6 + length;
  }
  return frames;
}
const NO_DAMAGE = { skippedBytes: 0, badChecksums: 0, badLengths: 0, echoes: 0 };
const statuses = (frames: readonly { readonly status: number }[]) => frames.map(({ status }) => status);

describe('SDT frames, read', () => {
  const whole = encodeSdtResponse({ status: 0x90, data: READING });

  it('one byte at a time', () => {
    const { frames, counts } = read(...Array.from(whole, (byte) => Uint8Array.of(byte)));
    expect(frames).toEqual([{ sw1: 0, sw2: 0, status: 0x90, data: READING }]);
    expect(counts.skippedBytes).toBe(0);
  });

  it('two in one chunk', () => {
    expect(statuses(read(join(STATUS_OK, FIND_OK)).frames)).toEqual([0x90, 0x9f]);
  });

  it('rubbish in front', () => {
    const { frames, counts } = read(join(bytes('00 AA AA AA'), FIND_OK));
    expect(statuses(frames)).toEqual([0x9f]);
    // The zero may be padding; the three AA are not.
    expect(counts.skippedBytes).toBe(3);
  });

  it('the first AA missing', () => {
    const { frames, counts } = read(FIND_OK.slice(1));
    expect(statuses(frames)).toEqual([0x9f]);
    expect(counts.skippedBytes).toBe(0);
  });

  it('a bad checksum, then a good frame', () => {
    const bad = FIND_OK.slice();
    bad[bad.length - 1] = 0x55;
    const { frames, counts } = read(join(bad, STATUS_OK));
    expect(statuses(frames)).toEqual([0x90]);
    expect(counts.badChecksums).toBe(1);
  });

  it.each(['0000', '0003', 'FFFF', '1001'])('length %s, then a good frame', (length) => {
    const { frames, counts } = read(join(bytes(`AA AA AA 96 69 ${length}`), STATUS_OK));
    expect(statuses(frames)).toEqual([0x90]);
    expect(counts.badLengths).toBe(1);
  });

  it('a good frame that begins inside a broken one', () => {
    const { frames } = read(join(bytes('AA AA AA 96 69 00 10 00 00'), STATUS_OK, new Uint8Array(20)));
    expect(statuses(frames)).toEqual([0x90]);
  });

  it('500 of 1295 bytes, then silence', () => {
    const { frames, pending } = read(whole.slice(0, 500));
    expect(frames).toEqual([]);
    expect(pending).toBe(499);
  });

  it('the preamble and a whole frame inside the portrait', () => {
    const data = READING.slice();
    data.set(STATUS_OK, 600);
    data.set(bytes('AA AA AA 96 69'), 1200);
    const { frames, counts } = read(encodeSdtResponse({ status: 0x90, data }));
    expect(frames).toEqual([{ sw1: 0, sw2: 0, status: 0x90, data }]);
    expect(counts).toEqual(NO_DAMAGE);
  });

  it('zero padding between reports', () => {
    const padding = new Uint8Array(53);
    const { frames, counts } = read(join(FIND_OK, padding, STATUS_OK, padding));
    expect(statuses(frames)).toEqual([0x9f, 0x90]);
    expect(counts).toEqual(NO_DAMAGE);
  });

  it('a card in 64-byte reports, the last one filled up with zeros', () => {
    const reports = Array.from({ length: Math.ceil(whole.length / 64) }, (_, index) => {
      const report = new Uint8Array(64);
      report.set(whole.subarray(64 * index, 64 * index + 64));
      return report;
    });
    const { frames, counts, pending } = read(...reports, new Uint8Array(64), ...reports);
    expect(frames.map(({ data }) => data)).toEqual([READING, READING]);
    expect(counts).toEqual(NO_DAMAGE);
    expect(pending).toBe(0);
  });

  it('does not take our own request, sent back, for an answer', () => {
    const echo = encodeSdtRequest({ command: 0x61, parameter: 0xff, data: bytes('50') });
    const short = encodeSdtRequest({ command: 0x20, parameter: 0x01 });
    const { frames, counts } = read(join(echo, short, STATUS_OK));
    expect(statuses(frames)).toEqual([0x90]);
    expect(counts).toMatchObject({ echoes: 1, badLengths: 1 });
  });

  it.each([0x31, 0x41, 0x47, 0x81])("takes status %i with the card's own word in front", (status) => {
    const { frames } = read(encodeSdtResponse({ sw1: 0x6a, sw2: 0x82, status }));
    expect(frames).toEqual([{ sw1: 0x6a, sw2: 0x82, status, data: new Uint8Array(0) }]);
  });

  it('forgets a begun frame on reset', () => {
    const deframer = sdtResponseDeframer();
    deframer.push(whole.slice(0, 700));
    deframer.reset();
    expect(deframer.pending()).toBe(0);
    expect(statuses(deframer.push(STATUS_OK))).toEqual([0x90]);
  });
});

describe('SDT frames, any bytes in any chunks', () => {
  const response = fc
    .record({ status: fc.integer({ min: 0, max: 255 }), data: fc.uint8Array({ maxLength: 300 }) })
    .map(({ status, data }) => encodeSdtResponse({ status, data }));
  const preambles = fc.constantFrom(
    bytes('AA'),
    bytes('AA AA AA 96 69'),
    bytes('AA AA 96 69 00 09'),
    bytes('AA AA 96'),
  );
  const rubbish = fc.uint8Array({ maxLength: 40 });
  const stream = fc
    .array(
      fc.oneof(
        response,
        preambles,
        rubbish,
        response.map((frame) => frame.slice(0, -3)),
      ),
      { maxLength: 12 },
    )
    .map((parts) => join(...parts));
  const places = fc.array(fc.nat(4000), { maxLength: 60 });

  it('gives the same frames and the same counts however it is cut', () => {
    fc.assert(
      fc.property(stream, places, (whole, at) => {
        expect(read(...cut(whole, at))).toEqual(read(whole));
      }),
      { numRuns: 500 },
    );
  });

  it('gives every frame of a clean stream', () => {
    const frame = fc.record({
      status: fc.integer({ min: 0, max: 255 }),
      data: fc.uint8Array({ maxLength: 1500 }),
    });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 6 }), places, (frames, at) => {
        const whole = join(...frames.map((each) => encodeSdtResponse(each)));
        expect(read(...cut(whole, at)).frames).toEqual(frames.map((each) => ({ sw1: 0, sw2: 0, ...each })));
      }),
    );
  });

  it('finds what an obvious and slow reading of the rules finds, in hostile streams too', () => {
    const whole = encodeSdtResponse({ status: 0x90, data: READING });
    const hostile = fc
      .tuple(
        fc.constantFrom(...Object.values(HOSTILE_STREAMS).map((make) => make(10_000))),
        fc.nat(10_000),
        fc.nat(4200),
      )
      .map(([bad, at, after]) => join(bad.subarray(0, at), whole, bad.subarray(0, after), STATUS_OK));
    fc.assert(
      fc.property(fc.oneof(hostile, stream), fc.integer({ min: 1, max: 9000 }), (sent, chunk) => {
        const places = Array.from(
          { length: Math.floor(sent.length / chunk) },
          (_, index) => (index + 1) * chunk,
        );
        expect(read(...cut(sent, places)).frames).toEqual(framesByTheRules(sent));
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, and never keeps more than one frame', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.uint8Array({ maxLength: 9000 }), stream), { maxLength: 8 }),
        (chunks) => {
          const deframers = [sdtResponseDeframer(), sdtRequestDeframer()];
          for (const deframer of deframers) {
            for (const chunk of chunks) {
              deframer.push(chunk);
              expect(deframer.pending()).toBeLessThan(LARGEST_SDT_LENGTH + 6);
            }
          }
        },
      ),
    );
  });

  it('finds the next frame after any rubbish that holds no preamble', () => {
    const plain = fc
      .uint8Array({ maxLength: 500 })
      .map((noise) => noise.map((byte) => (byte === 0x96 ? 0 : byte)));
    fc.assert(
      fc.property(plain, response, (noise, frame) => {
        expect(read(join(noise, frame)).frames.length + read(join(noise, frame)).counts.echoes).toBe(1);
      }),
    );
  });
});
