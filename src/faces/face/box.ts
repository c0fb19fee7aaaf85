import type { Point } from './point.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Side of a square of the same area. */
export function sideOf(box: Box): number {
  return Math.sqrt(box.width * box.height);
}

export function centreOf(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

export function holds(box: Box, point: Point): boolean {
  return (
    point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height
  );
}

/** The smallest box around points. */
export function boxAround(points: readonly Point[]): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** About the same centre, wider and higher by a factor. */
export function grown(box: Box, factor: number): Box {
  return about(centreOf(box), box.width * factor, box.height * factor);
}

/** About the same centre, as wide as high. */
export function squared(box: Box): Box {
  const side = Math.max(box.width, box.height);
  return about(centreOf(box), side, side);
}

function about(centre: Point, width: number, height: number): Box {
  return { x: centre.x - width / 2, y: centre.y - height / 2, width, height };
}

/** The whole pixels of a box that lie in a picture; null when there are none. */
export function within(box: Box, picture: { readonly width: number; readonly height: number }): Box | null {
  const left = Math.max(0, Math.floor(box.x));
  const top = Math.max(0, Math.floor(box.y));
  const width = Math.min(picture.width, Math.floor(box.x + box.width)) - left;
  const height = Math.min(picture.height, Math.floor(box.y + box.height)) - top;
  return width > 0 && height > 0 ? { x: left, y: top, width, height } : null;
}
