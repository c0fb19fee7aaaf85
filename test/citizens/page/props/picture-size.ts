import { DISTANCE, FIELD_OF_VIEW, type View } from '../../scene-view.ts';

/** Height of a picture on which the face is as large as life, decimetres. */
export function lifeSizeHeight(shows: View): number {
  return 2 * (shows.distance ?? DISTANCE) * Math.tan((FIELD_OF_VIEW * Math.PI) / 360);
}
