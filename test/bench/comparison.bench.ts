import { join } from 'node:path';
import type { FaceAnswer, FaceQuestion } from '#contract/face-messages.ts';
import { forkProcessHost } from '#shell/fork-process-host.ts';
import { cardPortrait, testPicture } from '../faces/test-picture.ts';
import { type BenchLine, median, quantile } from './bench-line.ts';

const SOURCES = join(import.meta.dirname, '../../src');
const WARM_UP = 10;
const PICTURES = 1000;
const MEGABYTE = 1_000_000;

/**
 * The faces' process as the station starts it: until it is ready, one picture after the other, and what it holds in
 * memory. Each of a thousand pictures is embedded in full; flat memory is the second half's growth.
 */
export async function* run(): AsyncIterable<BenchLine> {
  const line = (metric: string, value: number, unit: string, n: number): BenchLine => ({
    bench: 'comparison',
    metric,
    value: Math.round(value * 10) / 10,
    unit,
    n,
  });
  const began = performance.now();
  const faces = startFaces();
  try {
    await faces.next('ready');
    yield line('ms_until_ready', performance.now() - began, 'ms', 1);

    const pictures = [testPicture('lin'), testPicture('otto'), testPicture('lin-turned')];
    const cards = [cardPortrait('lin'), cardPortrait('mei')];
    const times = { frame: [] as number[], card: [] as number[] };
    const memory: number[] = [];
    for (let request = 1; request <= WARM_UP + PICTURES; request += 1) {
      const from = request % 5 === 0 ? 'card' : 'frame';
      const choice = from === 'card' ? cards : pictures;
      const bytes = choice[request % choice.length];
      if (bytes === undefined) throw new Error('no picture');
      const asked = performance.now();
      faces.post({ type: 'embed', request, bytes, from });
      await faces.next('embedded');
      if (request <= WARM_UP) continue;
      times[from].push(performance.now() - asked);
      if (request % 50 === 0) memory.push(await faces.memory());
    }
    for (const from of ['frame', 'card'] as const) {
      yield line(`ms_median_${from}`, median(times[from]), 'ms', times[from].length);
      yield line(`ms_p95_${from}`, quantile(times[from], 0.95), 'ms', times[from].length);
    }
    const half = Math.floor(memory.length / 2);
    const [first, second] = [memory.slice(0, half), memory.slice(half)];
    yield line('mb_resident', (memory.at(-1) ?? Number.NaN) / MEGABYTE, 'MB', memory.length);
    yield line('mb_growth', (median(second) - median(first)) / MEGABYTE, 'MB', memory.length);
  } finally {
    faces.end();
  }
}

function startFaces() {
  const child = forkProcessHost({
    drivers: join(SOURCES, 'drivers/main.ts'),
    faces: join(SOURCES, 'faces/main.ts'),
  }).start('faces');
  let hear: (answer: FaceAnswer) => void = () => {};
  let lose: (error: Error) => void = () => {};
  child.onExit((code) => lose(new Error(`it ended with ${code}`)));
  child.onMessage((message) => hear(message as FaceAnswer));
  const next = (type: FaceAnswer['type']) =>
    new Promise<FaceAnswer>((resolve, reject) => {
      lose = reject;
      hear = (answer) =>
        answer.type === type ? resolve(answer) : reject(new Error(`it said ${answer.type}`));
    });
  return {
    next,
    post: (question: FaceQuestion) => child.post(question),
    async memory(): Promise<number> {
      const pong = next('pong');
      child.post({ type: 'ping', nonce: 1 } satisfies FaceQuestion);
      const answer = await pong;
      return answer.type === 'pong' ? answer.memory : Number.NaN;
    },
    end: () => child.kill(),
  };
}
