import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPlan } from '#domain/liveness/plan.ts';
import { nodeDigests } from '#protocol/digests.ts';
import { replayedTogether } from './drawn-plans.ts';
import { foreseer } from './foresee.ts';
import { layAgainst } from './lay-against.ts';
import type { Recording } from './recording.ts';
import { recordingStore } from './recordings.ts';

const RECORDS = resolve(import.meta.dirname, '../records');
/** Of those whose order a recording shows, to see that not all of them fail by something else. */
const LUCKY_PLANS = 12;

function recordingOf(species: string): Recording {
  const [first] = recordingStore(RECORDS).all(species);
  if (first === undefined)
    throw new Error(`no recording of ${species}: run npm run attacks -- --species ${species}`);
  return first;
}

const plans = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((seed) =>
  drawPlan({
    digests: nodeDigests,
    ...{ seed, sessionId: 'foreseen', attempt: 1 as const, exchanges: [], registryNonce: null },
  }),
);

describe('a recording laid against a plan', () => {
  it('passes conductor and judge only where the order of its movements was foreseen to pass', async () => {
    const { frames } = recordingOf('replay-loop-near-framed');
    const foresee = foreseer(frames);
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const { from, inOrder } = foresee(plan);
        const { result } = await layAgainst({ frames, from, plan });
        expect(inOrder || result === 'not-live').toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('gets by the movements with an order that it shows itself', async () => {
    const drawn = Array.from({ length: 500 }, (_, number) =>
      drawPlan({
        digests: nodeDigests,
        ...{ seed: new Uint8Array(32).fill(number % 251), sessionId: `lucky-${number}`, attempt: 1 },
        ...{ exchanges: [], registryNonce: null },
      }),
    );
    const lucky = recordingStore(RECORDS)
      .all('replay-loop-near-framed')
      .flatMap(({ frames }) => {
        const foresee = foreseer(frames);
        return drawn.flatMap((plan) => {
          const { from, inOrder } = foresee(plan);
          return inOrder ? [{ frames, from, plan }] : [];
        });
      });
    const results = new Set<string>();
    for (const laid of lucky.slice(0, LUCKY_PLANS)) results.add((await layAgainst(laid)).result);
    // What refers them are the signs of a screen.
    expect([...results]).toContain('referred');
  });

  it('never passes with one action alone', () => {
    const foresee = foreseer(recordingOf('replay-single-near-framed').frames);
    fc.assert(
      fc.property(plans, (plan) => {
        expect(foresee(plan).inOrder).toBe(false);
      }),
    );
  });
});

describe('several recordings together', () => {
  it('are summed up, try by try and session by session', () => {
    const one = {
      id: 'a',
      tries: 10,
      live: 1,
      referred: 2,
      sessions: 5,
      sessionsLive: 1,
      sessionsNotStopped: 3,
    };
    const each = { ...one, conducted: 4, unforeseen: ['a against plan 3'] };
    expect(replayedTogether('both', [each, each])).toEqual({
      ...{
        id: 'both',
        tries: 20,
        live: 2,
        referred: 4,
        sessions: 10,
        sessionsLive: 2,
        sessionsNotStopped: 6,
      },
      ...{ conducted: 8, unforeseen: ['a against plan 3', 'a against plan 3'] },
    });
  });
});
