import '../src/require-node.mjs';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'vite';
import { ELECTRON_BUILDS, ELECTRON_RENDERER } from './electron/builds.ts';

/** Builds Electron's bundles without Electron itself, whose binary is not in the npm package. */
const root = resolve(import.meta.dirname, '..');
rmSync(resolve(root, '.vite'), { recursive: true, force: true });
for (const { config } of [...ELECTRON_BUILDS, ELECTRON_RENDERER]) {
  await build({ configFile: resolve(root, config), logLevel: 'warn' });
}
console.log('built .vite/build and .vite/renderer');
