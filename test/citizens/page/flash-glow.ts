import { FLASH_COLOURS, FLASH_RGB, type FlashColour } from '../../../src/domain/liveness/flash-colour.ts';

/** Half the width and height of a face at the usual distance, pixels. */
const FACE = { width: 105, height: 135 } as const;
/** What skin gives back of red, green and blue. */
const SKIN = [1, 0.8, 0.7] as const;
/** Of the screen's light, as it is added to the picture. */
const STRENGTH = 0.11;

/** The light of the screen on a face that is only composed of pictures: an oval that fades out towards the ears. */
export class FlashGlow {
  readonly #ovals = new Map<FlashColour, OffscreenCanvas>();

  /** Lays the glow over a face whose middle is at the origin of the context. */
  shine(context: CanvasRenderingContext2D, colour: FlashColour): void {
    const oval = this.#ovals.get(colour) ?? paint(colour);
    this.#ovals.set(colour, oval);
    context.globalCompositeOperation = 'lighter';
    context.drawImage(oval, -FACE.width, -FACE.height);
    context.globalCompositeOperation = 'source-over';
  }
}

function paint(colour: FlashColour): OffscreenCanvas {
  const oval = new OffscreenCanvas(2 * FACE.width, 2 * FACE.height);
  const context = oval.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2d canvas');
  const light = FLASH_RGB[colour].map((value, i) => Math.round(value * (SKIN[i] ?? 1) * STRENGTH)).join(', ');
  context.scale(FACE.width, FACE.height);
  context.translate(1, 1);
  const fading = context.createRadialGradient(0, 0, 0.75, 0, 0, 1);
  fading.addColorStop(0, `rgba(${light}, 1)`);
  fading.addColorStop(1, `rgba(${light}, 0)`);
  context.fillStyle = fading;
  context.fillRect(-1, -1, 2, 2);
  return oval;
}

export function isFlashColour(text: string): text is FlashColour {
  return (FLASH_COLOURS as readonly string[]).includes(text);
}
