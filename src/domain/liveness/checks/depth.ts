import type { Baseline } from '../baseline.ts';
import type { LandmarkFrame } from '../landmark-frame.ts';
import { median } from '../median.ts';
import { planarResidual, rigidPoints } from '../planarity.ts';
import { readSignals, type Signals } from '../signals.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { atLeast, type Finding } from './finding.ts';

/** Share of all frames, the most turned ones, that depth is measured on; at least three of them when there are three. */
const MOST_TURNED_SHARE = 0.05;
const FEWEST_TURNED = 3;

interface View {
  readonly signals: Signals;
  readonly points: Int16Array;
}

/**
 * Whether the turned views could be views of a flat picture: the homography residual from the most frontal neutral view
 * to the most turned ones, over the eye distance, median. None when nobody turned far enough for it to tell.
 *
 * A consistency check only: a photo does not reach the turn at which it is judged. It stands by itself and can be
 * switched off, because patents exist around homography liveness (US 10776609 B2).
 */
export function depthFindings(trace: readonly LandmarkFrame[], baseline: Baseline): Finding[] {
  const views: View[] = trace.flatMap((frame) => {
    const signals = readSignals(frame);
    return signals === null || frame.points === null ? [] : [{ signals, points: frame.points }];
  });
  const turn = ({ signals }: View): number => Math.abs(signals.yaw - baseline.yaw);
  const byTurn = views.toSorted((a, b) => turn(b) - turn(a));
  const count = Math.max(FEWEST_TURNED, Math.ceil(views.length * MOST_TURNED_SHARE));
  const turned = byTurn.filter((view) => turn(view) >= THRESHOLDS.turn.value).slice(0, count);
  const front = byTurn.at(-1);
  if (front === undefined || turned.length === 0) return [];
  const from = rigidPoints(front.points);
  // Over the frontal view's eye distance: a turned face's own is foreshortened.
  const residuals = turned.map(
    (view) => planarResidual(from, rigidPoints(view.points)) / front.signals.eyeDistance,
  );
  return [
    atLeast({
      name: 'depth',
      value: median(residuals),
      threshold: THRESHOLDS.flatness.value,
      reason: 'looks-flat',
    }),
  ];
}
