import type { LandmarkFrame } from '../landmark-frame.ts';
import { median } from '../median.ts';
import { quantile } from '../quantile.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { type SoftFinding, softAtMost } from './finding.ts';

/**
 * Signs of a screen before the camera, over the frames on which they were measured; none where there were none.
 *
 * - Texture: the grid of a screen's pixels beats with the camera's and leaves a peak in the spectrum of the face. It
 *   comes and goes with focus and distance, so a high quantile tells, and one frame does not.
 * - Edges: a straight frame stands around the face all the time, so the median tells.
 *
 * Soft, because a patterned cloth or a window frame shows the same and a sharp screen at a distance shows neither.
 */
export function screenFindings(trace: readonly LandmarkFrame[]): SoftFinding[] {
  const measured = trace.flatMap(({ texture }) => (texture === null ? [] : [texture]));
  if (measured.length === 0) return [];
  return [
    softAtMost({
      name: 'screen-texture',
      value: quantile(
        measured.map(({ moire }) => moire),
        MOIRE_QUANTILE,
      ),
      threshold: THRESHOLDS.moire.value,
      reason: 'screen-texture',
    }),
    softAtMost({
      name: 'screen-edges',
      value: median(measured.map(({ bezel }) => bezel)),
      threshold: THRESHOLDS.bezel.value,
      reason: 'screen-edges',
    }),
  ];
}

const MOIRE_QUANTILE = 0.8;
