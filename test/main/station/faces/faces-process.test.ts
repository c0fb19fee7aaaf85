import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { embeddingDistance } from '#domain/comparison/embedding.ts';
import { systemTimers } from '#drivers/timers.ts';
import { forkProcessHost } from '#shell/fork-process-host.ts';
import { createFaceLink } from '#station/faces/face-link.ts';
import { eventually } from '../../../drivers/eventually.ts';
import { cardPortrait, testPicture } from '../../../faces/test-picture.ts';

const sources = resolve(import.meta.dirname, '../../../../src');
const host = forkProcessHost({
  drivers: join(sources, 'drivers/main.ts'),
  faces: join(sources, 'faces/main.ts'),
});
const pids: number[] = [];
const link = createFaceLink({
  processHost: {
    start(name) {
      const child = host.start(name);
      if (child.pid !== undefined) pids.push(child.pid);
      return child;
    },
  },
  timers: systemTimers,
  log: { info: () => {}, warn: () => {} },
});
afterAll(() => link.stop());

const gone = (pid: number | undefined) =>
  eventually(() => expect(() => process.kill(pid ?? 0, 0)).toThrow('ESRCH'));

describe('faces read in a process of their own, which has refused itself the network', () => {
  it('are the same person’s on a card and before the camera', async () => {
    const [card, frame] = await Promise.all([
      link.embed({ bytes: cardPortrait('lin'), from: 'card' }),
      link.embed({ bytes: testPicture('lin'), from: 'frame' }),
    ]);
    if (!card.ok || !frame.ok) throw new Error('a picture gave no embedding');
    expect(embeddingDistance(card.value, frame.value)).toBeLessThan(0.45);
  });

  it('cost an answer when it is killed in the middle, and no more', async () => {
    const victim = pids.at(-1);
    const lost = link.embed({ bytes: testPicture('otto'), from: 'frame' });
    const next = link.embed({ bytes: cardPortrait('mei'), from: 'card' });
    process.kill(victim ?? 0, 'SIGKILL');
    expect(await lost).toEqual({ ok: false, error: 'not-running' });
    expect(await next).toMatchObject({ ok: true });
    expect(pids).toHaveLength(2);
  });

  it('leave nothing behind when a session ends', async () => {
    link.rest();
    await gone(pids.at(-1));
  });
});
