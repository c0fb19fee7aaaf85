import { resolve } from 'node:path';
import { candidatesFor } from '#renderer/citizen/name-keyboard/candidates.ts';
import { openPinyinTable } from '#renderer/citizen/name-keyboard/pinyin-table.ts';
import { assembledTable } from '../../tools/build-pinyin/build-pinyin.ts';
import { type BenchLine, median, quantile } from './bench-line.ts';

const ROUNDS = 5;
const root = resolve(import.meta.dirname, '../..');

/**
 * Letters to candidates: every reading alone at the start of a name and inside it, every beginning of one, and every
 * reading behind two others as when a whole name is typed at once. Opening the table is timed by itself.
 */
export async function* run(): AsyncIterable<BenchLine> {
  const text = assembledTable(resolve(root, 'node_modules'));
  const line = (metric: string, samples: readonly number[], share: number): BenchLine => ({
    bench: 'pinyin',
    metric,
    value: Math.round((share === 0.5 ? median(samples) : quantile(samples, share)) * 1000) / 1000,
    unit: 'ms',
    n: samples.length,
  });

  const opening = Array.from({ length: ROUNDS }, () => timed(() => openPinyinTable(text)));
  yield line('ms_median_open', opening, 0.5);

  const table = openPinyinTable(text);
  const readings = table.readingsFrom('');
  const beginnings = [...new Set(readings.flatMap((reading) => [reading.slice(0, 1), reading.slice(0, 2)]))];
  const typed = [...readings, ...beginnings, ...readings.map((reading) => `zhangxiao${reading}`)];
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const letters of typed) {
      for (const atStart of [true, false]) {
        samples.push(timed(() => candidatesFor({ table, letters, atStart })));
      }
    }
  }
  yield line('ms_median_candidates', samples, 0.5);
  yield line('ms_p95_candidates', samples, 0.95);
  yield line('ms_max_candidates', samples, 1);
}

function timed(task: () => unknown): number {
  const begin = performance.now();
  task();
  return performance.now() - begin;
}
