import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  endAllRuns,
  endRuns,
  noRepeats,
  noteEvent,
  REPEAT_LIMITS,
  type Repeats,
  type Told,
} from '#domain/policy/repeats.ts';

/** Plays events and pauses; returns everything that was told, with the counts at the end. */
function play(steps: readonly { readonly key?: string; readonly pause: number }[]) {
  let repeats: Repeats<string> = noRepeats();
  let at = 0;
  const told: Told<string>[] = [];
  for (const { key, pause } of steps) {
    at += pause;
    const step = key === undefined ? endRuns(repeats, at) : noteEvent(repeats, { key, event: key, at });
    repeats = step.repeats;
    told.push(...step.told);
  }
  const open = repeats.runs.size;
  told.push(...endAllRuns(repeats).told);
  return { told, open };
}
const lines = (told: readonly Told<string>[]) =>
  told.map((each) => (each.kind === 'event' ? each.key : `${each.key} +${each.run.more}`));

describe('an event that comes again', () => {
  test('is told once at once and once as a count when the run has ended', () => {
    const again = { key: 'flap', pause: 1_000 };
    const { told } = play([again, again, again, { pause: REPEAT_LIMITS.window + 1 }, again]);
    expect(lines(told)).toEqual(['flap', 'flap +2', 'flap']);
  });

  test('after a pause is told as what it is: another one', () => {
    const { told } = play([
      { key: 'flap', pause: 0 },
      { key: 'flap', pause: REPEAT_LIMITS.window + 1 },
    ]);
    expect(lines(told)).toEqual(['flap', 'flap']);
  });

  test('in turn with another leaves two counts', () => {
    const { told } = play(['off', 'on', 'off', 'on', 'off'].map((key) => ({ key, pause: 500 })));
    expect(lines(told)).toEqual(['off', 'on', 'off +2', 'on +1']);
  });

  test('and never pauses is told every hour all the same', () => {
    const steps = Array.from({ length: 300 }, () => ({ key: 'flap', pause: 30_000 }));
    const counts = lines(play(steps).told).filter((line) => line.includes('+'));
    expect(counts.length).toBeGreaterThanOrEqual(2);
  });
});

const step = fc.record({
  key: fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: undefined }),
  pause: fc.oneof(fc.nat({ max: 5_000 }), fc.constant(REPEAT_LIMITS.window), fc.nat({ max: 4_000_000 })),
});

test('nothing is ever lost from the count, and no count is empty', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const { told } = play(steps.map(({ key, pause }) => (key === undefined ? { pause } : { key, pause })));
      for (const key of ['a', 'b', 'c', 'd']) {
        const happened = steps.filter((each) => each.key === key).length;
        const counted = told
          .filter((each) => each.key === key)
          .reduce((sum, each) => sum + (each.kind === 'event' ? 1 : each.run.more), 0);
        expect(counted).toBe(happened);
      }
      for (const each of told) if (each.kind === 'repeated') expect(each.run.more).toBeGreaterThan(0);
    }),
  );
});

test('a thousand different events keep no more runs open than the limit, and lose none', () => {
  const steps = Array.from({ length: 1_000 }, (_, index) => ({ key: `e${index % 500}`, pause: 1 }));
  const { told, open } = play(steps);
  expect(open).toBe(REPEAT_LIMITS.runs);
  const counted = told.reduce((sum, each) => sum + (each.kind === 'event' ? 1 : each.run.more), 0);
  expect(counted).toBe(1_000);
});
