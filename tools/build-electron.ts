import '../src/require-node.mjs';
import { rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { build } from 'vite';
import { ELECTRON_ENTRIES } from './electron-entries.ts';

/** Builds Electron's bundles without Electron itself, whose binary is not in the npm package. */
const root = resolve(import.meta.dirname, '..');
rmSync(resolve(root, '.vite'), { recursive: true, force: true });
for (const entry of ELECTRON_ENTRIES) {
  const name = 'name' in entry ? entry.name : basename(entry.entry, '.ts');
  await build({
    root,
    configFile: resolve(root, entry.config),
    logLevel: 'warn',
    build: { rollupOptions: { input: { [name]: resolve(root, entry.entry) } } },
  });
}
await build({
  root: resolve(root, 'src/renderer'),
  configFile: resolve(root, 'vite.config.ts'),
  logLevel: 'warn',
  build: { outDir: resolve(root, '.vite/renderer') },
});
console.log('built .vite/build and .vite/renderer');
