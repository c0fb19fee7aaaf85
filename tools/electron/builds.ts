/**
 * What Electron's bundle is made of; Forge and `npm run build:electron` build the same list from the same files.
 * `entry` is for Forge's eyes: each configuration names its inputs itself, because one build holds several entry points.
 */
export const ELECTRON_BUILDS = [
  { entry: 'src/main/shell/electron/electron.ts', config: 'vite.electron.config.ts', target: 'main' },
  { entry: 'src/main/shell/electron/preload.ts', config: 'vite.preload.config.ts', target: 'preload' },
] as const;

export const ELECTRON_RENDERER = { name: 'renderer', config: 'vite.electron-renderer.config.ts' } as const;

/** Where a build lands, relative to the program's folder. */
export const BUNDLE_FOLDER = '.vite/build';
