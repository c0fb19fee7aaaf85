import { THRESHOLDS } from '../thresholds.ts';
import { findClosures } from './closures.ts';
import type { Detection, Observed } from './detection.ts';

/**
 * An asked blink: two closures of 80 to 500 ms, or one of 400 ms and more that ends.
 *
 * People blink every few seconds without being asked, in 100 to 400 ms, so one ordinary blink proves no answer. Shut
 * means below 0.62 of the person's own eye aspect ratio and open again above 0.80 of it, with the head
 * within 12 degrees of its own front: blinks of rendered heads reach 0.1, looking down about 0.75. Small eyes and
 * glasses change the absolute ratio (Soukupová and Čech 2016 use a fixed 0.2), not the share.
 *
 * Either eye answers: hair hides one on some people, and some have only one. It gives nothing away, because whoever cuts
 * one eye out of a photo can cut out both, and no plan is a blink alone.
 */
export function detectBlink(observed: Observed): Detection {
  const closures = findClosures(observed, 'either').filter(
    (closure) => closure.lastsMs >= THRESHOLDS.blinkShortest.value || closure.endedAt === null,
  );
  const first = closures[0];
  if (first === undefined) return { state: 'waiting' };
  let short = 0;
  for (const closure of closures) {
    if (closure.endedAt === null) break;
    if (closure.lastsMs <= THRESHOLDS.blinkLongest.value) short += 1;
    if (closure.lastsMs >= THRESHOLDS.closureLong.value || short === 2) {
      return {
        state: 'done',
        beganAt: first.beganAt,
        reachedAt: closure.beganAt,
        doneAt: Math.ceil(closure.endedAt),
      };
    }
  }
  const latest = closures.at(-1) ?? first;
  return latest.endedAt === null
    ? { state: 'under-way', beganAt: first.beganAt, reachedAt: latest.beganAt }
    : { state: 'waiting' };
}
