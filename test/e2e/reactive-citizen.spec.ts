import { expect, test } from '@playwright/test';
import { ACTIONS, type Action } from '#domain/liveness/action.ts';
import type { CitizenControls } from '../citizens/citizen-controls.ts';
import { durationOf } from '../citizens/performance.ts';
import { installReactiveCitizen } from '../citizens/reactive-citizen.ts';
import { type OpenedCameraPage, openCameraPage } from '../renderer/camera/camera-page.ts';
import { type FaceSignals, faceSignals } from '../renderer/camera/face-signals.ts';
import type { RecordedFrame } from '../renderer/camera/record-trace.ts';

declare global {
  interface Window {
    citizen: CitizenControls;
  }
}

/** The citizen of the demonstration, seen by the product's own tracker through the stream that replaces the camera. */
test.describe('a rendered citizen before the camera', () => {
  let opened: OpenedCameraPage;

  test.beforeAll(async () => {
    opened = await openCameraPage({
      withStudio: false,
      prepare: (context) => installReactiveCitizen(context, { head: 'lin' }),
    });
    await opened.page.evaluate(() => {
      const screen = document.createElement('main');
      screen.dataset.screen = 'face';
      document.body.append(screen);
    });
    const state = await opened.page.evaluate(() =>
      window.cameraPage.camera.start(window.cameraPage.video, window.cameraPage.plain),
    );
    expect(state).toMatchObject({ state: 'running', label: 'Rendered citizen', width: 640, height: 480 });
  });
  test.afterAll(() => opened.close());

  for (const action of ACTIONS) {
    test(`does what the screen asks: ${action}`, async () => {
      const before = seen(await watch(null, 1200));
      const during = seen(await watch(action, 900 + durationOf(action)));
      const rest: AtRest = {
        eyes: middle(before.map((signal) => signal.eyes)),
        pitch: middle(before.map((signal) => signal.pitch)),
        mouthWidth: middle(before.map((signal) => signal.mouthWidth)),
      };
      expect(Math.max(...before.map((signal) => Math.abs(signal.yaw)))).toBeLessThan(8);
      expect(DONE[action](during, rest)).toBe(true);
    });
  }

  test('is one of two when two are asked for, and nobody when nobody is', async () => {
    await mode('two-people');
    expect(majority((await watch(null, 1500)).map((frame) => frame.faces === 2))).toBe(true);
    await mode('nobody');
    expect(majority((await watch(null, 1500)).map((frame) => frame.faces === 0))).toBe(true);
  });

  test('does nothing when asked while being a photo', async () => {
    await mode('photo');
    await watch(null, 1000);
    const still = seen(await watch('turn-left', 2500));
    expect(still.length).toBeGreaterThan(0);
    expect(Math.max(...still.map((signal) => Math.abs(signal.yaw)))).toBeLessThan(10);
  });

  test("breaks nothing of the page's policy", () => {
    expect(opened.complaints).toEqual([]);
  });

  /** What the tracker sees over some time while the screen asks for an action. */
  function watch(action: Action | null, length: number): Promise<readonly RecordedFrame[]> {
    return opened.page.evaluate(
      async ([asked, time]) => {
        const { frames, toWireFrame } = window.cameraPage;
        const screen = document.querySelector<HTMLElement>('[data-screen="face"]');
        frames.length = 0;
        if (screen && asked) screen.dataset.action = asked;
        await new Promise((resolve) => setTimeout(resolve, time));
        if (screen) delete screen.dataset.action;
        return frames.map(toWireFrame);
      },
      [action, length] as const,
    );
  }

  async function mode(wanted: CitizenControls['mode']): Promise<void> {
    await opened.page.evaluate((chosen) => {
      window.citizen.mode = chosen;
    }, wanted);
    await watch(null, 700);
  }
});

const DONE: Record<Action, (during: readonly FaceSignals[], rest: AtRest) => boolean> = {
  'turn-left': (during) => during.some((signal) => signal.yaw > 18),
  'turn-right': (during) => during.some((signal) => signal.yaw < -18),
  'open-mouth': (during) => during.some((signal) => signal.mouth > 0.5),
  nod: (during, rest) => during.some((signal) => signal.pitch < rest.pitch - 10),
  smile: (during, rest) => during.some((signal) => signal.mouthWidth > 1.12 * rest.mouthWidth),
  blink: (during, rest) => during.some((signal) => signal.eyes < 0.62 * rest.eyes),
};

type AtRest = Pick<FaceSignals, 'eyes' | 'pitch' | 'mouthWidth'>;

function seen(frames: readonly RecordedFrame[]): FaceSignals[] {
  return frames.map(faceSignals).filter((signal) => signal !== null);
}

function majority(values: readonly boolean[]): boolean {
  return values.filter(Boolean).length > values.length / 2;
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
