import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { NOT_BUNDLED } from './tools/electron/copied-packages.ts';

const root = import.meta.dirname;

/**
 * Bundles what runs in Electron's main and utility processes: three entry points that share their chunks. ES modules,
 * because the entry waits at its top level; `lib: false` keeps Forge from making CommonJS of it.
 */
export default defineConfig({
  resolve: { conditions: ['node'], mainFields: ['module', 'main'] },
  build: {
    outDir: resolve(root, '.vite/build'),
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    lib: false,
    ssr: true,
    rollupOptions: {
      input: {
        electron: resolve(root, 'src/main/shell/electron/electron.ts'),
        drivers: resolve(root, 'src/drivers/main.ts'),
        faces: resolve(root, 'src/faces/main.ts'),
      },
      external: [
        'electron',
        ...NOT_BUNDLED,
        ...builtinModules,
        ...builtinModules.map((name) => `node:${name}`),
      ],
      output: { format: 'es', entryFileNames: '[name].js' },
    },
  },
  ssr: { noExternal: true, external: ['electron', ...NOT_BUNDLED] },
});
