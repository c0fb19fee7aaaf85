import type { Action } from '#domain/liveness/action.ts';
import type { Baseline } from '#domain/liveness/baseline.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import type { Signals } from '#domain/liveness/signals.ts';
import { THRESHOLDS } from '#domain/liveness/thresholds.ts';

/** A value at a moment of the capture clock. */
export interface Sample {
  readonly at: number;
  readonly value: number;
}

/** One signal over time, with the levels that an action has to reach. */
export interface ChartRow {
  readonly label: string;
  readonly unit: string;
  /** Actions whose windows concern this signal. */
  readonly actions: readonly Action[];
  readonly samples: readonly Sample[];
  /** The range that is drawn at least. */
  readonly least: number;
  readonly most: number;
  readonly levels: readonly number[];
}

/** The rows of a try: what the six detectors look at, and the measures of the pictures where there are any. */
export function chartRows(told: {
  readonly signals: readonly Signals[];
  readonly trace: readonly LandmarkFrame[];
  /** Null when nothing was asked: then nothing is a change from anything. */
  readonly baseline: Baseline | null;
}): readonly ChartRow[] {
  const { signals, trace, baseline } = told;
  const row = (of: (signals: Signals) => number): readonly Sample[] =>
    signals.map((each) => ({ at: each.at, value: of(each) }));
  const own = (key: keyof Baseline) => baseline?.[key] ?? 0;
  const eyes = (each: Signals) =>
    baseline === null
      ? Math.max(each.rightEye, each.leftEye)
      : Math.max(each.rightEye / baseline.rightEye, each.leftEye / baseline.leftEye);
  return [
    {
      label: 'Yaw',
      unit: 'degrees to the own left',
      actions: ['turn-left', 'turn-right'],
      samples: row(({ yaw }) => yaw - own('yaw')),
      least: -40,
      most: 40,
      levels: [THRESHOLDS.turn.value, -THRESHOLDS.turn.value],
    },
    {
      label: 'Pitch',
      unit: 'degrees up',
      actions: ['nod'],
      samples: row(({ pitch }) => pitch - own('pitch')),
      least: -30,
      most: 15,
      levels: [-THRESHOLDS.nod.value],
    },
    {
      label: 'Mouth',
      unit: 'opening over width',
      actions: ['open-mouth'],
      samples: row(({ mouth }) => mouth - own('mouth')),
      least: -0.1,
      most: 1,
      levels: [THRESHOLDS.mouth.value],
    },
    {
      label: 'Smile',
      unit: 'wider than at rest',
      actions: ['smile'],
      samples: row(({ smile }) => (baseline === null ? smile : smile / baseline.smile - 1)),
      least: -0.2,
      most: 0.5,
      levels: [THRESHOLDS.smile.value],
    },
    {
      label: 'Eyes',
      unit: 'of the own opening',
      actions: ['blink'],
      samples: row(eyes),
      least: 0,
      most: 1.4,
      levels: [THRESHOLDS.eyesShut.value],
    },
    ...textureRows(trace),
  ];
}

/** Measured on some frames a second; a try without any has no such row. */
function textureRows(trace: readonly LandmarkFrame[]): readonly ChartRow[] {
  const moire = trace.flatMap(({ at, texture }) => (texture === null ? [] : [{ at, value: texture.moire }]));
  if (moire.length === 0) return [];
  return [
    { label: 'Moiré', unit: 'peak over median', actions: [], samples: moire, least: 0, most: 60, levels: [] },
  ];
}
