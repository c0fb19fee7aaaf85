import { FrameReader } from '../../../src/renderer/camera/frame-reader.ts';
import { toWireFrame } from '../../../src/renderer/camera/wire-frame.ts';
import type { View } from '../scene-view.ts';
import './studio.ts';

export type ObservedFrame = ReturnType<typeof toWireFrame>;

/** What the product reads out of rendered views, in virtual time: as fast as the machine renders. */
export interface Observer {
  /** A tracker that knows nothing of the frames before. */
  begin(): Promise<void>;
  observe(moment: { readonly view: View; readonly at: number }): ObservedFrame;
}

/** Where the product's pages have the runtime and the model. */
const FACE_FILES = '/face';

let reader: FrameReader | null = null;

const observer: Observer = {
  async begin() {
    // The runtime is a module for workers. In a page MediaPipe would load it as a script, which it is not: it takes
    // what lies there, once for each of its nets, and clears it.
    const runtime = `${FACE_FILES}/vision_wasm_module_internal.js`;
    const { default: ModuleFactory }: { default: unknown } = await import(/* @vite-ignore */ runtime);
    Object.defineProperty(window, 'ModuleFactory', {
      configurable: true,
      get: () => ModuleFactory,
      set: () => {},
    });
    reader = await FrameReader.load(FACE_FILES);
  },
  observe({ view, at }) {
    if (!reader) throw new Error('not begun');
    return toWireFrame(reader.read({ pixels: window.studio.pixels(view), at }).frame);
  },
};

Object.assign(window, { observer });
