import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeSdtRequest,
  encodeSdtResponse,
  LARGEST_SDT_LENGTH,
  sdtRequestDeframer,
  sdtResponseDeframer,
} from '#drivers/framing/sdt.ts';
import { textBlock, ZHANG_SAN } from '../../domain/identity/card-text-block.ts';
import { bytes, cut, join } from '../bytes.ts';

const STATUS_OK = bytes('AA AA AA 96 69 00 04 00 00 90 94');
const FIND_OK = bytes('AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97');
const READING = join(
  bytes('01 00 04 00'),
  textBlock({ ...ZHANG_SAN, sex: '1' }),
  new Uint8Array(1024).fill(0x5a),
);

function read(...chunks: readonly Uint8Array[]) {
  const deframer = sdtResponseDeframer();
  const frames = chunks.flatMap((chunk) => deframer.push(chunk));
  return { frames, counts: deframer.counts(), pending: deframer.pending() };
}
const statuses = (frames: readonly { readonly status: number }[]) => frames.map(({ status }) => status);

describe('SDT frames, written', () => {
  it.each([
    ['reset', 0x10, 0xff, 'AA AA AA 96 69 00 03 10 FF EC'],
    ['status', 0x11, 0xff, 'AA AA AA 96 69 00 03 11 FF ED'],
    ['module id', 0x12, 0xff, 'AA AA AA 96 69 00 03 12 FF EE'],
    ['find', 0x20, 0x01, 'AA AA AA 96 69 00 03 20 01 22'],
    ['select', 0x20, 0x02, 'AA AA AA 96 69 00 03 20 02 21'],
    ['read', 0x30, 0x01, 'AA AA AA 96 69 00 03 30 01 32'],
    ['extra address', 0x30, 0x03, 'AA AA AA 96 69 00 03 30 03 30'],
  ])('%s', (_, command, parameter, hex) => {
    expect(encodeSdtRequest({ command, parameter })).toEqual(bytes(hex));
  });

  it('a request with data', () => {
    const frame = encodeSdtRequest({ command: 0x61, parameter: 0xff, data: bytes('50') });
    expect(frame).toEqual(bytes('AA AA AA 96 69 00 04 61 FF 50 CA'));
  });

  it.each([
    [0x90, '', STATUS_OK],
    [0x9f, '00 00 00 00', FIND_OK],
    [0x80, '', bytes('AA AA AA 96 69 00 04 00 00 80 84')],
    [0x41, '', bytes('AA AA AA 96 69 00 04 00 00 41 45')],
    [0x60, '', bytes('AA AA AA 96 69 00 04 00 00 60 64')],
  ])('a response with status %i', (status, data, frame) => {
    expect(encodeSdtResponse({ status, data: bytes(data) })).toEqual(frame);
  });

  it('the reading of a whole card, as the published vector has it', () => {
    const frame = encodeSdtResponse({ status: 0x90, data: READING });
    expect(frame.length).toBe(1295);
    expect(frame.slice(0, 14)).toEqual(bytes('AA AA AA 96 69 05 08 00 00 90 01 00 04 00'));
    expect(frame.at(-1)).toBe(0xa2);
  });
});

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
    expect(counts.skippedBytes).toBe(4);
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
    expect(counts).toEqual({ skippedBytes: 0, badChecksums: 0, badLengths: 0, echoes: 0 });
  });

  it('zero padding between reports', () => {
    const padding = new Uint8Array(53);
    const { frames, counts } = read(join(FIND_OK, padding, STATUS_OK, padding));
    expect(statuses(frames)).toEqual([0x9f, 0x90]);
    // The last four bytes are kept: they could begin a preamble.
    expect(counts.skippedBytes).toBe(2 * 53 - 4);
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
