import '../../../src/require-node.mjs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ACTIONS, type Action } from '#domain/liveness/action.ts';
import { NEUTRAL_POSE } from '../../citizens/head-pose.ts';
import type { View } from '../../citizens/page/citizen-scene.ts';
import { handHeld, idle, perform } from '../../citizens/performance.ts';
import { openCameraPage } from './camera-page.ts';
import { recordTrace } from './record-trace.ts';

/**
 * Records what the real tracker says of the rendered citizens into `test/domain/liveness/traces`:
 * `node test/renderer/camera/write-traces.ts [lin mei] [name ...]`. Every trace begins with 2 s of a neutral face;
 * an asked movement begins at 2.3 s.
 */
const FRAMES_PER_SECOND = 30;
const LENGTH = 5500;
const MOVEMENT_AT = 2300;

type ViewAt = (time: number) => View;
const person = (pose: View['pose']): View => ({ sight: 'person', pose, light: 1 });
const acting =
  (action: Action): ViewAt =>
  (time) =>
    person(perform(action, time - MOVEMENT_AT, idle(time, { blinking: false })));

const PERFORMANCES: Readonly<Record<string, ViewAt>> = {
  ...Object.fromEntries(ACTIONS.map((action) => [action, acting(action)])),
  neutral: (time) => person(idle(time, { blinking: true })),
  'photo-still': (time) => ({ sight: 'photo', pose: handHeld(time, 0), light: 1 }),
  'photo-tilted': (time) => ({ sight: 'photo', pose: handHeld(time, 32), light: 1 }),
  'two-people': (time) => ({
    sight: 'two-people',
    pose: idle(time, { blinking: true }),
    otherPose: idle(time, { blinking: true, seed: 3 }),
    light: 1,
  }),
  dark: (time) => ({ sight: 'person', pose: idle(time, { blinking: true }), light: 0.1 }),
  nobody: () => ({ sight: 'nobody', pose: NEUTRAL_POSE, light: 1 }),
};

const HEADS = ['lin', 'mei'];
const asked = process.argv.slice(2);
const heads = HEADS.filter((head) => asked.includes(head));
const names = Object.keys(PERFORMANCES).filter((name) => asked.includes(name));
const folder = join(import.meta.dirname, '../../domain/liveness/traces');
mkdirSync(folder, { recursive: true });
const { page, close } = await openCameraPage({ withStudio: true });
try {
  for (const head of heads.length > 0 ? heads : HEADS) {
    for (const [name, viewAt] of Object.entries(PERFORMANCES)) {
      if (names.length > 0 && !names.includes(name)) continue;
      const count = Math.round((LENGTH * FRAMES_PER_SECOND) / 1000);
      const { frames, times } = await recordTrace({
        page,
        head,
        other: HEADS.find((other) => other !== head) ?? null,
        views: Array.from({ length: count }, (_, i) => viewAt((i * 1000) / FRAMES_PER_SECOND)),
        framesPerSecond: FRAMES_PER_SECOND,
      });
      const file = `${head}-${name}.json.gz`;
      writeFileSync(join(folder, file), gzipSync(JSON.stringify(frames), { level: 9 }));
      const middle = times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
      console.log(`${file}: ${frames.length} frames, ${middle.toFixed(1)} ms each`);
    }
  }
} finally {
  await close();
}
