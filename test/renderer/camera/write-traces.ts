import '../../../src/require-node.mjs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ACTIONS, type Action } from '#domain/liveness/action.ts';
import type { HeadId } from '../../citizens/citizen-controls.ts';
import { mannerOf } from '../../citizens/manner.ts';
import { handHeld, idle, perform } from '../../citizens/performance.ts';
import { BESIDE, type Subject, type View } from '../../citizens/scene-view.ts';
import { openCameraPage } from './camera-page.ts';
import { observeViews } from './record-trace.ts';

/**
 * Records what the product reads out of the rendered citizens into `test/domain/liveness/traces`:
 * `node test/renderer/camera/write-traces.ts [head ...] [name ...]`. Every trace begins with 2 s of a neutral face;
 * an asked movement begins at 2.3 s.
 */
const FRAMES_PER_SECOND = 12.5;
const LENGTH = 5500;
const MOVEMENT_AT = 2300;
/** Different in sex, age, skin and hair; one with glasses. */
const HEADS: readonly HeadId[] = ['lin', 'mei', 'kofi', 'vera'];
const OTHER: HeadId = 'juan';

type ViewAt = (time: number) => Omit<View, 'noise'>;
type Performance = (head: HeadId) => ViewAt;

const alone = (head: HeadId, pose: ReturnType<typeof idle>): Subject => ({ people: [{ head, pose }] });

function acting(action: Action): Performance {
  return (head) => (time) => {
    const manner = mannerOf(HEADS.indexOf(head));
    const held = idle(time, { blinking: false, manner });
    return alone(head, perform({ action, time: time - MOVEMENT_AT, manner }, held));
  };
}

function photo(tilt: number): Performance {
  return (head) => {
    const shows: View = {
      ...alone(head, idle(0, { blinking: false })),
      noise: { seed: 99, frame: 0, level: 1 },
    };
    return (time) => ({ people: [], props: [{ kind: 'photo', shows, held: handHeld(time, tilt) }] });
  };
}

const PERFORMANCES: Readonly<Record<string, Performance>> = {
  ...Object.fromEntries(ACTIONS.map((action) => [action, acting(action)])),
  neutral: (head) => (time) => alone(head, idle(time, { blinking: true })),
  'photo-still': photo(0),
  'photo-tilted': photo(32),
  'two-people': (head) => (time) => {
    const behind = idle(time, { blinking: true, manner: mannerOf(3) });
    const other = { head: OTHER, pose: { ...behind, x: behind.x + BESIDE.x, z: BESIDE.z } };
    return { people: [{ head, pose: idle(time, { blinking: true }) }, other] };
  },
  dark: (head) => (time) => ({
    ...alone(head, idle(time, { blinking: true })),
    light: { kind: 'hall', level: 0.1 },
  }),
  nobody: () => () => ({ people: [] }),
};

const asked = process.argv.slice(2);
const heads = HEADS.filter((head) => asked.includes(head));
const names = Object.keys(PERFORMANCES).filter((name) => asked.includes(name));
const folder = join(import.meta.dirname, '../../domain/liveness/traces');
mkdirSync(folder, { recursive: true });
const { page, close } = await openCameraPage({ withStudio: true, withObserver: true });
try {
  for (const head of heads.length > 0 ? heads : HEADS) {
    for (const [name, performance] of Object.entries(PERFORMANCES)) {
      if (names.length > 0 && !names.includes(name)) continue;
      const viewAt = performance(head);
      const moments = Array.from({ length: Math.floor((LENGTH * FRAMES_PER_SECOND) / 1000) }, (_, frame) => {
        const at = Math.round((frame * 1000) / FRAMES_PER_SECOND);
        return { at, view: { ...viewAt(at), noise: { seed: HEADS.indexOf(head), frame, level: 2.2 } } };
      });
      const started = Date.now();
      const frames = await observeViews({ page, heads: [head, OTHER], moments });
      const packed = gzipSync(JSON.stringify(frames, rounded), { level: 9 });
      writeFileSync(join(folder, `${head}-${name}.json.gz`), packed);
      const cost = (Date.now() - started) / frames.length;
      console.log(
        `${head}-${name}: ${frames.length} frames, ${packed.length} bytes, ${cost.toFixed(0)} ms each`,
      );
    }
  }
} finally {
  await close();
}

/** More digits than the product keeps of anything, and fewer than a double has. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value;
}
