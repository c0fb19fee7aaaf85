import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page, type Route } from 'playwright-core';
import { build } from 'vite';
import { type BuiltFile, bundleCitizen } from '../../citizens/bundle.ts';

const root = resolve(import.meta.dirname, '../../..');
export const ORIGIN = 'https://kiosk.invalid';

/** The policy that the product's pages are served with. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self' data: blob:; " +
  "style-src 'self'; worker-src 'self'; media-src 'self' blob:";

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  wasm: 'application/wasm',
};

/** A page with the product's camera and its real worker, built as the product is built, served from its own origin. */
export interface OpenedCameraPage {
  readonly page: Page;
  /** Every address that anything in the browser asked for. */
  readonly requests: readonly string[];
  /** What the page's policy refused, and what was thrown. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export async function openCameraPage(options: {
  /** Chromium's own fake camera with a clip or with its test pattern; none unless told: then the page plays clips. */
  readonly fakeCamera?: FakeCamera;
  readonly withStudio: boolean;
  /** Whether `window.observer` reads the studio's views in virtual time. */
  readonly withObserver?: boolean;
  /** Whether the person before the browser allows the camera; true unless told. */
  readonly allowed?: boolean;
  /** Called before the page is opened. */
  readonly prepare?: (context: BrowserContext) => Promise<void>;
}): Promise<OpenedCameraPage> {
  const citizens = options.withObserver ? 'observer' : options.withStudio ? 'studio' : null;
  const files = await filesToServe(citizens);
  const browser = await launch(options.fakeCamera);
  const context = await browser.newContext({
    permissions: options.allowed === false ? [] : ['camera'],
  });
  const requests: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  await context.route('**/*', (route) => serve(route, files));
  await options.prepare?.(context);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|CSP/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(`${ORIGIN}/index.html`);
  await page.waitForFunction(() => 'cameraPage' in window);
  if (citizens) {
    // As text: a test runner that compiles this file would put its own import in place of the page's.
    await page.evaluate(`import('${ORIGIN}/citizen-test/${citizens}.js').then(() => true)`);
  }
  return { page, requests, complaints, close: () => browser.close() };
}

type FakeCamera = { readonly clip: string } | 'test-pattern';

function launch(fakeCamera: FakeCamera | undefined): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      ...(fakeCamera ? ['--use-fake-device-for-media-stream'] : []),
      ...(typeof fakeCamera === 'object' ? [`--use-file-for-fake-video-capture=${fakeCamera.clip}`] : []),
    ],
  });
}

async function filesToServe(citizens: 'studio' | 'observer' | null): Promise<ReadonlyMap<string, BuiltFile>> {
  const files = [...(await buildPage()), ...faceFiles()];
  if (citizens) {
    for (const file of await bundleCitizen(citizens))
      files.push({ ...file, name: `citizen-test/${file.name}` });
  }
  return new Map(files.map((file) => [`/${file.name}`, file]));
}

async function buildPage(): Promise<BuiltFile[]> {
  const folder = join(import.meta.dirname, 'page');
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    root: folder,
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'chrome140',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: join(folder, 'index.html') },
    },
  });
  if (Array.isArray(result) || !('output' in result)) throw new Error('vite gave no output');
  return result.output.map((file) => ({
    name: file.fileName,
    body: Buffer.from(file.type === 'chunk' ? file.code : file.source),
    contentType: typeOf(file.fileName),
  }));
}

/** The same three files that the build of the renderer puts under `/face/`. */
function faceFiles(): BuiltFile[] {
  const wasm = join(root, 'node_modules/@mediapipe/tasks-vision/wasm');
  const paths = [
    join(wasm, 'vision_wasm_module_internal.js'),
    join(wasm, 'vision_wasm_module_internal.wasm'),
    join(root, 'resources/models/face_landmarker.task'),
  ];
  return paths.map((path) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return { name: `face/${name}`, body: readFileSync(path), contentType: typeOf(name) };
  });
}

function typeOf(name: string): string {
  return TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}

async function serve(route: Route, files: ReadonlyMap<string, BuiltFile>): Promise<void> {
  const url = new URL(route.request().url());
  const file = url.origin === ORIGIN ? files.get(url.pathname) : undefined;
  if (!file) {
    await route.abort();
    return;
  }
  const { body, contentType } = file;
  await route.fulfill({ body, contentType, headers: { 'Content-Security-Policy': POLICY } });
}
