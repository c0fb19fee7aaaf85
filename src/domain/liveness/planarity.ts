import { facePoint, type MeshIndex } from './face-point.ts';

/**
 * Points that hardly move with expression: eye corners, nose, temples, brows' outer ends, forehead, cheeks, jaw sides.
 * Chin, lips and lids would make an open mouth look like depth.
 */
const RIGID_POINTS: readonly MeshIndex[] = [
  33, 133, 362, 263, 168, 6, 197, 195, 5, 4, 1, 98, 327, 234, 454, 127, 356, 10, 109, 338, 50, 280, 205, 425,
  70, 300, 151, 9, 8, 132, 361, 117, 346,
];

interface Spot {
  readonly x: number;
  readonly y: number;
}

export function rigidPoints(points: Int16Array): readonly Spot[] {
  return RIGID_POINTS.map((index) => facePoint(points, index));
}

/**
 * How badly a plane explains the step from one view to another: the RMS distance, in pixels of `to`, that remains after
 * the best homography. Any two views of a flat picture are related by a homography exactly; two views of a head from
 * different sides are not (Hartley and Zisserman, "Multiple View Geometry", section 13.1).
 *
 * Normalised DLT (the same, algorithm 4.2) with the last entry fixed to 1, solved by least squares. Infinity when the
 * points are degenerate.
 */
export function planarResidual(from: readonly Spot[], to: readonly Spot[]): number {
  const a = normalise(from);
  const b = normalise(to);
  if (a === null || b === null) return Number.POSITIVE_INFINITY;
  const h = solve(normalEquations(a.spots, b.spots));
  if (h === null) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (const [index, { x, y }] of a.spots.entries()) {
    const target = b.spots[index];
    if (target === undefined) return Number.POSITIVE_INFINITY;
    const [h0 = 0, h1 = 0, h2 = 0, h3 = 0, h4 = 0, h5 = 0, h6 = 0, h7 = 0] = h;
    const w = h6 * x + h7 * y + 1;
    const u = (h0 * x + h1 * y + h2) / w;
    const v = (h3 * x + h4 * y + h5) / w;
    sum += (u - target.x) ** 2 + (v - target.y) ** 2;
  }
  return Math.sqrt(sum / a.spots.length) / b.scale;
}

/** Moves the centre to the origin and the mean distance from it to the square root of two. */
function normalise(
  spots: readonly Spot[],
): { readonly spots: readonly Spot[]; readonly scale: number } | null {
  const count = spots.length;
  const x = spots.reduce((sum, spot) => sum + spot.x, 0) / count;
  const y = spots.reduce((sum, spot) => sum + spot.y, 0) / count;
  const spread = spots.reduce((sum, spot) => sum + Math.hypot(spot.x - x, spot.y - y), 0) / count;
  if (!(spread > 0)) return null;
  const scale = Math.SQRT2 / spread;
  return { spots: spots.map((spot) => ({ x: (spot.x - x) * scale, y: (spot.y - y) * scale })), scale };
}

const UNKNOWNS = 8;

/** Eight rows of the normal equations, each with its right-hand side in the ninth place. */
function normalEquations(from: readonly Spot[], to: readonly Spot[]): Float64Array[] {
  const rows = Array.from({ length: UNKNOWNS }, () => new Float64Array(UNKNOWNS + 1));
  for (const [index, { x, y }] of from.entries()) {
    const { x: u, y: v } = to[index] ?? { x: 0, y: 0 };
    const equations = [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ];
    for (const equation of equations) {
      for (const [row, target] of rows.entries()) {
        for (let column = 0; column <= UNKNOWNS; column += 1) {
          target[column] = (target[column] ?? 0) + (equation[row] ?? 0) * (equation[column] ?? 0);
        }
      }
    }
  }
  return rows;
}

/** Gauss-Jordan with row pivoting; null for a singular system. */
function solve(rows: Float64Array[]): number[] | null {
  for (let pivot = 0; pivot < UNKNOWNS; pivot += 1) {
    let largest = pivot;
    for (let row = pivot + 1; row < UNKNOWNS; row += 1) {
      if (Math.abs(entry(rows, row, pivot)) > Math.abs(entry(rows, largest, pivot))) largest = row;
    }
    if (Math.abs(entry(rows, largest, pivot)) < 1e-12) return null;
    const [upper, lower] = [rows[pivot], rows[largest]];
    if (upper === undefined || lower === undefined) return null;
    rows[largest] = upper;
    rows[pivot] = lower;
    for (const [index, row] of rows.entries()) {
      if (index === pivot) continue;
      const factor = (row[pivot] ?? 0) / (lower[pivot] ?? 1);
      for (let column = pivot; column <= UNKNOWNS; column += 1) {
        row[column] = (row[column] ?? 0) - factor * (lower[column] ?? 0);
      }
    }
  }
  return rows.map((row, index) => (row[UNKNOWNS] ?? 0) / (row[index] ?? 1));
}

function entry(rows: readonly Float64Array[], row: number, column: number): number {
  return rows[row]?.[column] ?? 0;
}
