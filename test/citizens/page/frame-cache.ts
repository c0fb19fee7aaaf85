import type { HeadId } from '../citizen-controls.ts';
import { type HeadPose, NEUTRAL_POSE } from '../head-pose.ts';
import { BESIDE, type View } from '../scene-view.ts';
import type { CitizenScene } from './citizen-scene.ts';

/** What is in front of the camera: a person alone, with another, or nobody, or a printed photo of that person. */
export type Sight = 'person' | 'two-people' | 'nobody' | 'photo';

/** Movements, of which a citizen makes one at a time, and the places of each that are rendered, the first at rest. */
const RENDERED = {
  yaw: [-30, -27, -24, -21, -18, -15, -12, -9, -6, -3, -1.5, 0, 1.5, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30],
  pitch: [0, 4, 8, 12, 17, 22],
  openMouth: [0, 0.25, 0.5, 0.75, 1],
  smile: [0, 0.25, 0.5, 0.75, 1],
  closeEyes: [0, 0.25, 0.5, 0.7],
} as const satisfies Partial<Record<keyof HeadPose, readonly number[]>>;
type Movement = keyof typeof RENDERED;

/** From here on a head nods; below it only sways. */
const NODS_FROM = 3;

/** Two rendered pictures, and how much of the second is in what lies between them. */
export interface Blend {
  readonly from: ImageBitmap;
  readonly to: ImageBitmap;
  readonly share: number;
}

/**
 * A person's pictures, rendered once. Without a graphics card one picture takes as long as the tracker needs for
 * several, and both wait for the same graphics process: so a person who moves live shows pictures made beforehand,
 * blended so that no movement goes by steps.
 */
export class FrameCache {
  readonly #pictures = new Map<string, ImageBitmap>();

  /** Renders everything, giving way to the page after every picture. */
  static async render(options: {
    readonly scene: CitizenScene;
    readonly head: HeadId;
    readonly other: HeadId;
  }): Promise<FrameCache> {
    const cache = new FrameCache();
    for (const [key, view] of viewsToRender(options.head, options.other)) {
      // Read back at once, so that nothing is left for the graphics process to do later.
      cache.#pictures.set(key, await createImageBitmap(options.scene.render(view)));
      await giveWay();
    }
    return cache;
  }

  /** The pictures on both sides of a pose; shifts and tilts are left to the caller. */
  around(sight: Sight, pose: HeadPose): Blend {
    if (sight !== 'person') return { from: this.#picture(sight), to: this.#picture(sight), share: 0 };
    const movement = movementOf(pose);
    const places: readonly number[] = RENDERED[movement];
    const value = Math.max(places[0] ?? 0, Math.min(places.at(-1) ?? 0, pose[movement]));
    const above = Math.max(
      1,
      places.findIndex((place) => place >= value),
    );
    const [low = 0, high = 0] = [places[above - 1], places[above]];
    return {
      from: this.#picture(keyOf(movement, low)),
      to: this.#picture(keyOf(movement, high)),
      share: (value - low) / (high - low),
    };
  }

  discard(): void {
    for (const picture of this.#pictures.values()) picture.close();
    this.#pictures.clear();
  }

  #picture(key: string): ImageBitmap {
    const picture = this.#pictures.get(key);
    if (!picture) throw new Error(`no picture of ${key}`);
    return picture;
  }
}

function viewsToRender(head: HeadId, other: HeadId): Map<string, View> {
  const neutral: View = { people: [{ head, pose: NEUTRAL_POSE }] };
  const behind = { head: other, pose: { ...NEUTRAL_POSE, ...BESIDE } };
  const views = new Map<string, View>([
    ['nobody', { people: [] }],
    ['photo', { people: [], props: [{ kind: 'photo', shows: neutral, held: NEUTRAL_POSE }] }],
    ['two-people', { people: [...neutral.people, behind] }],
  ]);
  for (const movement of Object.keys(RENDERED) as Movement[]) {
    for (const place of RENDERED[movement])
      views.set(keyOf(movement, place), { people: [{ head, pose: { ...NEUTRAL_POSE, [movement]: place } }] });
  }
  return views;
}

function keyOf(movement: Movement, place: number): string {
  return place === 0 ? 'at rest' : `${movement} ${place}`;
}

/** What a face does comes before how the head is held. */
function movementOf(pose: HeadPose): Movement {
  if (pose.openMouth > 0) return 'openMouth';
  if (pose.smile > 0) return 'smile';
  if (pose.closeEyes > 0) return 'closeEyes';
  return pose.pitch > NODS_FROM ? 'pitch' : 'yaw';
}

function giveWay(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}
