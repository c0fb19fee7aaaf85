import { THRESHOLDS } from '../thresholds.ts';
import { type SoftFinding, softAtLeast } from './finding.ts';
import type { KeyFrameMoment } from './pictures.ts';

/**
 * What the operator's own network said of the pictures; the lowest score counts. Not listed where none is plugged in.
 * Soft: open networks of this kind reject every fifth ordinary picture (MiniFASNet 5 of 27 stills).
 */
export function passiveFindings(keyFrames: readonly KeyFrameMoment[]): SoftFinding[] {
  const scores = keyFrames.flatMap(({ passive }) => (passive === null ? [] : [passive]));
  if (scores.length === 0) return [];
  return [
    softAtLeast({
      name: 'passive-network',
      value: Math.min(...scores),
      threshold: THRESHOLDS.passive.value,
      reason: 'passive-network',
    }),
  ];
}
