import { BufferAttribute, BufferGeometry, type Texture } from 'three';

/** What something worn is fitted to; lengths in decimetres, in the head's own coordinates. */
export interface FaceShape {
  readonly eyeY: number;
  readonly eyeZ: number;
  /** x y z per vertex, at rest. */
  readonly skin: Float32Array;
  readonly eyes: Float32Array;
  readonly skinTexture: Texture | null;
  readonly hairTint: number;
}

/** How far the skin comes to the front within `radius` of a place, decimetres; null where there is none. */
export function frontOf(
  face: FaceShape,
  place: { readonly x: number; readonly y: number; readonly radius: number },
): number | null {
  let front: number | null = null;
  const { skin } = face;
  for (let at = 0; at < skin.length; at += 3) {
    const z = skin[at + 2] ?? 0;
    if (front !== null && z <= front) continue;
    if (Math.hypot((skin[at] ?? 0) - place.x, (skin[at + 1] ?? 0) - place.y) <= place.radius) front = z;
  }
  return front;
}

export interface Patch {
  /** Places from the top left to the bottom right, relative to the middle between the eyes. */
  readonly across: readonly [from: number, to: number];
  readonly down: readonly [from: number, to: number];
  /** Widens what lies between, at a share of the way down. */
  readonly width?: (down: number) => number;
  /** The skin within this is spanned over, as cloth does. */
  readonly radius: number;
  readonly above: number;
}

const COLUMNS = 16;
const ROWS = 16;

/** A cloth laid over a part of the face: stands `above` the skin and spans its hollows. */
export function clothOver(face: FaceShape, patch: Patch): BufferGeometry {
  const positions = new Float32Array((COLUMNS + 1) * (ROWS + 1) * 3);
  const uvs = new Float32Array((COLUMNS + 1) * (ROWS + 1) * 2);
  const index: number[] = [];
  for (let row = 0; row <= ROWS; row++) {
    const down = row / ROWS;
    const y = face.eyeY + between(patch.down, down);
    let reached = face.eyeZ - 0.6;
    for (let column = 0; column <= COLUMNS; column++) {
      const across = column / COLUMNS;
      const x = between(patch.across, across) * (patch.width?.(down) ?? 1);
      reached = frontOf(face, { x, y, radius: patch.radius }) ?? reached;
      const at = row * (COLUMNS + 1) + column;
      positions.set([x, y, reached + patch.above], 3 * at);
      uvs.set([across, 1 - down], 2 * at);
      if (row < ROWS && column < COLUMNS) {
        const below = at + COLUMNS + 1;
        index.push(at, below, at + 1, at + 1, below, below + 1);
      }
    }
  }
  smooth(positions);
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setAttribute('uv', new BufferAttribute(uvs, 2));
  geometry.setIndex(index);
  geometry.computeVertexNormals();
  return geometry;
}

/** Evens the depths out, without ever falling behind the skin. */
function smooth(positions: Float32Array): void {
  const depth = (row: number, column: number) => positions[3 * (row * (COLUMNS + 1) + column) + 2] ?? 0;
  for (let pass = 0; pass < 4; pass++) {
    for (let row = 1; row < ROWS; row++) {
      for (let column = 1; column < COLUMNS; column++) {
        const around =
          depth(row - 1, column) + depth(row + 1, column) + depth(row, column - 1) + depth(row, column + 1);
        const at = 3 * (row * (COLUMNS + 1) + column) + 2;
        positions[at] = Math.max(positions[at] ?? 0, around / 4);
      }
    }
  }
}

function between([from, to]: readonly [number, number], share: number): number {
  return from + (to - from) * share;
}
