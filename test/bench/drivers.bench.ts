import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { DriverReport } from '#contract/driver-messages.ts';
import { decodeCard } from '#domain/identity/decode-card.ts';
import { cleanStream, deframe, HOSTILE_STREAMS } from '../drivers/framing/sdt-speed.ts';
import { CARD, readerBench } from '../drivers/reader/reader-bench.ts';
import { type BenchLine, median, quantile } from './bench-line.ts';
import { type MeasuredReader, startMeasuredReader } from './drivers/measured-reader.ts';

const CARDS = 30;
const REPLUGS = 10;
const READINGS = 10_000;
const FRAMINGS = 5;
const IDLE_SECONDS = 20;
/** Of `/proc/PID/stat`; Linux counts a process's time in hundredths of a second. */
const TICKS_A_SECOND = 100;

/**
 * The drivers as a process of their own on a pseudo-terminal: what they add to a reader's own time, how soon a device
 * is back, what they cost while nobody comes; then framing and memory by themselves.
 */
export async function* run(): AsyncIterable<BenchLine> {
  const folder = mkdtempSync(join(tmpdir(), 'eid-bench-drivers-'));
  const reader = await startMeasuredReader(folder);
  try {
    yield* timeCards(reader);
    yield* timeReplugs(reader);
    yield await idleShare(reader);
  } finally {
    await reader.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  yield* memory();
  yield* framing();
}

function line(
  metric: string,
  value: number,
  about: { readonly unit: string; readonly n: number },
): BenchLine {
  return { bench: 'drivers', metric, value: Math.round(value * 100) / 100, ...about };
}

/** From a card that was found to its record at the station, without what the reader itself takes. */
async function* timeCards(reader: MeasuredReader): AsyncIterable<BenchLine> {
  const added: number[] = [];
  const whole: number[] = [];
  for (let round = 0; round < CARDS; round += 1) {
    reader.restart();
    reader.link.send({ type: 'reader.read' });
    const read = reader.next((report) => report.type === 'card.read');
    const laidAt = performance.now();
    reader.simulator.insert(CARD);
    const report = await read;
    if (report.type === 'card.read') decodeCard(report.text);
    const end = performance.now();
    const { at, ownTime } = reader.sinceFound();
    added.push(end - at - ownTime);
    whole.push(end - laidAt);
    const gone = reader.next((each) => each.type === 'card.removed');
    reader.simulator.lift();
    await gone;
  }
  const about = { unit: 'ms', n: CARDS };
  yield line('card_ms_median', median(added), about);
  yield line('card_ms_p95', quantile(added, 0.95), about);
  yield line('laid_to_record_ms_median', median(whole), about);
}

async function* timeReplugs(reader: MeasuredReader): AsyncIterable<BenchLine> {
  const samples: number[] = [];
  for (let round = 0; round < REPLUGS; round += 1) {
    const absent = reader.next((report) => isReader(report, 'absent'));
    await reader.device.unplug();
    await absent;
    const ready = reader.next((report) => isReader(report, 'ready'));
    const begin = performance.now();
    await reader.device.plug();
    await ready;
    samples.push(performance.now() - begin);
  }
  const about = { unit: 'ms', n: REPLUGS };
  yield line('replug_to_ready_ms_median', median(samples), about);
  yield line('replug_to_ready_ms_max', quantile(samples, 1), about);
}

function isReader(report: DriverReport, state: 'absent' | 'ready'): boolean {
  return report.type === 'device' && report.role === 'reader' && report.state === state;
}

/** Of one core, while reader, scanner, printer and lamp are there and nobody comes. */
async function idleShare(reader: MeasuredReader): Promise<BenchLine> {
  reader.link.send({ type: 'reader.watch' });
  const before = processTicks(reader.pid);
  const begin = performance.now();
  await new Promise((resolve) => setTimeout(resolve, IDLE_SECONDS * 1000));
  const seconds = (performance.now() - begin) / 1000;
  const share = (processTicks(reader.pid) - before) / TICKS_A_SECOND / seconds;
  return line('idle_cpu_percent', 100 * share, { unit: '%', n: 1 });
}

/** User and system time: fields 14 and 15 of the line, counted behind the name in brackets. */
function processTicks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

/** Clean and hostile streams at three sizes: a curve that stays level is linear in the bytes. */
function* framing(): Iterable<BenchLine> {
  // The first runs are the compiler's.
  for (const make of [cleanStream, ...Object.values(HOSTILE_STREAMS)]) deframe(make(2_000_000));
  for (const megabytes of [1, 10, 100]) {
    const size = megabytes * 1_000_000;
    const about = { unit: 'MB/s', n: FRAMINGS };
    yield line(`framing_clean_${megabytes}mb`, framingRate(cleanStream(size)), about);
    const hostile = Object.values(HOSTILE_STREAMS).map((make) => framingRate(make(size)));
    yield line(`framing_slowest_hostile_${megabytes}mb`, Math.min(...hostile), about);
  }
}

/** Of the processor's time: another process beside it takes nothing away. */
function framingRate(stream: Uint8Array): number {
  const rates = Array.from({ length: FRAMINGS }, () => {
    const begin = process.cpuUsage();
    deframe(stream);
    const { user, system } = process.cpuUsage(begin);
    return stream.length / (user + system);
  });
  return median(rates);
}

/** What ten thousand readings leave behind in the driver, from the thousandth on. */
async function* memory(): AsyncIterable<BenchLine> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = () => {
    collect();
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    return (heapUsed + external + arrayBuffers) / 1000;
  };
  const bench = readerBench();
  await bench.ready();
  let early = 0;
  for (let reading = 1; reading <= READINGS; reading += 1) {
    bench.reader.handle({ type: 'reader.read' });
    const read = bench.until('card.read');
    bench.simulator.insert(CARD);
    await read;
    const gone = bench.until('card.removed');
    bench.simulator.lift();
    await gone;
    bench.reports.length = 0;
    if (reading === 1000) early = held();
  }
  yield line('memory_growth_kb_9000_readings', held() - early, { unit: 'kB', n: READINGS });
}
