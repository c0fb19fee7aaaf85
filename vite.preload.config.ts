import { resolve } from 'node:path';
import { defineConfig } from 'vite';

/** A sandboxed preload has no module loader: one CommonJS file with nothing but `electron` required. */
export default defineConfig({
  build: {
    outDir: resolve(import.meta.dirname, '.vite/build'),
    emptyOutDir: false,
    target: 'chrome140',
    minify: false,
    rollupOptions: {
      input: { preload: resolve(import.meta.dirname, 'src/main/shell/electron/preload.ts') },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
});
