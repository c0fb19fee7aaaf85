import { type BufferAttribute, PlaneGeometry } from 'three';
import type { Bend } from '../../props/prop-view.ts';

const COLUMNS = 32;
const ROWS = 32;

export interface SheetShape {
  readonly width: number;
  readonly height: number;
  readonly bend: Bend | null;
}

/** A sheet that can be rolled; paper does not stretch, so what lies on the arc is as long as on the flat. */
export class SheetGeometry {
  readonly geometry = new PlaneGeometry(1, 1, COLUMNS, ROWS);
  readonly #flat: Float32Array;
  #shape = '';

  constructor() {
    this.#flat = Float32Array.from(attribute(this.geometry, 'position').array);
  }

  take(shape: SheetShape): void {
    const key = JSON.stringify(shape);
    if (key === this.#shape) return;
    this.#shape = key;
    const position = attribute(this.geometry, 'position');
    const normal = attribute(this.geometry, 'normal');
    const curvature = shape.bend?.curvature ?? 0;
    const level = shape.bend?.about === 'level';
    for (let vertex = 0; vertex < position.count; vertex++) {
      const x = (this.#flat[3 * vertex] ?? 0) * shape.width;
      const y = (this.#flat[3 * vertex + 1] ?? 0) * shape.height;
      const angle = (level ? y : x) * curvature;
      const along = curvature === 0 ? (level ? y : x) : Math.sin(angle) / curvature;
      const depth = curvature === 0 ? 0 : (Math.cos(angle) - 1) / curvature;
      position.setXYZ(vertex, level ? x : along, level ? along : y, depth);
      normal.setXYZ(vertex, level ? 0 : Math.sin(angle), level ? Math.sin(angle) : 0, Math.cos(angle));
    }
    position.needsUpdate = true;
    normal.needsUpdate = true;
  }

  /** Which part of the texture the sheet shows: shares of it, around its middle. */
  crop(width: number, height: number): void {
    const uv = attribute(this.geometry, 'uv');
    for (let vertex = 0; vertex < uv.count; vertex++) {
      uv.setXY(
        vertex,
        0.5 + (this.#flat[3 * vertex] ?? 0) * width,
        0.5 + (this.#flat[3 * vertex + 1] ?? 0) * height,
      );
    }
    uv.needsUpdate = true;
  }
}

function attribute(geometry: PlaneGeometry, name: 'position' | 'normal' | 'uv'): BufferAttribute {
  const found = geometry.getAttribute(name);
  if (found === undefined || !('setXYZ' in found)) throw new Error(`no ${name}`);
  return found as BufferAttribute;
}
