import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import demonstration from './vite.config.ts';

/** The screens of citizens and staff: the dock and the reference phone belong to demonstrations. */
export default defineConfig({
  ...demonstration,
  build: {
    ...demonstration.build,
    outDir: resolve(import.meta.dirname, '.vite/renderer'),
    rollupOptions: {
      input: {
        citizen: resolve(import.meta.dirname, 'src/renderer/citizen/index.html'),
        console: resolve(import.meta.dirname, 'src/renderer/console/index.html'),
      },
    },
  },
});
