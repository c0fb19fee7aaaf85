import type { Face } from './face.ts';
import { headBox } from './face-box.ts';
import type { Pixels } from './luma-patch.ts';

/** Every sixth pixel of every sixth row is looked at. */
const STEP = 6;
/** Differences are taken over this many pixels to either side, which halves the camera's noise. */
const REACH = 2;
const MOST = 255;

/**
 * Mean luma gradient of what is beside and above the head, 0 to 255, on the scale of the Sobel operator as ISO/IEC
 * 29794-5 has it (four times the central difference). Its segmentation of the picture is replaced by the head's box:
 * below the chin are clothes. 0 when the head leaves nothing to be seen.
 */
export function backgroundGradient(pixels: Pixels, face: Face): number {
  const head = headBox(face, pixels);
  if (!head) return 0;
  const { width, height, data } = pixels;
  const [right, below] = [4 * REACH, 4 * REACH * width];
  const last = Math.min(height - REACH, head.bottom);
  let sum = 0;
  let count = 0;
  for (let y = REACH; y < last; y += STEP) {
    for (let x = REACH; x < width - REACH; x += STEP) {
      if (y >= head.top && x >= head.left && x <= head.right) continue;
      const at = 4 * (y * width + x);
      const across = lumaAt(data, at + right) - lumaAt(data, at - right);
      const down = lumaAt(data, at + below) - lumaAt(data, at - below);
      sum += Math.sqrt(across * across + down * down);
      count += 1;
    }
  }
  return count === 0 ? 0 : Math.min(MOST, (4 * sum) / (count * REACH));
}

function lumaAt(data: Uint8ClampedArray, at: number): number {
  return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
}
