import { HEADS } from '../../test/citizens/citizen-controls.ts';
import { type HeadPose, NEUTRAL_POSE } from '../../test/citizens/head-pose.ts';
import type { Light, View } from '../../test/citizens/scene-view.ts';
import { openCameraPage } from '../../test/renderer/camera/camera-page.ts';
import type { KnownPicture } from './read-samples.ts';

interface Look {
  readonly pose?: Partial<HeadPose>;
  readonly light?: Light;
  /** Decimetres. */
  readonly distance?: number;
}

/** What every head is seen doing; `neutral` is what the others are compared with. */
const LOOKS: Readonly<Record<string, Look>> = {
  neutral: {},
  'turn 15 left': { pose: { yaw: 15 } },
  'turn 15 right': { pose: { yaw: -15 } },
  'turn 30 left': { pose: { yaw: 30 } },
  'turn 30 right': { pose: { yaw: -30 } },
  nod: { pose: { pitch: 15 } },
  'open mouth': { pose: { openMouth: 1 } },
  smile: { pose: { smile: 1 } },
  blink: { pose: { closeEyes: 1 } },
  roll: { pose: { roll: 10 } },
  dim: { light: { kind: 'dim', level: 1 } },
  'light behind': { light: { kind: 'back', level: 1 } },
  'light beside': { light: { kind: 'side', level: 1 } },
  near: { distance: 5.2 },
  far: { distance: 8.5 },
};
/** Head and shoulders in the proportions of a card's portrait, and its size. */
const CARD = { x: 164, y: 14, width: 312, height: 385, outWidth: 102, outHeight: 126 } as const;
const LIGHT_WALL = 0xf4f6f8;

/** Pictures of the generated heads, painted in a Chromium that is given no address but its own files. */
export async function picturesOfHeads(): Promise<readonly KnownPicture[]> {
  const { page, close } = await openCameraPage({ withStudio: true });
  const pictures: KnownPicture[] = [];
  try {
    await page.evaluate((heads) => window.studio.load(heads), HEADS);
    for (const [number, head] of HEADS.entries()) {
      for (const [name, { pose, light, distance }] of Object.entries(LOOKS)) {
        const view: View = {
          people: [{ head, pose: { ...NEUTRAL_POSE, ...pose } }],
          noise: { seed: number, frame: pictures.length, level: 3 },
          ...(light && { light }),
          ...(distance && { distance }),
        };
        const url = await page.evaluate(
          (seen) => window.studio.picture(seen, { type: 'image/jpeg', quality: 0.8 }),
          view,
        );
        pictures.push(known(head, name, 'frame', url));
      }
      const url = await page.evaluate(
        ({ seen, cut }) => window.studio.picture(seen, { type: 'image/jpeg', quality: 0.6, cut }),
        { seen: { people: [{ head, pose: NEUTRAL_POSE }], wall: LIGHT_WALL } satisfies View, cut: CARD },
      );
      pictures.push(known(head, 'card', 'card', url));
    }
  } finally {
    await close();
  }
  return pictures;
}

function known(person: string, name: string, from: 'frame' | 'card', url: string): KnownPicture {
  const bytes = new Uint8Array(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  return { person, name, from, bytes: () => bytes };
}
