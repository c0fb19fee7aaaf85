import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { readWireFrame } from '#station/api/wire-frame.ts';
import { HEADS, type HeadId } from '../../citizens/citizen-controls.ts';
import type { View } from '../../citizens/scene-view.ts';
import type { Stage } from '../page/stage.ts';
import type { VirtualCamera } from './virtual-try.ts';

declare global {
  interface Window {
    stage: Stage;
  }
}

const ROOT = resolve(import.meta.dirname, '../../..');
const ORIGIN = 'https://stage.invalid';

/**
 * The table of what is asked of a face, which the reader bundles because it ranks pictures by it. What is drawn and read
 * does not depend on it, so a new threshold is judged over the records that there are.
 */
const JUDGEMENT = join(ROOT, 'src/domain/liveness/thresholds.ts');

/** Everything that decides what a view looks like and what is read out of it. */
export interface StageFiles {
  readonly files: ReadonlyMap<string, { readonly body: Buffer; readonly contentType: string }>;
  /** SHA-256 over renderer, reader and model, hexadecimal; heads are told apart by {@link headKeys}. */
  readonly rendererKey: string;
  readonly headKeys: Readonly<Record<HeadId, string>>;
}

/** Bundles the page once for any number of browsers. */
export async function stageFiles(): Promise<StageFiles> {
  const stage = await bundle('stage');
  const worker = await bundle('reader-worker');
  const wasm = join(ROOT, 'node_modules/@mediapipe/tasks-vision/wasm');
  const face = (name: string, folder: string, contentType: string) =>
    [`/face/${name}`, { body: readFileSync(join(folder, name)), contentType }] as const;
  const faceFiles = [
    face('vision_wasm_module_internal.js', wasm, 'text/javascript'),
    face('vision_wasm_module_internal.wasm', wasm, 'application/wasm'),
    face('face_landmarker.task', join(ROOT, 'resources/models'), 'application/octet-stream'),
  ];
  const heads = HEADS.map((id) => ({
    id,
    body: readFileSync(join(ROOT, 'test/citizens/heads', `${id}.json.gz`)),
  }));
  // Of the sources: what a bundler makes of them differs from one run to the next.
  const sources = [...new Set([...stage.sources, ...worker.sources])].filter((file) => file !== JUDGEMENT);
  const rendererKey = sha256([
    ...sources.toSorted().flatMap((file) => [Buffer.from(relative(ROOT, file)), readFileSync(file)]),
    ...faceFiles.map(([, { body }]) => body),
  ]);
  const headKeys = Object.fromEntries(
    heads.map(({ id, body }) => [id, sha256([body])]),
  ) as StageFiles['headKeys'];
  return {
    rendererKey,
    headKeys,
    files: new Map([
      ['/', { body: Buffer.from('<!doctype html><title>stage</title>'), contentType: 'text/html' }],
      ['/stage.js', { body: stage.code, contentType: 'text/javascript' }],
      ['/reader-worker.js', { body: worker.code, contentType: 'text/javascript' }],
      ...heads.map(
        ({ id, body }) =>
          [`/heads/${id}.json.gz`, { body, contentType: 'application/octet-stream' }] as const,
      ),
      ...faceFiles,
    ]),
  };
}

interface Bundle {
  readonly code: Buffer;
  /** Files that went into it, whole paths. */
  readonly sources: readonly string[];
}

async function bundle(name: 'stage' | 'reader-worker'): Promise<Bundle> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    root: ROOT,
    build: {
      write: false,
      target: 'chrome140',
      modulePreload: { polyfill: false },
      lib: { entry: join(ROOT, 'test/attacks/page', `${name}.ts`), formats: ['es'], fileName: name },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (chunk === undefined) throw new Error('vite gave no output');
  return { code: Buffer.from(chunk.code), sources: chunk.moduleIds.filter((id) => isAbsolute(id)) };
}

function sha256(parts: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(createHash('sha256').update(part).digest());
  return hash.digest('hex');
}

/** One browser with a stage. */
export interface OpenStage {
  /** A camera and tracker that know nothing of what was before. */
  begin(): Promise<VirtualCamera>;
  thumbnail(view: View, width: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

export async function openStage({ files }: StageFiles): Promise<OpenStage> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
    ],
  });
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.route('**/*', (route) => {
    const url = new URL(route.request().url());
    const file = url.origin === ORIGIN ? files.get(url.pathname) : undefined;
    return file ? route.fulfill(file) : route.abort();
  });
  await page.goto(`${ORIGIN}/`);
  // As text: a test runner that rewrites imports leaves it alone.
  await page.evaluate(`import('${ORIGIN}/stage.js').then(() => undefined)`);
  const loaded = new Set<HeadId>();

  return {
    async begin() {
      if (faults.length > 0) throw new Error(`the stage failed: ${faults.join('; ')}`);
      await page.evaluate(() => window.stage.begin());
      return { show: (moment) => show(page, loaded, moment), capture: (request) => capture(page, request) };
    },
    async thumbnail(view, width) {
      await load(page, loaded, view);
      return bytes(
        await page.evaluate(([seen, wide]) => window.stage.thumbnail(seen, wide), [view, width] as const),
      );
    },
    close: () => browser.close(),
  };
}

async function show(page: Page, loaded: Set<HeadId>, moment: { readonly view: View; readonly at: number }) {
  await load(page, loaded, moment.view);
  return readWireFrame(await page.evaluate((staged) => window.stage.show(staged), moment));
}

async function load(page: Page, loaded: Set<HeadId>, view: View): Promise<void> {
  const wanted = headsIn(view).filter((head) => !loaded.has(head));
  if (wanted.length > 0) {
    await page.evaluate((heads) => window.studio.load(heads), wanted);
    for (const head of wanted) loaded.add(head);
  }
}

async function capture(page: Page, request: Parameters<VirtualCamera['capture']>[0]) {
  const { crop, size, quality } = request;
  const captured = await page.evaluate((wish) => window.stage.capture(wish), { crop, size, quality });
  return captured === null ? null : { at: captured.at, jpeg: bytes(captured.jpeg) };
}

/** Every head that a view names, in persons, prints and clips alike. */
export function headsIn(view: View): readonly HeadId[] {
  const found = new Set<HeadId>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) look(each);
    else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) look(each);
    else for (const head of HEADS) if (head === value) found.add(head);
  };
  look(view);
  return [...found];
}

function bytes(base64: string): Uint8Array {
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}
