import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createFaceReader } from '../../src/faces/face-reader.ts';
import { barResults } from '../../test/attacks/report/bars.ts';
import { reportJson } from '../../test/attacks/report/json.ts';
import { reportLines } from '../../test/attacks/report/lines.ts';
import { reportPage } from '../../test/attacks/report/page.ts';
import { resultsOf } from '../../test/attacks/report/results.ts';
import { openStage, stageFiles } from '../../test/attacks/run/open-stage.ts';
import { keptIn, readProgramme, tasksOf } from '../../test/attacks/run/programme.ts';
import { progressBar, timeOf } from '../../test/attacks/run/progress.ts';
import { type Embed, type Failure, workThrough } from '../../test/attacks/run/work-through.ts';
import type { Order } from './order.ts';

/** Where records and thumbnails are committed. */
const KEPT = resolve(import.meta.dirname, '../../test/attacks');

/** The whole run; gives the exit code. */
export async function runAttacks(order: Order): Promise<number> {
  const { species: only, first, anew, browsers, fromRecords, out } = order;
  const began = performance.now();
  const files = await stageFiles();
  const kept = keptIn(KEPT);
  let failures: readonly Failure[] = [];
  if (!fromRecords) {
    const tasks = tasksOf({ programme: readProgramme({ only, first, kept, files }), anew, kept, files });
    const progress = progressBar(tasks.length, {
      write: (text) => process.stderr.write(text),
      live: process.stderr.isTTY === true,
      now: () => performance.now(),
    });
    failures = await workThrough({
      ...{ tasks, browsers, progress },
      embed: await embedder(),
      openStage: () => openStage(files),
    });
    const rendered = tasks.length - failures.length;
    console.log(`${rendered} rendered, ${failures.length} failed, ${timeOf(performance.now() - began)}`);
    console.log('');
  }
  const results = await resultsOf(readProgramme({ only, first, kept, files }));
  const bars = barResults(results);
  for (const line of reportLines(results, bars)) console.log(line);
  for (const { name, detail } of failures) console.error(`not shown: ${name}: ${detail}`);

  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'attacks.json'), reportJson(results, bars));
  writeFileSync(join(out, 'attacks.html'), reportPage({ results, bars, thumbnails: kept.thumbnails }));
  console.log(`\n${join(out, 'attacks.html')}, attacks.json; ${timeOf(performance.now() - began)} in all`);

  const whole = only.length === 0 && first === null;
  const missed = bars.some(({ outcome }) => outcome === 'missed' || (whole && outcome === 'not-measured'));
  return missed || failures.length > 0 || results.missing.length > 0 ? 1 : 0;
}

async function embedder(): Promise<Embed> {
  const reader = await createFaceReader();
  return async (bytes) => {
    const embedded = await reader.embed({ bytes, from: 'frame' });
    return embedded.ok ? embedded.value : null;
  };
}
