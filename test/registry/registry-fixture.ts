import { randomBytes as nodeRandomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { OperationMode } from '#contract/settings.ts';
import type { Clock, RandomBytes } from '#domain/clock.ts';
import { type RunningRegistry, startRegistry } from '#registry/start-registry.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { writePeopleFile } from './people.ts';

/** A Monday morning in Guangzhou. */
export const MORNING = Date.UTC(2026, 2, 2, 1, 30);

export const randomBytes: RandomBytes = (length) => new Uint8Array(nodeRandomBytes(length));

/** A wall clock that stands until it is set. */
export interface SetClock extends Clock {
  set(now: number): void;
}

export function setClock(start = MORNING): SetClock {
  let present = start;
  return {
    now: () => present,
    monotonic: () => performance.now(),
    set: (now) => {
      present = now;
    },
  };
}

export interface TestRegistry {
  readonly running: RunningRegistry;
  readonly clock: SetClock;
  readonly dataFolder: string;
  /** Everything that was logged. */
  logged(): string;
  /** Ends the process's part and starts it again on the same folder. */
  restart(mode?: OperationMode): Promise<TestRegistry>;
}

/** A registry on loopback with a folder of its own, ended with the test. */
export async function startTestRegistry(
  options: { readonly mode?: OperationMode; readonly folder?: string; readonly clock?: SetClock } = {},
): Promise<TestRegistry> {
  const folder = options.folder ?? temporaryFolder();
  const clock = options.clock ?? setClock();
  const dataFolder = join(folder, 'registry');
  mkdirSync(dataFolder, { recursive: true });
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });
  const running = await startRegistry({
    dataFolder,
    port: 0,
    mode: options.mode ?? 'demo',
    peopleFile: writePeopleFile(folder),
    clock,
    randomBytes,
    log: pino({ level: 'trace' }, sink),
  });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await running.close();
  };
  onTestFinished(close);
  return {
    running,
    clock,
    dataFolder,
    logged: () => lines.join(''),
    restart: async (mode) => {
      await close();
      return startTestRegistry({ mode: mode ?? options.mode ?? 'demo', folder, clock });
    },
  };
}
