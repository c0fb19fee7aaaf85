import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { StationSettings } from '#contract/settings.ts';
import type { Clock } from '#domain/clock.ts';
import { type RunningRegistry, startRegistry } from '#registry/start-registry.ts';
import { openStationDesk, type StationDesk } from '#station/desk/station-desk.ts';
import { fileKeyStore } from '#station/keys/file-key-store.ts';
import { createStationLog, type StationLog } from '#station/log/station-log.ts';
import type { EnrolmentContents, KeyStore, SavedEnrolment } from '#station/ports.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { contents, settingsFor } from './station-settings.ts';

const PEOPLE = join(import.meta.dirname, '..', '..', '..', '..', 'resources', 'demo', 'people.json');
const mute = { info: () => {}, warn: () => {}, error: () => {} };

/** The machine's own clock, which a test can shift. */
export function shiftedClock(): Clock & { shift: number } {
  const clock = {
    shift: 0,
    now: () => Date.now() + clock.shift,
    monotonic: () => performance.now(),
  };
  return clock;
}

/** A real registry on a free port, closed with the test. */
export async function runningRegistry(
  options: { readonly folder?: string; readonly port?: number } = {},
): Promise<RunningRegistry> {
  const registry = await startRegistry({
    dataFolder: options.folder ?? temporaryFolder(),
    port: options.port ?? 0,
    mode: 'demo',
    peopleFile: PEOPLE,
    clock: shiftedClock(),
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    log: mute,
  });
  onTestFinished(() => registry.close());
  return registry;
}

export interface TestStation {
  readonly folder: string;
  readonly clock: ReturnType<typeof shiftedClock>;
  readonly desk: StationDesk;
  /** Codes that the station has logged. */
  readonly logged: string[];
  /** Ends the station and starts it anew on the same folder. */
  restarted(changes?: { readonly clockShift?: number }): Promise<TestStation>;
}

/** A station with a file key and a small reserve, closed with the test. */
export async function station(
  options: {
    readonly folder?: string;
    readonly freeMegabytes?: () => number;
    readonly settings?: Partial<StationSettings>;
    /** Milliseconds that the wall clock is ahead from the start. */
    readonly clockShift?: number;
    /** A file in the data folder unless given. */
    readonly keyStore?: KeyStore;
  } = {},
): Promise<TestStation> {
  const folder = options.folder ?? temporaryFolder();
  const clock = shiftedClock();
  clock.shift = options.clockShift ?? 0;
  const logged: string[] = [];
  const log: StationLog = createStationLog({
    write: (line) => logged.push(JSON.parse(line).code),
    now: clock.now,
  });
  const opened = await openStationDesk({
    settings: settingsFor(folder, options.settings),
    keyStore: options.keyStore ?? fileKeyStore({ path: join(folder, 'station.key') }),
    environment: { clock, randomBytes: (length) => new Uint8Array(randomBytes(length)) },
    log,
    software: { version: '0.2.0', models: [] },
    reserveBytes: 100_000,
    freeMegabytes: options.freeMegabytes ?? (() => 50_000),
  });
  if (!opened.ok) throw new Error(opened.error.reason);
  const desk = opened.value;
  let closed = false;
  const close = async () => {
    if (!closed) await desk.close();
    closed = true;
  };
  onTestFinished(close);
  return {
    folder,
    clock,
    desk,
    logged,
    restarted: async (changes = {}) => {
      await close();
      return station({ ...options, ...changes, folder });
    },
  };
}

export async function provisioned(target: TestStation, registry: RunningRegistry): Promise<void> {
  const result = await target.desk.provision({
    code: await registry.newProvisioningCode('Hall 3 terminal 7'),
    registryUrl: registry.url,
    stationName: 'Hall 3 terminal 7',
    mayMove: true,
  });
  if (!result.ok) throw new Error(`not provisioned: ${result.error.reason}`);
}

export function saved(target: TestStation, changes: Partial<EnrolmentContents> = {}): SavedEnrolment {
  const result = target.desk.desk.save({ ...contents(), ...changes });
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

/** Waits until something holds; fails with its name after ten seconds. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const endsAt = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > endsAt) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
