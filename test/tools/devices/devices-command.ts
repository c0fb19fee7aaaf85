import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

export interface Ended {
  readonly code: number;
  readonly said: string;
  readonly complained: string;
}

/** Runs the real command in a process of its own, as `npm run devices --` does. */
export function devices(...words: readonly string[]): Promise<Ended> {
  return new Promise((settle) => {
    execFile(
      process.execPath,
      ['--import', './src/require-node.mjs', 'tools/devices/main.ts', ...words],
      { cwd: root, timeout: 60_000 },
      (error, said, complained) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        settle({ code, said, complained });
      },
    );
  });
}
