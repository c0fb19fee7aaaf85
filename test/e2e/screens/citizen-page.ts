import { readFile, stat } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { type CameraProfile, PLAIN_CAMERA } from '#contract/camera-profile.ts';
import type { Snapshot } from '#domain/session/snapshot.ts';

export const ORIGIN = 'https://kiosk.invalid';
const BUILD = resolve(import.meta.dirname, '../../../build/renderer');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

/** What the page said to the station: the method and its input, in order. */
export interface SaidCall {
  readonly method: string;
  readonly input: unknown;
}

/** Serves the built pages from disk, as a host does, and refuses every other request. */
export async function serveBuiltPages(context: BrowserContext): Promise<void> {
  const folder = process.env.EID_RENDERER_BUILD ?? BUILD;
  await stat(folder).catch(() => {
    throw new Error('build/renderer is missing: run `npm run build:renderer` first');
  });
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    const file = resolve(folder, `.${decodeURIComponent(url.pathname)}`);
    if (url.origin !== ORIGIN || !file.startsWith(folder + sep)) return route.abort('blockedbyclient');
    const found = await stat(file).catch(() => null);
    if (!found?.isFile()) return route.fulfill({ status: 404, body: '' });
    return route.fulfill({
      body: await readFile(file),
      contentType: TYPES[extname(file)] ?? 'application/octet-stream',
    });
  });
}

/** Puts a station into the page that answers every call at once and shows what the test tells it to. */
export async function standInForStation(
  page: Page,
  first: Snapshot,
  camera: CameraProfile = PLAIN_CAMERA,
): Promise<void> {
  await page.addInitScript(
    ([firstSnapshot, cameraProfile]) => {
      const said: { method: string; input: unknown }[] = [];
      let listener: ((message: string) => void) | null = null;
      const deliver = (message: unknown) => listener?.(JSON.stringify(message));
      const answers: Record<string, unknown> = {
        attach: firstSnapshot,
        act: { accepted: true },
        submitNumber: { accepted: true },
        submitName: { accepted: true },
        submitPassword: { accepted: true },
        cameraProfile,
      };
      Object.assign(window, {
        eidChannel: {
          onMessage(next: (message: string) => void) {
            listener = next;
          },
          send(message: string) {
            const call = JSON.parse(message) as { id: number; method: string; input: unknown };
            said.push({ method: call.method, input: call.input });
            queueMicrotask(() => deliver({ kind: 'value', id: call.id, value: answers[call.method] ?? {} }));
          },
        },
        testStation: {
          said,
          show: (snapshot: unknown) => deliver({ kind: 'push', event: 'snapshot', payload: snapshot }),
          command: (command: unknown) => deliver({ kind: 'push', event: 'face', payload: command }),
        },
      });
    },
    [first, camera] as const,
  );
}

interface TestStation {
  readonly said: SaidCall[];
  show(snapshot: unknown): void;
}

/** Shows a snapshot and waits until it is painted. */
export async function show(page: Page, snapshot: Snapshot): Promise<void> {
  await page.evaluate(
    (next) =>
      new Promise<void>((painted) => {
        (window as unknown as { testStation: TestStation }).testStation.show(next);
        requestAnimationFrame(() => requestAnimationFrame(() => painted()));
      }),
    snapshot,
  );
}

export function said(page: Page): Promise<readonly SaidCall[]> {
  return page.evaluate(() => (window as unknown as { testStation: TestStation }).testStation.said);
}

/** In place of a camera: a drawn face that sways, so that the preview shows what it would show. */
export async function standInForCamera(page: Page): Promise<void> {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      const canvas = document.createElement('canvas');
      canvas.width = 640;
      canvas.height = 480;
      const pen = canvas.getContext('2d');
      if (!pen) throw new Error('no canvas');
      let turn = 0;
      const draw = () => {
        turn += 0.05;
        pen.fillStyle = '#b9c6d3';
        pen.fillRect(0, 0, 640, 480);
        pen.fillStyle = '#41566f';
        pen.beginPath();
        pen.ellipse(320, 500, 190, 130, 0, 0, 7);
        pen.fill();
        pen.fillStyle = '#efc7a3';
        pen.beginPath();
        pen.ellipse(320 + 6 * Math.sin(turn), 240, 105, 140, 0, 0, 7);
        pen.fill();
      };
      draw();
      setInterval(draw, 50);
      return canvas.captureStream(20);
    };
  });
}
