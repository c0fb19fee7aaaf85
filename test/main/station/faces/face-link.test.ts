import { describe, expect, it } from 'vitest';
import { LARGEST_FACE_PICTURE } from '#contract/face-messages.ts';
import { createFaceLink } from '#station/faces/face-link.ts';
import { manualTimers, settle } from '../../../drivers/manual-timers.ts';
import { EMBEDDING, fakeFacesHost } from './fake-faces.ts';

function linkBench({ neverReady } = { neverReady: false }) {
  const timers = manualTimers();
  const { host, children } = fakeFacesHost({ neverReady });
  const warnings: string[] = [];
  const link = createFaceLink({
    processHost: host,
    timers,
    log: { info: () => {}, warn: (fields, message) => warnings.push(`${message} ${JSON.stringify(fields)}`) },
  });
  const child = () => {
    const last = children.at(-1);
    if (!last) throw new Error('no child was started');
    return last;
  };
  /** Asks for a picture of one byte, and tells what came of it. */
  const ask = (byte = 1) => {
    const asked: { found: unknown } = { found: 'nothing yet' };
    void link.embed({ bytes: Uint8Array.of(byte), from: 'frame' }).then((answer) => {
      asked.found = answer.ok ? 'a face' : answer.error;
    });
    return asked;
  };
  const answer = async () => {
    child().say({
      type: 'embedded',
      request: child().asked.at(-1)?.request,
      embedding: EMBEDDING,
      tookMs: 80,
    });
    await settle();
  };
  return { timers, children, child, link, ask, answer, warnings };
}

describe('the station’s link to the process that reads faces', () => {
  it('starts it for the first picture, or when it is warmed, and once', async () => {
    const { children, link, ask } = linkBench();
    expect(children).toHaveLength(0);
    link.warm();
    link.warm();
    ask();
    await settle();
    expect(children).toHaveLength(1);
  });

  it('asks for one picture at a time, in their order', async () => {
    const { child, ask, answer } = linkBench();
    const [one, other] = [ask(1), ask(2)];
    await settle();
    expect(child().asked.map(({ bytes }) => [...bytes])).toEqual([[1]]);
    await answer();
    expect([one.found, other.found]).toEqual(['a face', 'nothing yet']);
    expect(child().asked.map(({ bytes }) => [...bytes])).toEqual([[1], [2]]);
    await answer();
    expect(other.found).toBe('a face');
  });

  it.each(['no-face', 'several-faces', 'not-agreeing', 'unreadable'] as const)(
    'passes on why a picture gave no embedding: %s',
    async (fault) => {
      const { child, ask } = linkBench();
      const asked = ask();
      await settle();
      child().say({ type: 'not-embedded', request: child().asked[0]?.request, fault });
      await settle();
      expect(asked.found).toBe(fault);
    },
  );

  it('asks for no picture that is empty or larger than one of the evidence', async () => {
    const { children, link } = linkBench();
    for (const length of [0, LARGEST_FACE_PICTURE + 1])
      expect(await link.embed({ bytes: new Uint8Array(length), from: 'card' })).toEqual({
        ok: false,
        error: 'unreadable',
      });
    expect(children).toHaveLength(0);
  });

  it('loses one picture to a crash, and asks the next child for those behind', async () => {
    const { timers, children, child, ask, answer, warnings } = linkBench();
    const [one, other] = [ask(1), ask(2)];
    await settle();
    child().exit(139);
    await settle();
    expect([one.found, other.found]).toEqual(['not-running', 'nothing yet']);
    expect(warnings[0]).toContain('139');
    await timers.until(() => children.length === 2);
    await settle();
    expect(child().asked.map(({ bytes }) => [...bytes])).toEqual([[2]]);
    await answer();
    expect(other.found).toBe('a face');
  });

  it('waits longer after each crash in a row', async () => {
    const { timers, children, child, link } = linkBench();
    link.warm();
    const pauses: number[] = [];
    for (let crash = 0; crash < 5; crash += 1) {
      const [before, count] = [timers.monotonic(), children.length];
      child().exit(1);
      await timers.until(() => children.length > count);
      pauses.push(timers.monotonic() - before);
    }
    expect(pauses).toEqual([500, 1000, 2000, 5000, 5000]);
  });

  it('kills a child that takes too long over a picture, though it answers pings', async () => {
    const { timers, children, child, ask } = linkBench();
    const [one, other] = [ask(1), ask(2)];
    await settle();
    const spinning = child();
    await timers.until(() => !spinning.alive);
    expect(timers.monotonic()).toBe(5000);
    expect([one.found, other.found]).toEqual(['too-slow', 'nothing yet']);
    expect(spinning.asked).toHaveLength(1);
    await timers.until(() => children.length === 2);
    await settle();
    expect(child().asked.map(({ bytes }) => [...bytes])).toEqual([[2]]);
  });

  it('kills a child that answers no pings', async () => {
    const { timers, child, link, warnings } = linkBench();
    link.warm();
    await settle();
    const hanging = child();
    hanging.deaf = true;
    await timers.until(() => !hanging.alive);
    expect(timers.monotonic()).toBeLessThanOrEqual(6000);
    expect(warnings[0]).toContain('do not answer');
  });

  it('lets nobody wait for ever for a child that never gets ready', async () => {
    const { timers, child, ask } = linkBench({ neverReady: true });
    const asked = ask();
    await timers.advance(14_000);
    expect(asked.found).toBe('nothing yet');
    await timers.advance(1000);
    expect(asked.found).toBe('too-slow');
    expect(child().asked).toEqual([]);
  });

  it('renews a child that has grown, after the picture that it is at', async () => {
    const { timers, children, child, ask, answer, warnings } = linkBench();
    const asked = ask();
    await settle();
    child().memory = 900_000_000;
    await timers.advance(1500);
    expect(children).toHaveLength(1);
    await answer();
    expect(asked.found).toBe('a face');
    expect(warnings.at(-1)).toContain('too much memory');
    await timers.until(() => children.length === 2);
  });

  it('renews one that leaks at once, and that costs its picture', async () => {
    const { timers, children, child, ask } = linkBench();
    const asked = ask();
    await settle();
    child().memory = 2_000_000_000;
    await timers.until(() => children.length === 2);
    expect(asked.found).toBe('not-running');
  });

  it('rests after a session: nothing of it stays, and whoever waits is told', async () => {
    const { timers, children, child, link, ask } = linkBench();
    const [one, other] = [ask(1), ask(2)];
    await settle();
    link.rest();
    await settle();
    expect(child().alive).toBe(false);
    expect([one.found, other.found]).toEqual(['not-running', 'not-running']);
    await timers.advance(60_000);
    expect(children).toHaveLength(1);
    link.warm();
    await settle();
    expect(children).toHaveLength(2);
  });

  it.each([
    ['nothing', undefined],
    [
      'an embedding of another length',
      { type: 'embedded', request: 1, embedding: new Int16Array(5), tookMs: 1 },
    ],
    ['one field more', { type: 'ready', name: '张三' }],
  ])('drops an answer that is %s, and logs no content', async (_, message) => {
    const { child, ask, warnings } = linkBench();
    const asked = ask();
    await settle();
    child().say(message);
    await settle();
    expect(asked.found).toBe('nothing yet');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).not.toContain('张三');
  });

  it('does not take the answer to another picture', async () => {
    const { child, ask } = linkBench();
    const asked = ask();
    await settle();
    child().say({ type: 'embedded', request: 99, embedding: EMBEDDING, tookMs: 1 });
    await settle();
    expect(asked.found).toBe('nothing yet');
  });

  it('stops', async () => {
    const { child, link } = linkBench();
    link.warm();
    await link.stop();
    expect(child().alive).toBe(false);
  });
});
