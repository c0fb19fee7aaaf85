import { Human } from '@vladmandic/human';

export type Backend = 'wasm' | 'webgl';

/** `@vladmandic/human` in the page, for the comparison: mesh, iris, antispoof and liveness of one face. */
export interface HumanPage {
  load(backend: Backend): Promise<void>;
  /** Milliseconds that one picture took, and how many faces were found in it. */
  detect(picture: ImageBitmap): Promise<{ readonly took: number; readonly faces: number }>;
}

declare global {
  interface Window {
    human: HumanPage;
  }
}

const OFF = { enabled: false } as const;
const ON = { enabled: true } as const;
let human: Human | null = null;

const page: HumanPage = {
  async load(backend) {
    const files = new URL('.', import.meta.url).href;
    human = new Human({
      backend,
      wasmPath: files,
      modelBasePath: `${files}models/`,
      // A picture is looked at even when it resembles the one before, as the terminal's tracker does.
      cacheSensitivity: 0,
      filter: OFF,
      gesture: OFF,
      body: OFF,
      hand: OFF,
      object: OFF,
      segmentation: OFF,
      face: {
        enabled: true,
        detector: { maxDetected: 1 },
        mesh: ON,
        iris: ON,
        antispoof: ON,
        liveness: ON,
        emotion: OFF,
        description: OFF,
      },
    });
    await human.load();
    if (human.config.backend !== backend) throw new Error(`${backend} does not run here`);
  },
  async detect(picture) {
    if (!human) throw new Error('not loaded');
    const started = performance.now();
    const { face } = await human.detect(picture);
    return { took: performance.now() - started, faces: face.length };
  },
};
Object.assign(window, { human: page });
