import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageRestarts } from '#shell/page-restarts.ts';
import { answerToEnd, PAGE_RESTARTS } from '#shell/restart-rule.ts';
import { manualTimers } from '../../drivers/manual-timers.ts';

describe('the rule of renewals', () => {
  it('brings a first crash back at once, later ones a little slower, and ends the process after the eighth', () => {
    const gaps = Array.from({ length: 9 }, (_, crashes) =>
      answerToEnd(
        PAGE_RESTARTS,
        Array.from({ length: crashes }, (_x, index) => index),
        1000,
      ),
    );
    expect(gaps.map((answer) => (answer.kind === 'restart' ? answer.afterMs : 'end'))).toEqual([
      0,
      250,
      500,
      1000,
      1000,
      1000,
      1000,
      1000,
      'end',
    ]);
  });

  it('forgets what is five minutes past', () => {
    const crashes = Array.from({ length: 8 }, (_, index) => index);
    expect(answerToEnd(PAGE_RESTARTS, crashes, 300_000)).toEqual({ kind: 'restart', afterMs: 1000 });
    expect(answerToEnd(PAGE_RESTARTS, crashes, 300_007)).toEqual({ kind: 'restart', afterMs: 0 });
  });

  it('never waits longer than a second, so that the same screen is there within three', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(600_000)), fc.nat(600_000), (restarts, now) => {
        const answer = answerToEnd(PAGE_RESTARTS, restarts, now);
        expect(answer.kind === 'give-up' || answer.afterMs <= 1000).toBe(true);
      }),
    );
  });

  it('never waits less after more crashes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1 }), (restarts) => {
        const wait = (list: readonly number[]) => {
          const answer = answerToEnd(PAGE_RESTARTS, list, 1000);
          return answer.kind === 'give-up' ? Number.POSITIVE_INFINITY : answer.afterMs;
        };
        expect(wait(restarts)).toBeGreaterThanOrEqual(wait(restarts.slice(1)));
      }),
    );
  });
});

describe('renewals', () => {
  function started() {
    const timers = manualTimers();
    const seen: string[] = [];
    const restarts = pageRestarts({
      rule: PAGE_RESTARTS,
      timers,
      restart: () => seen.push('restart'),
      giveUp: () => seen.push('give up'),
    });
    return { timers, seen, restarts };
  }

  it('happen once, however many reasons there are', async () => {
    const { timers, seen, restarts } = started();
    restarts.ended();
    restarts.ended();
    await timers.advance(10);
    expect(seen).toEqual(['restart']);
  });

  it('end when a page crashes over and over, and nothing happens after that', async () => {
    const { timers, seen, restarts } = started();
    for (let crash = 0; crash < 12; crash += 1) {
      restarts.ended();
      await timers.advance(2000);
    }
    expect(seen).toEqual([...Array.from({ length: 8 }, () => 'restart'), 'give up']);
  });

  it('do not happen once the terminal ends', async () => {
    const { timers, seen, restarts } = started();
    restarts.ended();
    restarts.stop();
    await timers.advance(10_000);
    restarts.ended();
    await timers.advance(10_000);
    expect(seen).toEqual([]);
  });
});
