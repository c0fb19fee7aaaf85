import { HEIGHT, WIDTH } from '../scene-view.ts';
import { seededRandom } from '../seeded-random.ts';

/** How far the sheet reaches beyond the picture; it lies elsewhere for every frame. */
const ROOM = 256;
/** Strongest veil of black or white over a pixel, of 255: a standard deviation of about 2 grey levels. */
const STRONGEST = 8;
/** A step that meets each of the sheet's places once before it meets one again. */
const STRIDE = 40_503;

/** A camera's noise for pictures that are only composed: speckles painted once and laid over each frame. */
export class NoiseSheet {
  /** In memory: laid over a picture in memory, it would otherwise be read back from the graphics card each time. */
  readonly #sheet = new OffscreenCanvas(WIDTH + ROOM, HEIGHT + ROOM);
  #frame = 0;

  constructor(seed: number) {
    const context = this.#sheet.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('no 2d canvas');
    const next = seededRandom(seed);
    const speckles = context.createImageData(this.#sheet.width, this.#sheet.height);
    const { data } = speckles;
    for (let at = 0; at < data.length; at += 4) {
      const strength = Math.round((next() + next() - 1) * STRONGEST);
      data.fill(strength > 0 ? 255 : 0, at, at + 3);
      data[at + 3] = Math.abs(strength);
    }
    context.putImageData(speckles, 0, 0);
  }

  layOver(context: CanvasRenderingContext2D): void {
    this.#frame += 1;
    const place = (this.#frame * STRIDE) % (ROOM * ROOM);
    context.drawImage(this.#sheet, -(place % ROOM), -Math.floor(place / ROOM));
  }
}
