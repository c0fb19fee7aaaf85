import type { WireFrame } from '#contract/station-api.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';

/** A frame as the station's API takes it: points as little-endian Int16 in base64. */
export function toWireFrame(frame: LandmarkFrame): WireFrame {
  return { ...frame, points: frame.points && base64(littleEndian(frame.points)) };
}

function littleEndian(points: Int16Array): Uint8Array {
  const bytes = new Uint8Array(points.length * 2);
  const view = new DataView(bytes.buffer);
  points.forEach((value, i) => {
    view.setInt16(2 * i, value, true);
  });
  return bytes;
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
