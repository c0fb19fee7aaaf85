import type { Face } from './face.ts';
import { type FaceBox, headBox } from './face-box.ts';
import type { Pixels } from './luma-patch.ts';
import { reduceLuma } from './reduced-luma.ts';
import { type Side, sideLines } from './side-lines.ts';

/** A side's share of edge below which nothing is there, and from which on it is all there. */
const PARTLY = 0.65;
const WHOLLY = 0.95;
/** Opposite sides of a screen that is tilted towards the camera differ by this many steps of slope at most. */
const PARALLEL_STEPS = 5;
/** How far beyond the head a side is followed, and how long it has to be, in heights or widths of the head. */
const BEYOND = 0.3;
const LENGTH = 1.1;

/**
 * How much of a straight frame is seen around the face, 0 to 1: long, straight, roughly axis-aligned edges beside,
 * above and below the head, on the picture scaled to about 160 columns.
 *
 * A screen or a print that is held into the camera has at least two parallel sides around the face. So has a hall: a
 * door behind the head gives both uprights and a lintel, but nothing of a building runs level below the chin across
 * the chest of the person who stands before it. Hence
 *
 * - one edge, or two that meet, score 0;
 * - both uprights score 0.35, with an edge above them 0.45, and with one below them up to 1;
 * - an edge above with one below scores 0.7, and with an upright up to 1.
 */
export function measureBezel(pixels: Pixels, face: Face): number {
  const reduced = reduceLuma(pixels);
  const { width, height, luma, factor } = reduced;
  const head = scaled(headBox(face, pixels), factor);
  if (!head) return 0;
  const [wide, high] = [head.right - head.left, head.bottom - head.top];
  const upright = sideLines({
    luma,
    along: { count: height, stride: width },
    across: { count: width, stride: 1 },
    from: head.top - BEYOND * high,
    to: head.bottom + BEYOND * high,
    length: LENGTH * high,
    inner: { low: head.left, high: head.right },
  });
  const level = sideLines({
    luma,
    along: { count: width, stride: 1 },
    across: { count: height, stride: width },
    from: head.left - BEYOND * wide,
    to: head.right + BEYOND * wide,
    length: LENGTH * wide,
    inner: { low: head.top, high: head.bottom },
  });
  const uprights = pair(upright.low, upright.high);
  const levels = pair(level.low, level.high);
  const [above, below] = [strongest(level.low), strongest(level.high)];
  const beside = Math.max(strongest(upright.low), strongest(upright.high));
  return Math.min(1, Math.max(uprights * (0.35 + 0.1 * above + 0.55 * below), levels * (0.7 + 0.3 * beside)));
}

function scaled(box: FaceBox | null, factor: number): FaceBox | null {
  if (!box) return null;
  const { left, top, right, bottom } = box;
  return { left: left / factor, top: top / factor, right: right / factor, bottom: bottom / factor };
}

/** 0 to 1 for the share of a side on which an edge was found. */
function presence(share: number): number {
  return Math.max(0, Math.min(1, (share - PARTLY) / (WHOLLY - PARTLY)));
}

function strongest(side: Side): number {
  return presence(Math.max(0, ...side));
}

/** The weaker side of the best two that are about parallel. */
function pair(a: Side, b: Side): number {
  let best = 0;
  a.forEach((first, i) => {
    b.forEach((second, k) => {
      if (Math.abs(i - k) <= PARALLEL_STEPS) best = Math.max(best, Math.min(first, second));
    });
  });
  return presence(best);
}
