import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flashFindings, flashResponse } from '#domain/liveness/checks/flash-response.ts';
import type { FlashRecord } from '#domain/liveness/evidence.ts';
import { FLASH_COLOURS, FLASH_RGB, type FlashColour } from '#domain/liveness/flash-colour.ts';
import type { Colour, LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { THRESHOLDS } from '#domain/liveness/thresholds.ts';
import { faceFrame } from '../synthetic-face.ts';

const FIRST_AT = 5000;
const EACH_MS = 380;
const orders = fc.shuffledSubarray([...FLASH_COLOURS], { minLength: FLASH_COLOURS.length });
/** Skin reflects red more than blue, whatever its shade. */
const skin = fc.record({ red: fc.double({ min: 0.1, max: 0.6, noNaN: true }) }).map(({ red }) => ({
  red,
  green: red * 0.6,
  blue: red * 0.45,
}));

function recordsOf(order: readonly FlashColour[]): FlashRecord[] {
  return order.map((colour, index) => ({ colour, shownAt: FIRST_AT + index * EACH_MS }));
}

/** What a camera sees of a face while the screen really shows `shown`, and the light of the place has level 1. */
function film({
  shown,
  strength,
  albedo,
  room = () => 1,
}: {
  readonly shown: readonly FlashColour[];
  readonly strength: number;
  readonly albedo: Colour;
  readonly room?: (at: number) => number;
}): LandmarkFrame[] {
  const frames: LandmarkFrame[] = [];
  for (let at = FIRST_AT - 1500; at < FIRST_AT + 6 * EACH_MS; at += 80) {
    const place = Math.floor((at - FIRST_AT) / EACH_MS);
    const colour = place < 0 ? undefined : shown[place];
    const lit = (channel: number) =>
      colour === undefined ? 0 : strength * ((FLASH_RGB[colour][channel] ?? 0) / 255) ** 2.2;
    const level = room(at);
    const face = {
      red: Math.min(1, albedo.red * level * (1 + lit(0))),
      green: Math.min(1, albedo.green * level * (1 + lit(1))),
      blue: Math.min(1, albedo.blue * level * (1 + lit(2))),
    };
    const surround = { red: 0.5 * level, green: 0.5 * level, blue: 0.5 * level };
    frames.push({ ...faceFrame({ at }), colour: { face, surround } });
  }
  return frames;
}

const correlation = (trace: LandmarkFrame[], order: readonly FlashColour[]) =>
  flashResponse({ trace, flashes: recordsOf(order) })?.correlation ?? Number.NaN;

describe('the response to flashes', () => {
  test('of any skin, lit in the order that was asked, correlates', () => {
    fc.assert(
      fc.property(
        orders,
        skin,
        fc.double({ min: 0.05, max: 0.6, noNaN: true }),
        (order, albedo, strength) => {
          expect(correlation(film({ shown: order, strength, albedo }), order)).toBeGreaterThan(0.95);
        },
      ),
    );
  });

  test('does not depend on a camera that turns its exposure, nor on a flickering lamp', () => {
    fc.assert(
      fc.property(orders, skin, fc.integer({ min: 0, max: 1000 }), (order, albedo, phase) => {
        const room = (at: number) => 1 + 0.25 * Math.sin((at + phase) / 230);
        const flashes = recordsOf(order);
        const trace = film({ shown: order, strength: 0.3, albedo, room });
        for (const { check } of flashFindings({ trace, flashes }))
          expect(check).toMatchObject({ passed: true });
      }),
    );
  });

  test('a face that is lit otherwise, or not at all, does not pass', () => {
    fc.assert(
      fc.property(orders, skin, (order, albedo) => {
        const dark = flashFindings({
          trace: film({ shown: order, strength: 0, albedo }),
          flashes: recordsOf(order),
        });
        expect(dark.every(({ check }) => !check.passed)).toBe(true);
        const backwards = correlation(film({ shown: order.toReversed(), strength: 0.3, albedo }), order);
        expect(backwards).toBeLessThan(0.9);
      }),
    );
  });

  test('of all orders that were not asked nine of ten stay below the limit', () => {
    const asked = [...FLASH_COLOURS];
    const others = permutations(asked).filter((order) => order.join() !== asked.join());
    const albedo = { red: 0.4, green: 0.25, blue: 0.18 };
    const fits = others.filter(
      (shown) =>
        correlation(film({ shown, strength: 0.3, albedo }), asked) >= THRESHOLDS.flashCorrelation.value,
    );
    expect(others).toHaveLength(23);
    expect(fits.length).toBeLessThanOrEqual(2);
  });

  test('that could not be measured is not passed: no colours, a missing flash, no light before', () => {
    const order = [...FLASH_COLOURS];
    const trace = film({ shown: order, strength: 0.3, albedo: { red: 0.4, green: 0.3, blue: 0.2 } });
    const failed = (frames: LandmarkFrame[], flashes: FlashRecord[]) =>
      flashFindings({ trace: frames, flashes }).map(({ check }) => [check.value, check.passed]);
    const nothing = [
      [-1, false],
      [-1, false],
    ];
    const flashes = recordsOf(order);
    expect(
      failed(
        trace.map((frame) => ({ ...frame, colour: null })),
        flashes,
      ),
    ).toEqual(nothing);
    expect(failed(trace, flashes.slice(1))).toEqual(nothing);
    expect(
      failed(
        trace.filter(({ at }) => at >= FIRST_AT),
        flashes,
      ),
    ).toEqual(nothing);
    expect(flashFindings({ trace, flashes: [] })).toEqual([]);
  });
});

function permutations<T>(values: readonly T[]): T[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, index) =>
    permutations(values.toSpliced(index, 1)).map((rest) => [value, ...rest]),
  );
}
