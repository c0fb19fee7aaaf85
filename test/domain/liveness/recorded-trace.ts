import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';

/** What the real tracker said of a rendered head: 2 s of a neutral face, then a movement that begins at 2.3 s. */
const FOLDER = new URL('./traces/', import.meta.url);
export const MOVEMENT_AT = 2300;

interface RecordedFrame extends Omit<LandmarkFrame, 'points'> {
  /** Little-endian Int16 in base64. */
  readonly points: string | null;
}

export function recordedNames(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json.gz'))
    .map((name) => name.replace('.json.gz', ''))
    .sort();
}

/** Frames of a recording, its times moved so that it begins at `from`. */
export function recordedTrace(name: string, from = 10_000): LandmarkFrame[] {
  const recorded = JSON.parse(
    gunzipSync(readFileSync(new URL(`${name}.json.gz`, FOLDER))).toString('utf8'),
  ) as RecordedFrame[];
  const shift = from - (recorded[0]?.at ?? 0);
  return recorded.map((frame) => ({
    ...frame,
    at: frame.at + shift,
    points: points(frame.points),
  }));
}

function points(base64: string | null): Int16Array | null {
  if (base64 === null) return null;
  const bytes = Buffer.from(base64, 'base64');
  return Int16Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(2 * index));
}
