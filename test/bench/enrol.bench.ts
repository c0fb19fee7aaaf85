import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStationDesk } from '#station/desk/station-desk.ts';
import { fileKeyStore } from '#station/keys/file-key-store.ts';
import { silentLog } from '#station/log/station-log.ts';
import type { EnrolmentContents } from '#station/ports.ts';
import { installLocally } from '../main/station/desk/local-installation.ts';
import { contents, settingsFor } from '../main/station/desk/station-settings.ts';
import { type Bench, type BenchLine, median, quantile } from './bench-line.ts';
import { fillQueue } from './fill-queue.ts';

const SAMPLES = 200;
const WARM_UP = 10;
const ENROLMENT_BYTES = 200_000;
const DEPTHS = [0, 10_000];

/**
 * What a citizen waits for after "submit": an enrolment of 200 KB built, signed, sealed and durable on the disk, through
 * the same call that the session makes, with an empty queue and behind ten thousand waiting packets.
 */
export const run: Bench = async function* enrol() {
  for (const depth of DEPTHS) yield* atDepth(depth);
};

async function* atDepth(depth: number): AsyncIterable<BenchLine> {
  const folder = mkdtempSync(join(tmpdir(), 'eid-bench-'));
  try {
    await installLocally({ folder });
    await fillQueue({ folder, packets: depth, bodyBytes: 1_000 });
    const desk = await openStationDesk({
      settings: settingsFor(folder),
      keyStore: fileKeyStore({ path: join(folder, 'station.key') }),
      environment: {
        clock: { now: () => Date.now(), monotonic: () => performance.now() },
        randomBytes: (length) => new Uint8Array(randomBytes(length)),
      },
      log: silentLog,
    });
    if (!desk.ok) throw new Error(desk.error.reason);
    const enrolment = contentsOf(ENROLMENT_BYTES);
    const samples: number[] = [];
    let bytes = 0;
    for (let index = 0; index < WARM_UP + SAMPLES; index += 1) {
      const from = performance.now();
      const saved = desk.value.desk.save(enrolment);
      const took = performance.now() - from;
      if (!saved.ok) throw new Error(saved.error);
      if (index >= WARM_UP) samples.push(took);
      // Let timers and the disk have their turn, as between two citizens.
      await new Promise((resolve) => setImmediate(resolve));
    }
    bytes = desk.value.queueRows({ limit: 1 })[0]?.sealedSize ?? 0;
    if (Math.abs(bytes - ENROLMENT_BYTES) > 10_000) throw new Error(`the enrolment has ${bytes} bytes`);
    await desk.value.close();
    const suffix = depth === 0 ? '' : `_depth_${depth}`;
    const line = (metric: string, value: number, unit: string): BenchLine => ({
      bench: 'enrol',
      metric: `${metric}${suffix}`,
      value: Number(value.toFixed(2)),
      unit,
      n: SAMPLES,
    });
    yield line('ms_median', median(samples), 'ms');
    yield line('ms_p99', quantile(samples, 0.99), 'ms');
    yield line('sealed_bytes', bytes, 'B');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As a real one: five key frames and the portrait make up most of it. */
function contentsOf(bytes: number): EnrolmentContents {
  const rest = 12_000;
  const sample = contents(Math.round((bytes - rest) / 6));
  const { evidence } = sample;
  const tries = evidence.tries.map((last) => {
    const [neutral, turn] = last.keyFrames;
    if (neutral === undefined || turn === undefined) throw new Error('the sample has lost its key frames');
    return { ...last, keyFrames: [neutral, turn, turn, turn, turn] };
  });
  return { ...sample, evidence: { ...evidence, tries } };
}
