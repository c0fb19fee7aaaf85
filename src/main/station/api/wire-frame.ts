import type { WireFrame } from '#contract/station-api.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';

/** A landmark frame as the rules know it. Points cross the channel as little-endian Int16 in base64. */
export function readWireFrame(frame: WireFrame): LandmarkFrame {
  return { ...frame, points: frame.points === null ? null : readPoints(frame.points) };
}

function readPoints(base64: string): Int16Array {
  const octets = Buffer.from(base64, 'base64');
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  return Int16Array.from({ length: Math.floor(octets.byteLength / 2) }, (_, index) =>
    view.getInt16(index * 2, true),
  );
}

/** Octets of their own, not a view into a pool: they are zeroed later. */
export function readBase64(base64: string): Uint8Array {
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}
