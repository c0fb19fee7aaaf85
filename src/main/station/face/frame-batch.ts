import { type Colour, type LandmarkFrame, TRACKED_POINTS } from '#domain/liveness/landmark-frame.ts';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';

/** Frames of one message from the renderer, which is not trusted. */
export interface FrameBatch {
  /** Renderer clock, ms. */
  readonly sentAt: number;
  readonly frames: readonly LandmarkFrame[];
}

export const MOST_FRAMES_PER_BATCH = 64;
/** Capture, tracking and the wait for the batch take this long at most, ms. */
export const OLDEST_FRAME_MS = 2500;
/** No camera of ours is faster. */
const MOST_FRAMES_PER_SECOND = 120;

export type BatchFault =
  | 'too-many-frames'
  | 'malformed-frame'
  | 'out-of-order'
  | 'too-old'
  | 'from-the-future';

/** Whether a batch could come from a camera: whole, in order, from just now. `lastAt` is the last frame admitted. */
export function checkBatch(
  { sentAt, frames }: FrameBatch,
  lastAt: number | null,
): Result<readonly LandmarkFrame[], BatchFault> {
  if (frames.length > MOST_FRAMES_PER_BATCH) return err('too-many-frames');
  let before = lastAt;
  for (const frame of frames) {
    if (!isWellFormed(frame)) return err('malformed-frame');
    if (before !== null && frame.at < before) return err('out-of-order');
    if (frame.at > sentAt + 1) return err('from-the-future');
    if (sentAt - frame.at > OLDEST_FRAME_MS) return err('too-old');
    before = frame.at;
  }
  const first = frames[0];
  const span = first === undefined || before === null ? 0 : before - (lastAt ?? first.at);
  if (frames.length > 2 + (span / 1000) * MOST_FRAMES_PER_SECOND) return err('too-many-frames');
  return ok(frames);
}

function isWellFormed(frame: LandmarkFrame): boolean {
  const { at, width, height, faces, points, secondFaceShare, light, texture, colour, digest } = frame;
  const sized = whole(width, 16, 4095) && whole(height, 16, 4095) && whole(faces, 0, 4);
  const shaped = points === null ? true : faces > 0 && points.length === TRACKED_POINTS.length * 3;
  const lit =
    light === null ||
    (within(light.mean, 1) &&
      within(light.overexposed, 1) &&
      within(light.evenness, 1) &&
      within(light.dynamicRange, 8) &&
      within(light.sharpness, 1e7) &&
      within(light.variance, 1) &&
      within(light.background, 255));
  const textured = texture === null || (within(texture.moire, 10_000) && within(texture.bezel, 1));
  const coloured = colour === null || (isColour(colour.face) && isColour(colour.surround));
  const measured =
    lit && textured && coloured && whole(digest, 0, 0xffff_ffff) && within(secondFaceShare, 10);
  return Number.isFinite(at) && at >= 0 && at <= 1e11 && sized && shaped && measured;
}

function isColour({ red, green, blue }: Colour): boolean {
  return within(red, 1) && within(green, 1) && within(blue, 1);
}

function whole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function within(value: number, most: number): boolean {
  return Number.isFinite(value) && value >= 0 && value <= most;
}
