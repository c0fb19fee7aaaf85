import { fork } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StationSettings } from '#contract/settings.ts';
import { openStationDesk } from '#station/desk/station-desk.ts';
import { fileKeyStore } from '#station/keys/file-key-store.ts';
import { silentLog } from '#station/log/station-log.ts';
import { systemEnvironment } from '#station/system-environment.ts';
import { openHall } from '../../tools/hall/hall.ts';
import { type BenchLine, median, quantile } from './bench-line.ts';
import { fillQueue } from './fill-queue.ts';

const STARTS = 15;
const QUEUED = 100_000;

/**
 * Process start to the first screen painted, with an empty queue and with 100 000 packets of 1 KB waiting, taking
 * turns so that a slow moment of the machine meets both.
 */
export async function* run(): AsyncIterable<BenchLine> {
  const folder = mkdtempSync(join(tmpdir(), 'eid-bench-start-'));
  const hall = await openHall({ folder, stationName: 'bench' });
  try {
    const settings = {
      ...hall.settings,
      offlineLimits: { days: 90, warnDays: 2, packets: 1_000_000, freeMegabytes: 64 },
    };
    const code = await hall.registry.newProvisioningCode('bench');
    await provision(settings, code);
    // With the line cut nothing is delivered, so that the queue keeps its length.
    await hall.simulators.dock.call('setNetwork', { network: 'cut' });
    const full = { ...settings, dataFolder: join(folder, 'full') };
    cpSync(settings.dataFolder, full.dataFolder, { recursive: true });
    await fillQueue({ folder: full.dataFolder, packets: QUEUED, bodyBytes: 1024 });

    const samples = { empty: [] as number[], full: [] as number[] };
    for (let index = 0; index < STARTS; index += 1) {
      samples.empty.push(await timeStart(settings, join(folder, `empty-${index}`)));
      samples.full.push(await timeStart(full, join(folder, `full-${index}`)));
    }
    const line = (metric: string, value: number): BenchLine => ({
      bench: 'start',
      metric,
      value: Math.round(value),
      unit: 'ms',
      n: STARTS,
    });
    yield line('ms_median', median(samples.empty));
    yield line('ms_p95', quantile(samples.empty, 0.95));
    yield line('ms_median_100k_queued', median(samples.full));
    yield line('ms_added_by_100k_queued', median(samples.full) - median(samples.empty));
  } finally {
    await hall.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function provision(settings: StationSettings, code: string): Promise<void> {
  mkdirSync(settings.dataFolder, { recursive: true, mode: 0o700 });
  const desk = await openStationDesk({
    settings,
    keyStore: fileKeyStore({ path: join(settings.dataFolder, 'station.key') }),
    environment: systemEnvironment,
    log: silentLog,
  });
  if (!desk.ok) throw new Error(`the bench's station does not open: ${desk.error.reason}`);
  const { registryUrl, stationName } = settings;
  const provisioned = await desk.value.provision({ code, registryUrl, stationName, mayMove: false });
  await desk.value.close();
  if (!provisioned.ok)
    throw new Error(`the bench's station was not provisioned: ${provisioned.error.reason}`);
}

/** Milliseconds from the spawn to the first screen painted. */
async function timeStart(settings: StationSettings, folder: string): Promise<number> {
  mkdirSync(folder);
  const file = join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify(settings));
  const begin = performance.now();
  const child = fork(join(import.meta.dirname, 'start-terminal.ts'), [file, join(folder, 'profile')]);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const painted = await new Promise<{ painted: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { painted: string }));
    child.once('exit', (exit) =>
      reject(new Error(`the terminal ended with ${exit} before it showed anything`)),
    );
  });
  const elapsed = performance.now() - begin;
  await ended;
  rmSync(folder, { recursive: true, force: true });
  if (painted.painted !== 'attract') throw new Error(`the terminal came up on ${painted.painted}`);
  return elapsed;
}
