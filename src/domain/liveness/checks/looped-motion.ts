import { facePoint, type MeshIndex } from '../face-point.ts';
import type { LandmarkFrame } from '../landmark-frame.ts';
import { readSignals } from '../signals.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { atMost, type Finding } from './finding.ts';

/**
 * Whether a movement came twice, point by point and in the same time: a clip that runs in a loop. Nobody turns the head
 * twice alike within the tracker's noise for longer than a second. Digests do not tell where the clip is shown to the
 * camera on a screen, or is given new noise.
 *
 * The paths of five points of the rigid head are laid on a grid of 40 ms. Each stretch of 1.2 s in which they move much is
 * laid over every earlier one that begins at least 1.5 s before, in steps of 10 ms; the value is the length of one that
 * differs from another by less than a twentieth of its own movement, ms. Recordings that are played again differ by 0.02,
 * the same turn made again by a head that sways otherwise by 0.08, by people by more. Standing still is never a loop,
 * because stretches without movement are not looked at.
 */
export function loopFindings(trace: readonly LandmarkFrame[]): Finding[] {
  return [
    atMost({
      name: 'movement-again',
      value: hasLoop(trace) ? THRESHOLDS.loopLength.value : 0,
      threshold: 0,
      reason: 'picture-repeats',
    }),
  ];
}

const GRID_MS = 40;
/** Frames further apart than this have a hole between them that nothing is put into, ms. */
const LONGEST_BRIDGE_MS = 260;
/** Nose tip, forehead, chin side of the nose, both temples. */
const PATHS: readonly MeshIndex[] = [4, 10, 168, 127, 356];
const WIDTH = PATHS.length * 2;
/** No try is longer; a trace with wild times is cut here. */
const MOST_CELLS = 2000;

/** Every path on the grid, in eye distances; NaN in holes. */
function gridOf(trace: readonly LandmarkFrame[]): Float64Array {
  const seen = trace.flatMap((frame) => {
    const signals = readSignals(frame);
    const { points } = frame;
    if (signals === null || points === null) return [];
    const unit = Math.max(1, signals.faceHeight / 2.8);
    return [{ at: frame.at, unit, spots: PATHS.map((index) => facePoint(points, index)) }];
  });
  const first = seen[0];
  const last = seen.at(-1);
  if (first === undefined || last === undefined) return new Float64Array(0);
  const cells = Math.min(MOST_CELLS, Math.floor((last.at - first.at) / GRID_MS) + 1);
  const grid = new Float64Array(cells * WIDTH).fill(Number.NaN);
  let index = 0;
  for (let cell = 0; cell < cells; cell += 1) {
    const at = first.at + cell * GRID_MS;
    while (index + 2 < seen.length && (seen[index + 1]?.at ?? 0) < at) index += 1;
    const [before, after] = [seen[index], seen[index + 1]];
    if (before === undefined || after === undefined) break;
    const span = after.at - before.at;
    if (span <= 0 || span > LONGEST_BRIDGE_MS) continue;
    const share = Math.max(0, Math.min(1, (at - before.at) / span));
    for (const [place, from] of before.spots.entries()) {
      const to = after.spots[place] ?? from;
      grid[cell * WIDTH + 2 * place] = (from.x + share * (to.x - from.x)) / first.unit;
      grid[cell * WIDTH + 2 * place + 1] = (from.y + share * (to.y - from.y)) / first.unit;
    }
  }
  return grid;
}

function hasLoop(trace: readonly LandmarkFrame[]): boolean {
  const grid = gridOf(trace);
  const cells = grid.length / WIDTH;
  const stretch = Math.round(THRESHOLDS.loopLength.value / GRID_MS);
  const leastLag = Math.round(THRESHOLDS.loopLag.value / GRID_MS);
  // Stretches that overlap: a loop is longer than one of them, but its movement need not be.
  for (let start = leastLag + 1; start + stretch <= cells; start += Math.floor(stretch / 4)) {
    const movement = movementOf(grid, start, stretch);
    if (movement < THRESHOLDS.loopMovement.value) continue;
    for (let lag = leastLag; lag < start; lag += 1) {
      const over = { grid, start, stretch };
      if (!isFollowed({ ...over, lag, limit: COARSE * movement })) continue;
      for (let part = -SHARES + 1; part < SHARES; part += 1) {
        const exact = lag + part / SHARES;
        if (isFollowed({ ...over, lag: exact, limit: THRESHOLDS.loopDifference.value * movement }))
          return true;
      }
    }
  }
  return false;
}

/** What whole cells may differ by in a fast movement that comes again between them, as a share of the movement. */
const COARSE = 0.2;
/** Lags are tried in this many parts of a cell, 10 ms each. */
const SHARES = 4;

/** Root mean square of the paths about their own middle, eye distances; 0 across a hole. */
function movementOf(grid: Float64Array, start: number, stretch: number): number {
  let squares = 0;
  for (let place = 0; place < WIDTH; place += 1) {
    let sum = 0;
    let sumOfSquares = 0;
    for (let cell = start; cell < start + stretch; cell += 1) {
      const value = grid[cell * WIDTH + place] ?? Number.NaN;
      sum += value;
      sumOfSquares += value * value;
    }
    squares += sumOfSquares / stretch - (sum / stretch) ** 2;
  }
  const movement = Math.sqrt(Math.max(0, squares / PATHS.length));
  return Number.isFinite(movement) ? movement : 0;
}

/** Whether the stretch is the one `lag` cells earlier, within `limit` eye distances RMS. */
function isFollowed({
  grid,
  start,
  stretch,
  lag,
  limit,
}: {
  readonly grid: Float64Array;
  readonly start: number;
  readonly stretch: number;
  readonly lag: number;
  readonly limit: number;
}): boolean {
  const most = limit ** 2 * stretch * PATHS.length;
  const whole = Math.floor(lag);
  const share = lag - whole;
  let squares = 0;
  for (let place = start * WIDTH; place < (start + stretch) * WIDTH; place += 1) {
    const later = grid[place - whole * WIDTH] ?? Number.NaN;
    const sooner = share === 0 ? later : (grid[place - (whole + 1) * WIDTH] ?? Number.NaN);
    const difference = (grid[place] ?? Number.NaN) - (later + share * (sooner - later));
    squares += difference * difference;
    // Also where either lies in a hole: NaN is not below anything.
    if (!(squares <= most)) return false;
  }
  return true;
}
