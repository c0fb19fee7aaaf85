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
await build({ configFile: resolve(root, 'vite.electron-renderer.config.ts'), logLevel: 'warn' });
console.log('built .vite/build and .vite/renderer');
