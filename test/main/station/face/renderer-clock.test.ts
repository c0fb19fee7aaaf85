import { describe, expect, test } from 'vitest';
import { admit, type RendererClock, toRenderer, toStation } from '#station/face/renderer-clock.ts';

/** Messages as pairs of renderer time and arrival; gives what became of each. */
function exchange(messages: readonly (readonly [number, number])[]): {
  readonly clock: RendererClock | null;
  readonly outcomes: readonly string[];
} {
  let clock: RendererClock | null = null;
  const outcomes: string[] = [];
  for (const [sentAt, now] of messages) {
    const admitted = admit(clock, { now, sentAt });
    outcomes.push(admitted.ok ? 'ok' : admitted.error);
    if (admitted.ok) clock = admitted.value;
  }
  return { clock, outcomes };
}

describe('the renderer’s clock', () => {
  test('is read from the quickest message, and times go both ways', () => {
    const { clock } = exchange([
      [1000, 501_080],
      [1100, 501_130],
      [1200, 501_290],
    ]);
    if (clock === null) throw new Error('no clock');
    expect(Math.abs(clock.offset - 500_030)).toBeLessThan(10);
    expect(toStation(clock, 1500)).toBe(1500 + clock.offset);
    expect(toRenderer(clock, toStation(clock, 1500))).toBe(1500);
  });

  test('a start that is slow for a second does not make every later message one from the future', () => {
    const slow = Array.from({ length: 8 }, (_, i) => [i * 100, i * 100 + 700] as const);
    const quick = Array.from({ length: 8 }, (_, i) => [1500 + i * 100, 1520 + i * 100] as const);
    expect(new Set(exchange([...slow, ...quick]).outcomes)).toEqual(new Set(['ok']));
  });

  test('a message may be late for once, but not by two seconds', () => {
    const steady = Array.from({ length: 40 }, (_, i) => [i * 100, i * 100 + 20] as const);
    expect(exchange([...steady, [4100, 4720], [4200, 4800]]).outcomes.slice(-2)).toEqual(['ok', 'ok']);
    expect(exchange([...steady, [4100, 6300]]).outcomes.at(-1)).toBe('late');
  });

  test('a machine that becomes busy and stays so is followed, up to half a second', () => {
    const busy = (delay: number) =>
      Array.from({ length: 200 }, (_, i) => [i * 100, i * 100 + (i < 40 ? 20 : 20 + delay)] as const);
    expect(new Set(exchange(busy(480)).outcomes)).toEqual(new Set(['ok']));
    expect(exchange(busy(1500)).outcomes).toContain('late');
  });

  test('a leap ahead is refused once the clock has settled, and so is any absurd one', () => {
    const steady = Array.from({ length: 40 }, (_, i) => [i * 100, i * 100 + 20] as const);
    expect(exchange([...steady, [4500, 4100]]).outcomes.at(-1)).toBe('from-the-future');
    expect(exchange([steady[0] ?? [0, 0], [60_000, 120]]).outcomes.at(-1)).toBe('from-the-future');
  });

  test('a clock that is slowed by a tenth, or that runs fast to be slow later, is refused in the end', () => {
    const messages: [number, number][] = [];
    let renderer = 0;
    for (let now = 0; now < 30_000; now += 100) {
      renderer += now < 8000 ? 110 : 85;
      messages.push([renderer, now]);
    }
    const { outcomes } = exchange(messages);
    const firstLate = outcomes.indexOf('late');
    expect(firstLate).toBeGreaterThan(80);
    expect(firstLate).toBeLessThan(80 + 90);
    expect(new Set(outcomes.slice(firstLate))).toEqual(new Set(['late']));
  });
});
