import '../../../src/require-node.mjs';
import { writeFileSync } from 'node:fs';
import { openCameraPage } from '../../renderer/camera/camera-page.ts';
import { HEADS, type HeadId } from '../citizen-controls.ts';
import { type HeadPose, NEUTRAL_POSE } from '../head-pose.ts';
import type { Occlusion, View } from '../scene-view.ts';

/**
 * All heads beside each other in every pose, light and occlusion, for the eye to judge:
 * `node test/citizens/generator/contact-sheet.ts FILE.png [head ...]`. Prints what a picture costs.
 */
const CELL = { width: 160, height: 176 };
/** Head and collar of the 640x480 picture. */
const CUT = { x: 160, y: 40, width: 320, height: 352 };
const NOISE = { seed: 1, frame: 1, level: 2.5 };

const [file, ...asked] = process.argv.slice(2);
if (!file) throw new Error('usage: contact-sheet.ts FILE.png [head ...]');
const heads = asked.length > 0 ? HEADS.filter((head) => asked.includes(head)) : HEADS;

const posed =
  (pose: Partial<HeadPose>) =>
  (head: HeadId): View => ({
    people: [{ head, pose: { ...NEUTRAL_POSE, ...pose } }],
    noise: NOISE,
  });
const shown =
  (view: Omit<View, 'people'>) =>
  (head: HeadId): View => ({ ...posed({})(head), ...view });
const hidden =
  (occlusion: Occlusion) =>
  (head: HeadId): View => ({
    people: [{ head, pose: NEUTRAL_POSE, occlusion }],
  });

const COLUMNS: readonly ((head: HeadId) => View)[] = [
  posed({}),
  posed({ yaw: 30 }),
  posed({ yaw: -30 }),
  posed({ pitch: 18 }),
  posed({ openMouth: 1 }),
  posed({ smile: 1 }),
  posed({ closeEyes: 0.8 }),
  shown({ light: { kind: 'dim', level: 1 } }),
  shown({ light: { kind: 'back', level: 1 } }),
  shown({ light: { kind: 'side', level: 1 } }),
  shown({ distance: 4.6 }),
  shown({ distance: 8.5 }),
  shown({ flash: 'white' }),
  shown({ flash: 'green' }),
  shown({ flash: 'violet', light: { kind: 'dim', level: 1 } }),
  hidden('hand'),
  hidden('mask'),
  hidden('sunglasses'),
  hidden('hair'),
];

const { page, close } = await openCameraPage({ withStudio: true });
try {
  await page.evaluate((ids) => window.studio.load(ids), heads);
  for (const head of heads) {
    const cost = await page.evaluate((view) => {
      const started = performance.now();
      for (let i = 0; i < 20; i++) window.studio.pixels(view);
      return (performance.now() - started) / 20;
    }, posed({})(head));
    console.log(`${head}: ${cost.toFixed(1)} ms a picture`);
  }
  const url = await page.evaluate(
    async ({ rows, cell, cut }) => {
      const sheet = document.createElement('canvas');
      sheet.width = cell.width * (rows[0]?.length ?? 0);
      sheet.height = cell.height * rows.length;
      const pen = sheet.getContext('2d');
      if (!pen) throw new Error('no 2d canvas');
      pen.imageSmoothingQuality = 'high';
      for (const [y, views] of rows.entries()) {
        for (const [x, view] of views.entries()) {
          const picture = await window.studio.bitmap(view);
          const { width, height } = cell;
          pen.drawImage(picture, cut.x, cut.y, cut.width, cut.height, x * width, y * height, width, height);
          picture.close();
        }
      }
      return sheet.toDataURL('image/png');
    },
    { rows: heads.map((head) => COLUMNS.map((viewOf) => viewOf(head))), cell: CELL, cut: CUT },
  );
  writeFileSync(file, Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
} finally {
  await close();
}
