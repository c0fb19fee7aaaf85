/** What Electron's bundle is made of; Forge and `npm run build:electron` build the same list. */
export const ELECTRON_ENTRIES = [
  { entry: 'src/main/shell/electron/electron.ts', config: 'vite.electron.config.ts', target: 'main' },
  { entry: 'src/drivers/main.ts', config: 'vite.electron.config.ts', target: 'main', name: 'drivers' },
  { entry: 'src/main/shell/electron/preload.ts', config: 'vite.preload.config.ts', target: 'preload' },
] as const satisfies readonly {
  readonly entry: string;
  readonly config: string;
  readonly target: 'main' | 'preload';
  /** Name of the built file where the entry's own says too little. */
  readonly name?: string;
}[];
