import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LandmarkFrame, TRACKED_POINTS } from '#domain/liveness/landmark-frame.ts';
import { roundFrame, thin, thinningSlot } from '#domain/liveness/thinning.ts';
import { decodeTrace, encodeTrace, LARGEST_TRACE_BYTES, MOST_TRACE_FRAMES } from '#domain/liveness/trace.ts';
import { anyFrames, anyPoints } from './arbitrary-frames.ts';

const GREY = { red: 0.4, green: 0.4, blue: 0.4 };

function faceless(at: number): LandmarkFrame {
  return {
    at,
    width: 640,
    height: 480,
    faces: 0,
    points: null,
    secondFaceShare: 0,
    texture: null,
    colour: null,
    digest: 0,
    light: null,
  };
}

describe('thinning', () => {
  test('30 frames a second become 12.5', () => {
    const second = Array.from({ length: 30 }, (_, index) => faceless(1000 + index * 33.37));
    expect(thin(undefined, second).length).toBeLessThanOrEqual(13);
    expect(thin(undefined, second).length).toBeGreaterThanOrEqual(12);
  });

  test('5 frames a second are all kept', () => {
    const second = Array.from({ length: 5 }, (_, index) => faceless(1000 + index * 200));
    expect(thin(undefined, second)).toHaveLength(5);
  });

  test('arriving in one batch or frame by frame keeps the same frames', () => {
    fc.assert(
      fc.property(anyFrames, (frames) => {
        const singly: LandmarkFrame[] = [];
        for (const frame of frames) singly.push(...thin(singly.at(-1), [frame]));
        expect(singly).toEqual(thin(undefined, frames));
      }),
    );
  });

  test('thinning and rounding what is thin and round changes nothing', () => {
    fc.assert(
      fc.property(anyFrames, (frames) => {
        const once = thin(undefined, frames);
        expect(thin(undefined, once)).toEqual(once);
        expect(once.map(roundFrame)).toEqual(once);
        expect(new Set(once.map((frame) => thinningSlot(frame.at))).size).toBe(once.length);
      }),
    );
  });
});

describe('the trace as bytes', () => {
  test('kept frames come back exactly', () => {
    fc.assert(
      fc.property(anyFrames, (frames) => {
        const kept = thin(undefined, frames);
        expect(decodeTrace(encodeTrace(kept))).toEqual({ ok: true, value: kept });
      }),
    );
  });

  test('any bytes give frames or a fault, and what decodes encodes to the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.boolean(), (bytes, looksRight) => {
        if (looksRight) bytes.set([1, 1].slice(0, bytes.length));
        const read = decodeTrace(bytes);
        if (read.ok) expect(encodeTrace(read.value)).toEqual(bytes);
      }),
      { numRuns: 1000 },
    );
  });

  test('a trace with one bit turned never decodes to the same frames', () => {
    fc.assert(
      fc.property(anyFrames, fc.nat(), (frames, place) => {
        const kept = thin(undefined, frames);
        const bytes = encodeTrace(kept);
        const bit = place % (bytes.length * 8);
        bytes[bit >>> 3] = (bytes[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
        const read = decodeTrace(bytes);
        if (read.ok) expect(read.value).not.toEqual(kept);
      }),
    );
  });

  test('cut off anywhere, it is a fault', () => {
    fc.assert(
      fc.property(anyPoints, fc.nat(), (points, place) => {
        const measured = { texture: { moire: 20, bezel: 0.1 }, colour: { face: GREY, surround: GREY } };
        const bytes = encodeTrace([
          roundFrame({ ...faceless(5), ...measured, faces: 1, points, digest: 77 }),
        ]);
        expect(decodeTrace(bytes.subarray(0, place % bytes.length))).toEqual({
          ok: false,
          error: 'truncated',
        });
      }),
    );
  });

  test('more frames than a try can have are refused before they are read', () => {
    const claim = Uint8Array.of(1, 0x85, 0x07, 0, 0);
    expect(MOST_TRACE_FRAMES).toBe(900);
    expect(decodeTrace(claim)).toEqual({ ok: false, error: 'too-many-frames' });
  });

  test('the largest trace of the wildest frames fits what a decoder reads', () => {
    const noise = Array.from({ length: MOST_TRACE_FRAMES }, (_, index) => {
      const points = Int16Array.from({ length: TRACKED_POINTS.length * 3 }, (__, place) =>
        (index + place) % 2 === 0 ? 32_767 : -32_768,
      );
      const white = { red: 1, green: 1, blue: 1 };
      return roundFrame({
        ...faceless(index * 80),
        faces: 4,
        points,
        width: index % 2 === 0 ? 4095 : 4000,
        secondFaceShare: 10,
        texture: { moire: 1e4, bezel: 1 },
        colour: { face: white, surround: white },
        digest: 0xffff_ffff,
      });
    });
    const bytes = encodeTrace(noise);
    expect(bytes.length).toBeLessThan(LARGEST_TRACE_BYTES);
    expect(decodeTrace(bytes)).toEqual({ ok: true, value: noise });
  });

  test('every bit of a digest is kept', () => {
    for (const digest of [0, 1, 0x8000_0000, 0xffff_ffff, 0xdead_beef]) {
      const read = decodeTrace(encodeTrace([{ ...faceless(7), digest }]));
      expect(read).toMatchObject({ ok: true, value: [{ digest }] });
    }
  });

  test('colours and textures beyond their range are refused', () => {
    const head = [1, 1, 5, 0b1010_0000, 1, 0, 0, 0, 9, ...[0x80, 0x05], ...[0xe0, 0x03]];
    const texture = [0x01, 0x01];
    const colour = [1, 1, 1, 1, 1, 1];
    expect(decodeTrace(Uint8Array.from([...head, ...texture, ...colour])).ok).toBe(true);
    const tooMuch = [0xff, 0xff, 0x7f];
    const refused = { ok: false, error: 'out-of-range' };
    expect(decodeTrace(Uint8Array.from([...head, ...tooMuch, 1, ...colour]))).toEqual(refused);
    expect(decodeTrace(Uint8Array.from([...head, 1, ...tooMuch, ...colour]))).toEqual(refused);
    expect(decodeTrace(Uint8Array.from([...head, ...texture, ...tooMuch, ...colour]))).toEqual(refused);
  });

  test('another version is refused by name', () => {
    expect(decodeTrace(Uint8Array.of(2, 0))).toEqual({ ok: false, error: 'unknown-version' });
  });

  test('bytes after the last frame are refused', () => {
    expect(decodeTrace(Uint8Array.of(1, 0, 0))).toEqual({ ok: false, error: 'trailing-bytes' });
  });

  test('times that stand still and depths that were not rounded are a bug, not a trace', () => {
    expect(() => encodeTrace([faceless(7), faceless(7)])).toThrow(RangeError);
    const points = new Int16Array(TRACKED_POINTS.length * 3).fill(3);
    expect(() => encodeTrace([{ ...faceless(7), faces: 1, points }])).toThrow(RangeError);
  });
});
