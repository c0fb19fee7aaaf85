import { expect, type Page, test } from '@playwright/test';
import { PNG } from 'pngjs';
import { type CameraProfile, PLAIN_CAMERA, ROTATIONS } from '#contract/camera-profile.ts';
import { NEUTRAL_POSE } from '../citizens/head-pose.ts';
import { type OpenedCameraPage, openCameraPage } from '../renderer/camera/camera-page.ts';
import { faceSignals } from '../renderer/camera/face-signals.ts';
import { ORIGIN, serveBuiltPages, standInForStation } from './screens/citizen-page.ts';
import { SCENES } from './screens/scenes.ts';

/** Degrees to the person's left, held all the time: a picture that was mirrored would turn the other way. */
const TURNED = 24;

/** What the camera's picture has to be compared with, as differences of brightness from 0 to 255. */
interface Likeness {
  readonly upright: number;
  readonly mirrored: number;
}

test.describe('a camera that is not built in upright', () => {
  let opened: OpenedCameraPage;

  test.beforeAll(async () => {
    opened = await openCameraPage({ withStudio: true });
    await opened.page.evaluate(() => window.studio.load(['lin']));
  });
  test.afterAll(() => opened.close());

  for (const rotation of ROTATIONS) {
    test(`and whose picture is turned by ${rotation} degrees is tracked and pictured upright, never mirrored`, async () => {
      await stand({ rotation, framesPerSecond: 15 });
      const frames = await watch({ ...PLAIN_CAMERA, rotation });
      const size = rotation % 180 === 0 ? { width: 640, height: 480 } : { width: 480, height: 640 };
      for (const frame of frames) expect(frame).toMatchObject({ ...size, faces: 1 });
      const yaws = frames.map(faceSignals).map((signal) => signal?.yaw ?? Number.NaN);
      expect(Math.min(...yaws)).toBeGreaterThan(0.5 * TURNED);
      const likeness = await likenessOfPicture();
      expect(likeness.upright).toBeLessThan(8);
      expect(likeness.mirrored).toBeGreaterThan(2 * likeness.upright);
    });
  }

  test('is cut to the part that its profile names', async () => {
    await stand({ rotation: 90, framesPerSecond: 15 });
    const crop = { left: 0, top: 0.125, width: 1, height: 0.75 };
    const frames = await watch({ ...PLAIN_CAMERA, rotation: 90, crop });
    for (const frame of frames) expect(frame).toMatchObject({ width: 480, height: 480, faces: 1 });
  });

  test('and delivers fewer frames than it has to is told of, with the rate that it has', async () => {
    await stand({ rotation: 0, framesPerSecond: 4 });
    await watch({ ...PLAIN_CAMERA, minimumFrameRate: 15 });
    await expect.poll(() => opened.page.evaluate(() => window.cameraPage.tooSlow)).not.toBeNull();
    expect(await opened.page.evaluate(() => window.cameraPage.tooSlow)).toBeLessThan(7);
  });

  test('and delivers enough of them is not', async () => {
    await stand({ rotation: 0, framesPerSecond: 20 });
    await watch({ ...PLAIN_CAMERA, minimumFrameRate: 2 });
    await opened.page.waitForTimeout(4000);
    expect(await opened.page.evaluate(() => window.cameraPage.tooSlow)).toBeNull();
    expect(await opened.page.evaluate(() => window.cameraPage.upsideDown)).toBe(false);
  });

  test('and hangs upside down, which its profile does not say, is told of', async () => {
    await stand({ rotation: 180, framesPerSecond: 10 });
    await watch(PLAIN_CAMERA);
    await expect.poll(() => opened.page.evaluate(() => window.cameraPage.upsideDown)).toBe(true);
  });

  /** Puts a camera in place that has to be turned by `rotation` to be upright. */
  async function stand(options: {
    readonly rotation: number;
    readonly framesPerSecond: number;
  }): Promise<void> {
    await opened.page.evaluate(
      async ({ rotation, framesPerSecond, pose }) => {
        const { cameraPage, studio } = window;
        const person = await studio.bitmap({ people: [{ head: 'lin', pose }] });
        const upright = rotation % 180 === 0 ? [640, 480] : [480, 640];
        const [width = 0, height = 0] = upright;
        const scale = Math.min(1, width / 640);
        const sensor = new OffscreenCanvas(640, 480);
        const pen = sensor.getContext('2d');
        if (!pen) throw new Error('no 2d canvas');
        pen.fillStyle = '#c3c7cd';
        pen.fillRect(0, 0, 640, 480);
        pen.translate(320, 240);
        pen.rotate((-rotation * Math.PI) / 180);
        pen.drawImage(person, -320 * scale, -240 * scale, 640 * scale, 480 * scale);
        const scene = new OffscreenCanvas(width, height);
        const other = scene.getContext('2d');
        other?.translate(width / 2, height / 2);
        if (other) other.fillStyle = '#c3c7cd';
        other?.fillRect(-width, -height, 2 * width, 2 * height);
        other?.drawImage(person, -320 * scale, -240 * scale, 640 * scale, 480 * scale);
        Object.assign(window, { expectedScene: scene });
        cameraPage.camera.stop();
        cameraPage.load({ pictures: [sensor.transferToImageBitmap()], framesPerSecond });
      },
      { ...options, pose: { ...NEUTRAL_POSE, yaw: TURNED } },
    );
  }

  async function watch(profile: CameraProfile) {
    return opened.page.evaluate(async (given) => {
      const { cameraPage } = window;
      cameraPage.tooSlow = null;
      cameraPage.upsideDown = false;
      await cameraPage.camera.start(cameraPage.video, given);
      // The first frames of a tracker that meets another picture are still unsteady.
      cameraPage.frames.length = 0;
      while (cameraPage.frames.length < 14) {
        if (cameraPage.ended) throw new Error('the tracker broke off');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return cameraPage.frames.slice(6).map(cameraPage.toWireFrame);
    }, profile);
  }

  /** Compares the picture that goes to the station with the scene before the camera, and with its mirror image. */
  async function likenessOfPicture(): Promise<Likeness> {
    return opened.page.evaluate(async () => {
      const { jpeg } = await window.cameraPage.camera.capture({ crop: 'none', size: 160, quality: 0.9 });
      const taken = await createImageBitmap(new Blob([Uint8Array.from(jpeg)], { type: 'image/jpeg' }));
      const { expectedScene } = window as unknown as { expectedScene: OffscreenCanvas };
      const brightness = (source: CanvasImageSource, mirrored: boolean) => {
        const canvas = new OffscreenCanvas(taken.width, taken.height);
        const pen = canvas.getContext('2d');
        if (!pen) throw new Error('no 2d canvas');
        if (mirrored) pen.setTransform(-1, 0, 0, 1, taken.width, 0);
        pen.drawImage(source, 0, 0, taken.width, taken.height);
        const { data } = pen.getImageData(0, 0, taken.width, taken.height);
        return Array.from({ length: data.length / 4 }, (_, at) => data[4 * at + 1] ?? 0);
      };
      const seen = brightness(taken, false);
      const difference = (wanted: readonly number[]) =>
        seen.reduce((sum, value, at) => sum + Math.abs(value - (wanted[at] ?? 0)), 0) / seen.length;
      return {
        upright: difference(brightness(expectedScene, false)),
        mirrored: difference(brightness(expectedScene, true)),
      };
    });
  }
});

test.describe('the preview', () => {
  const RED = [200, 30, 30] as const;
  const BLUE = [30, 30, 200] as const;
  const GREEN = [30, 150, 30] as const;

  for (const rotation of ROTATIONS) {
    for (const mirror of [true, false]) {
      test(`of a camera to be turned by ${rotation} degrees stands upright, ${mirror ? 'as in a mirror' : 'not mirrored'}`, async ({
        page,
      }) => {
        const colour = await previewOf(page, { ...PLAIN_CAMERA, rotation, mirror });
        expect(colour(0.5, 0.12)).toBe('green');
        expect(colour(0.2, 0.5)).toBe(mirror ? 'blue' : 'red');
        expect(colour(0.8, 0.5)).toBe(mirror ? 'red' : 'blue');
      });
    }
  }

  test('shows the part that the tracker sees', async ({ page }) => {
    const crop = { left: 0, top: 0.3, width: 0.5, height: 0.7 };
    const colour = await previewOf(page, { rotation: 90, mirror: true, crop, minimumFrameRate: null });
    for (const across of [0.2, 0.5, 0.8]) expect(colour(across, 0.5)).toBe('red');
    expect(colour(0.5, 0.06)).toBe('red');
  });

  /**
   * Opens the face step before a scene whose upper quarter is green, its left half red, its right half blue. Answers
   * with the colour at a place of the preview, in shares of its width and height.
   */
  async function previewOf(
    page: Page,
    profile: CameraProfile,
  ): Promise<(across: number, down: number) => string> {
    const scene = SCENES.find(({ name }) => name === 'face-positioning');
    if (scene === undefined) throw new Error('no scene is called face-positioning');
    await serveBuiltPages(page.context());
    await page.addInitScript(
      ({ rotation, red, blue, green }) => {
        navigator.mediaDevices.getUserMedia = async () => {
          const canvas = document.createElement('canvas');
          canvas.width = 640;
          canvas.height = 480;
          const pen = canvas.getContext('2d');
          if (!pen) throw new Error('no canvas');
          const [width, height] = rotation % 180 === 0 ? [640, 480] : [480, 640];
          const paint = () => {
            pen.setTransform(1, 0, 0, 1, 320, 240);
            pen.rotate((-rotation * Math.PI) / 180);
            pen.fillStyle = `rgb(${red})`;
            pen.fillRect(-width / 2, -height / 2, width / 2, height);
            pen.fillStyle = `rgb(${blue})`;
            pen.fillRect(0, -height / 2, width / 2, height);
            pen.fillStyle = `rgb(${green})`;
            pen.fillRect(-width / 2, -height / 2, width, height / 4);
          };
          paint();
          setInterval(paint, 50);
          return canvas.captureStream(20);
        };
      },
      { rotation: profile.rotation, red: RED.join(), blue: BLUE.join(), green: GREEN.join() },
    );
    await standInForStation(page, { ...scene.snapshot, number: 1, language: 'zh-CN' }, profile);
    await page.goto(`${ORIGIN}/citizen/index.html`);
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0);
    const room = await page.locator('.face').boundingBox();
    if (room === null) throw new Error('no preview');
    const picture = PNG.sync.read(await page.screenshot({ clip: room }));
    return (across, down) => {
      const at = 4 * (Math.round(down * picture.height) * picture.width + Math.round(across * picture.width));
      const [red = 0, green = 0, blue = 0] = picture.data.subarray(at, at + 3);
      if (red > 2 * Math.max(green, blue)) return 'red';
      if (blue > 2 * Math.max(red, green)) return 'blue';
      return green > 2 * Math.max(red, blue) ? 'green' : `rgb(${red}, ${green}, ${blue})`;
    };
  }
});
