import type { PackedHead } from '../head-data.ts';
import { type HeadPose, NEUTRAL_POSE } from '../head-pose.ts';
import { type CitizenScene, HEIGHT, type View, WIDTH } from './citizen-scene.ts';

/** Degrees between two rendered turns: fine where the head sways, coarser beyond. */
const FINE_STEP = 1;
const FINE_RANGE = 3;
const COARSE_STEP = 3;
const WIDEST_TURN = 30;
const EXPRESSION_STEPS = 5;

/**
 * A person's pictures, rendered once. Without a graphics card one picture takes as long as the tracker needs for
 * several, and both wait for the same graphics process: so a person who moves live shows pictures made beforehand,
 * turned to the nearest step, with mouth or eyes opened to the nearest step.
 */
export class FrameCache {
  readonly #pictures = new Map<string, ImageBitmap>();

  /** Renders everything, giving way to the page after every picture. */
  static async render(options: {
    readonly scene: CitizenScene;
    readonly canvas: HTMLCanvasElement;
    readonly head: PackedHead;
    readonly other: PackedHead;
  }): Promise<FrameCache> {
    const cache = new FrameCache();
    await options.scene.setHead(options.head);
    await options.scene.setOther(options.other);
    for (const [key, view] of viewsToRender()) {
      cache.#pictures.set(key, await paint(options, view));
      await giveWay();
    }
    return cache;
  }

  /** The rendered picture nearest to a pose; shifts and tilts are left to the caller. */
  nearest(sight: View['sight'], pose: HeadPose): ImageBitmap {
    const picture = this.#pictures.get(keyOf(sight, pose)) ?? this.#pictures.get(keyOf(sight, NEUTRAL_POSE));
    if (!picture) throw new Error(`no picture of ${sight}`);
    return picture;
  }

  discard(): void {
    for (const picture of this.#pictures.values()) picture.close();
    this.#pictures.clear();
  }
}

function viewsToRender(): Map<string, View> {
  const views = new Map<string, View>();
  const add = (sight: View['sight'], pose: HeadPose) =>
    views.set(keyOf(sight, pose), { sight, pose, light: 1 });
  add('person', NEUTRAL_POSE);
  add('nobody', NEUTRAL_POSE);
  add('photo', NEUTRAL_POSE);
  add('two-people', NEUTRAL_POSE);
  for (let yaw = FINE_STEP; yaw <= WIDEST_TURN; yaw += yaw < FINE_RANGE ? FINE_STEP : COARSE_STEP) {
    add('person', { ...NEUTRAL_POSE, yaw });
    add('person', { ...NEUTRAL_POSE, yaw: -yaw });
  }
  for (let step = 1; step <= EXPRESSION_STEPS; step++) {
    add('person', { ...NEUTRAL_POSE, closeEyes: step / EXPRESSION_STEPS });
    add('person', { ...NEUTRAL_POSE, openMouth: step / EXPRESSION_STEPS });
  }
  return views;
}

/** Mouth and eyes are rendered for a head held straight. */
function keyOf(sight: View['sight'], pose: HeadPose): string {
  if (sight !== 'person') return sight;
  const mouth = Math.round(pose.openMouth * EXPRESSION_STEPS);
  const eyes = Math.round(pose.closeEyes * EXPRESSION_STEPS);
  if (mouth > 0) return `mouth ${mouth}`;
  if (eyes > 0) return `eyes ${eyes}`;
  return `yaw ${nearestYaw(pose.yaw)}`;
}

function nearestYaw(yaw: number): number {
  const size = Math.min(WIDEST_TURN, Math.abs(yaw));
  const step = size <= FINE_RANGE ? FINE_STEP : COARSE_STEP;
  const nearest = Math.round(size / step) * step;
  return nearest === 0 ? 0 : Math.sign(yaw) * nearest;
}

const reading = new OffscreenCanvas(WIDTH, HEIGHT).getContext('2d', { willReadFrequently: true });

/** Read back at once, so that nothing is left for the graphics process to do later. */
function paint(
  on: { readonly scene: CitizenScene; readonly canvas: HTMLCanvasElement },
  view: View,
): Promise<ImageBitmap> {
  if (!reading) throw new Error('no 2d canvas');
  on.scene.render(view);
  reading.drawImage(on.canvas, 0, 0);
  return createImageBitmap(reading.getImageData(0, 0, WIDTH, HEIGHT));
}

function giveWay(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}
