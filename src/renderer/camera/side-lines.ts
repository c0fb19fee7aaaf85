/** For each slope, from one side to the other, the share of its length on which the straightest edge was seen. */
export type Side = Float64Array;

/** An axis of a picture: how many places it has, and how far apart they lie in its values. */
interface Axis {
  readonly count: number;
  readonly stride: number;
}

/** A hand-held screen is not held level: slopes of up to 16 degrees to either side in steps of 2. */
const SLOPES = Float64Array.from({ length: 17 }, (_, i) => Math.tan(((2 * i - 16) * Math.PI) / 180));
/** Grey levels over two places from which on a change is an edge: a camera's noise stays below it once scaled down. */
const EDGE = 14;
/** An edge's own direction: the change along it is at most this share of the change across it. */
const STRAIGHT = 0.5;
/** At the picture's border a rotated or cut picture has edges of its own. */
const BORDER = 2;

/**
 * Looks for edges that run along one axis of a picture on both sides of an inner span of the other axis: a Hough
 * transform (Duda and Hart 1972) of few slopes. Both directions of a change are counted apart, because the edge of one
 * thing before another keeps its direction, and texture does not.
 */
export function sideLines(picture: {
  readonly luma: Uint8Array;
  readonly along: Axis;
  readonly across: Axis;
  /** Where edges are looked for, along, and how long a whole one is. */
  readonly from: number;
  readonly to: number;
  readonly length: number;
  /** What they lie outside of, across. */
  readonly inner: { readonly low: number; readonly high: number };
}): { readonly low: Side; readonly high: Side } {
  const { luma, along, across, inner, length } = picture;
  const [from, to] = [Math.round(picture.from), Math.round(picture.to)];
  const [first, last] = [Math.max(BORDER, from), Math.min(along.count - 1 - BORDER, to)];
  const middle = (from + to) / 2;
  /** Lines by where they cross the middle: slope, direction, place. */
  const votes = new Uint16Array(SLOPES.length * 2 * across.count);
  for (let u = first; u <= last; u++) {
    for (let v = BORDER; v < across.count - BORDER; v++) {
      if (v >= inner.low && v <= inner.high) continue;
      const at = u * along.stride + v * across.stride;
      const change = (luma[at + across.stride] ?? 0) - (luma[at - across.stride] ?? 0);
      const size = Math.abs(change);
      if (size < EDGE) continue;
      const beside = Math.abs((luma[at + along.stride] ?? 0) - (luma[at - along.stride] ?? 0));
      if (beside > STRAIGHT * size) continue;
      const direction = change > 0 ? 1 : 0;
      for (let slope = 0; slope < SLOPES.length; slope++) {
        const place = Math.round(v - (SLOPES[slope] ?? 0) * (u - middle));
        if (place < 0 || place >= across.count) continue;
        const line = (2 * slope + direction) * across.count + place;
        votes[line] = (votes[line] ?? 0) + 1;
      }
    }
  }
  const side = (outside: (place: number) => boolean): Side =>
    Float64Array.from(SLOPES, (_, slope) => {
      let most = 0;
      for (let direction = 0; direction < 2; direction++) {
        for (let place = 0; place < across.count; place++) {
          if (!outside(place)) continue;
          most = Math.max(most, votes[(2 * slope + direction) * across.count + place] ?? 0);
        }
      }
      return Math.min(1, most / Math.max(1, length));
    });
  return { low: side((place) => place < inner.low), high: side((place) => place > inner.high) };
}
