import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

/**
 * Bundles what runs in Electron's main and utility processes. Packages that carry native code or read files beside
 * themselves stay outside and are copied into the application.
 */
export const NOT_BUNDLED = ['electron', 'better-sqlite3', 'serialport', 'pdfkit'];

export default defineConfig({
  resolve: { conditions: ['node'], mainFields: ['module', 'main'] },
  build: {
    outDir: resolve(import.meta.dirname, '.vite/build'),
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    ssr: true,
    rollupOptions: {
      external: [...NOT_BUNDLED, ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
    },
  },
  ssr: { noExternal: true, external: NOT_BUNDLED },
});
