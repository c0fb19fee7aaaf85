import type { FaceLight, LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { GOOD_LIGHT } from './synthetic-face.ts';

/** Replaces what was seen in a span. */
export function during(
  frames: readonly LandmarkFrame[],
  span: { readonly from: number; readonly until: number },
  change: (frame: LandmarkFrame) => LandmarkFrame,
): LandmarkFrame[] {
  return frames.map((frame) => (frame.at >= span.from && frame.at <= span.until ? change(frame) : frame));
}

export const withLight = (light: Partial<FaceLight>) => (frames: LandmarkFrame[]) =>
  frames.map((frame) => ({ ...frame, light: { ...GOOD_LIGHT, ...light } }));
