import { CanvasTexture } from 'three';
import type { Hole } from '../../props/prop-view.ts';
import { AIM_BELOW_EYES, DISTANCE, FIELD_OF_VIEW, HEIGHT, type View, WIDTH } from '../../scene-view.ts';
import type { FaceFeatures, Point } from './face-features.ts';

/** Half the width and height of what is cut out, decimetres: the lids' opening, and a mouth with room to open. */
const EYE = { x: 0.2, y: 0.1 };
const MOUTH = { x: 0.32, y: 0.22 };
/** An opening mouth moves down. */
const MOUTH_LOWER = 0.08;

/** What is left of a sheet whose eyes, or eyes and mouth, are cut out, as a map of opacity over the whole picture. */
export function cutOuts(options: {
  readonly holes: readonly Hole[];
  readonly features: FaceFeatures;
  readonly shows: View;
}): CanvasTexture {
  const { features, shows } = options;
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d canvas');
  context.fillStyle = 'white';
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = 'black';
  const cut = (feature: Point, half: { readonly x: number; readonly y: number }) => {
    const { x, y, scale } = inPicture(feature, shows);
    context.beginPath();
    context.ellipse(x, y, half.x * scale, half.y * scale, 0, 0, 2 * Math.PI);
    context.fill();
  };
  for (const hole of options.holes) {
    switch (hole) {
      case 'eyes':
        cut(features.leftEye, EYE);
        cut(features.rightEye, EYE);
        break;
      case 'mouth':
        cut({ ...features.mouth, y: features.mouth.y - MOUTH_LOWER }, MOUTH);
        break;
    }
  }
  return new CanvasTexture(canvas);
}

/** Where a view's camera sees a point of a face held straight, and how many pixels a decimetre has there. */
function inPicture(point: Point, view: View): { x: number; y: number; scale: number } {
  const depth = (view.distance ?? DISTANCE) - point.z;
  const scale = HEIGHT / (2 * depth * Math.tan((FIELD_OF_VIEW * Math.PI) / 360));
  return { x: WIDTH / 2 + point.x * scale, y: HEIGHT / 2 - (point.y + AIM_BELOW_EYES) * scale, scale };
}
