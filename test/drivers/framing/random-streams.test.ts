import { describe, expect, it } from 'vitest';
import { fuzzedFramers } from '../../../tools/fuzz/framers.ts';
import { halfValid } from '../../../tools/fuzz/half-valid.ts';
import { seededRandom } from '../../../tools/fuzz/random.ts';

/** Over all framers together. The seed changes with the day, so that every day tries others; it stands in a failure. */
const STREAMS = 1_000_000;
const seed = Math.floor(Date.now() / 86_400_000);
const framers = fuzzedFramers();
const share = Math.ceil(STREAMS / framers.length);

describe('random and half-valid streams', () => {
  it.each(framers.map((framer, index) => [framer.name, framer, index] as const))(
    '%s: nothing is thrown, nothing held beyond its bound, and a frame that comes after them is taken',
    (_name, framer, index) => {
      const random = seededRandom(seed + index);
      let largest = 0;
      let frames = 0;
      let fed = 0;
      for (let stream = 0; stream < share; stream += 1) {
        for (let chunks = 1 + random.below(3); chunks > 0; chunks -= 1) {
          const chunk = halfValid({ random, valid: framer.valid, longest: 24 });
          frames += framer.push(chunk).length;
          fed += chunk.length;
        }
        largest = Math.max(largest, framer.pending());
        if (random.below(4) > 0) framer.reset();
      }
      expect(largest, `seed ${seed}`).toBeLessThanOrEqual(framer.bound);
      expect(frames, `seed ${seed}`).toBeLessThanOrEqual(fed);
      expect(frames, `seed ${seed}: valid frames among the streams`).toBeGreaterThan(0);
    },
  );
});
