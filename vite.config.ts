import { cpSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;

/** The face tracker's WebAssembly and model are served from our own origin, never from a content network. */
function faceTrackerFiles(): Plugin {
  return {
    name: 'face-tracker-files',
    apply: 'build',
    writeBundle({ dir }) {
      if (dir === undefined) throw new Error('the renderer is built into a folder');
      const target = resolve(dir, 'face');
      mkdirSync(target, { recursive: true });
      for (const file of ['vision_wasm_module_internal.js', 'vision_wasm_module_internal.wasm']) {
        cpSync(resolve(root, 'node_modules/@mediapipe/tasks-vision/wasm', file), resolve(target, file));
      }
      cpSync(resolve(root, 'resources/models/face_landmarker.task'), resolve(target, 'face_landmarker.task'));
    },
  };
}

export default defineConfig({
  root: resolve(root, 'src/renderer'),
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  plugins: [faceTrackerFiles()],
  build: {
    outDir: resolve(root, 'build/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        citizen: resolve(root, 'src/renderer/citizen/index.html'),
        console: resolve(root, 'src/renderer/console/index.html'),
        dock: resolve(root, 'src/renderer/dock/index.html'),
        phone: resolve(root, 'src/renderer/phone/index.html'),
      },
    },
  },
});
