import type { Colour, FrameColour } from '#domain/liveness/landmark-frame.ts';
import { eyeDistance, type Face, type FrameSize } from './face.ts';
import { type FaceBox, headBox } from './face-box.ts';
import type { Pixels } from './luma-patch.ts';

/** Middle of the forehead and of both cheeks in MediaPipe's mesh: skin, whatever lips and lids do. */
const SKIN = [151, 50, 280] as const;
/** Side of a patch of skin, in eye distances, and how many pixels are read along it. */
const PATCH = 0.4;
const PATCH_SAMPLES = 14;
/** The surround is read at every eighth pixel of every eighth row. */
const SURROUND_STEP = 8;
/** Fewer samples than this say nothing of what is around a face that fills the picture. */
const FEWEST_SURROUND = 60;

/**
 * Mean colours in linear light of the face's skin and of what is behind it. A face that a screen lights takes on the
 * screen's colour while the hall behind it hardly does, because light falls with the square of the distance; the
 * camera's own white balance and exposure move both alike. Only what lies beside and above the head is the surround:
 * the chest is as near to the screen as the face.
 *
 * Null when the face or the surround is not in the picture.
 */
export function measureFrameColour(pixels: Pixels, face: Face): FrameColour | null {
  const skin = skinColour(pixels, face);
  const box = headBox(face, pixels);
  const surround = box && surroundColour(pixels, box);
  return skin && surround && { face: skin, surround };
}

function skinColour(pixels: Pixels, face: Face): Colour | null {
  const size: FrameSize = pixels;
  const side = PATCH * eyeDistance(face, size);
  const sum = new ColourSum();
  for (const index of SKIN) {
    const centre = face[index];
    if (!centre) continue;
    for (let row = 0; row < PATCH_SAMPLES; row++) {
      const y = Math.round(centre.y * size.height + (row / (PATCH_SAMPLES - 1) - 0.5) * side);
      for (let column = 0; column < PATCH_SAMPLES; column++) {
        const x = Math.round(centre.x * size.width + (column / (PATCH_SAMPLES - 1) - 0.5) * side);
        if (x >= 0 && y >= 0 && x < size.width && y < size.height) sum.add(pixels, x, y);
      }
    }
  }
  return sum.mean(1);
}

function surroundColour(pixels: Pixels, head: FaceBox): Colour | null {
  const sum = new ColourSum();
  const last = Math.min(pixels.height, head.bottom);
  for (let y = SURROUND_STEP >> 1; y < last; y += SURROUND_STEP) {
    for (let x = SURROUND_STEP >> 1; x < pixels.width; x += SURROUND_STEP) {
      const onHead = y >= head.top && x >= head.left && x <= head.right;
      if (!onHead) sum.add(pixels, x, y);
    }
  }
  return sum.mean(FEWEST_SURROUND);
}

/** Linear light of each of sRGB's 256 levels, IEC 61966-2-1. */
const LINEAR = Float64Array.from({ length: 256 }, (_, level) => {
  const value = level / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

class ColourSum {
  #red = 0;
  #green = 0;
  #blue = 0;
  #count = 0;

  add({ width, data }: Pixels, x: number, y: number): void {
    const at = 4 * (y * width + x);
    this.#red += LINEAR[data[at] ?? 0] ?? 0;
    this.#green += LINEAR[data[at + 1] ?? 0] ?? 0;
    this.#blue += LINEAR[data[at + 2] ?? 0] ?? 0;
    this.#count += 1;
  }

  mean(fewest: number): Colour | null {
    if (this.#count < fewest) return null;
    const of = (sum: number) => Math.min(1, sum / this.#count);
    return { red: of(this.#red), green: of(this.#green), blue: of(this.#blue) };
  }
}
