import type { Box } from './box.ts';
import { EYES, type Landmarks, MOUTH } from './landmarks.ts';
import { distanceOf, middleOf } from './point.ts';

/** dlib's alignment, as the recognition network was trained and measured with it. */
const EYES_TO_MOUTH = 0.45;
const CENTRE = { x: 0.5, y: 0.43 } as const;

/** What the recognition network is shown of a face: a square in which eyes and mouth have their places. */
export function recognitionSquare(landmarks: Landmarks): Box {
  const eyes = EYES.map(([from, to]) => middleOf(landmarks.slice(from, to)));
  const mouth = middleOf(landmarks.slice(...MOUTH));
  const eyesToMouth = eyes.reduce((sum, eye) => sum + distanceOf(eye, mouth), 0) / eyes.length;
  const side = eyesToMouth / EYES_TO_MOUTH;
  const centre = middleOf([...eyes, mouth]);
  return { x: centre.x - CENTRE.x * side, y: centre.y - CENTRE.y * side, width: side, height: side };
}
