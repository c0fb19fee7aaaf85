import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { err, ok } from '#domain/result.ts';
import { keepConnected } from '#drivers/connection/keep-connected.ts';
import type { Transport } from '#drivers/transport/transport.ts';
import { manualTimers } from '../manual-timers.ts';

/** A port of the system: locked by whoever has it open. `lives`: how long each connection holds; null: no device. */
function lockedPort(lives: readonly (number | null)[]) {
  const timers = manualTimers();
  const told: string[] = [];
  let held = 0;
  let made = 0;
  const transport = (life: number): Transport => {
    let onEnd: Parameters<Transport['onEnd']>[0] = () => {};
    let isOpen = false;
    const release = () => {
      if (isOpen) held -= 1;
      isOpen = false;
    };
    return {
      path: '/dev/port',
      async open() {
        await new Promise<void>((resolve) => timers.after(20, resolve));
        if (held > 0) throw new Error('two connections at once');
        held += 1;
        isOpen = true;
        timers.after(life, () => {
          const wasOpen = isOpen;
          release();
          if (wasOpen) onEnd({ unplugged: true, cause: 'gone' });
        });
        return ok(undefined);
      },
      write: async () => ok(undefined),
      async close() {
        await new Promise<void>((resolve) => timers.after(30, resolve));
        release();
      },
      onData() {},
      onEnd(listener) {
        onEnd = listener;
      },
    };
  };
  let current: Transport | null = null;
  const kept = keepConnected({
    connector: {
      async connect() {
        const life = lives[made] ?? null;
        made += 1;
        return life === null ? err({ reason: 'missing', detail: 'missing' }) : ok(transport(life));
      },
      whenPresent: () => () => {},
    },
    timers,
    onOpen(opened) {
      current = opened;
      told.push('open');
    },
    onProven: () => told.push('proven'),
    onLost() {
      current = null;
      told.push('lost');
    },
  });
  return {
    timers,
    kept,
    told,
    held: () => held,
    giveUp: () => current !== null && kept.giveUp(current, 'of no use'),
  };
}

const life = fc.option(fc.integer({ min: 1, max: 20_000 }));

describe('a device that is kept connected', () => {
  it('never has two connections, tells each in its order, and leaves a free line wherever it is stopped', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(life, { maxLength: 12 }),
        fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 5000 })), { maxLength: 12 }),
        async (lives, moments) => {
          const port = lockedPort(lives);
          for (const [givesUp, pause] of moments) {
            if (givesUp) port.giveUp();
            await port.timers.advance(pause);
          }
          let isStopped = false;
          const stopping = port.kept.stop().then(() => {
            isStopped = true;
            expect(port.held()).toBe(0);
          });
          const before = port.told.length;
          await port.timers.advance(100);
          await stopping;
          await port.timers.advance(20_000);
          expect(isStopped).toBe(true);
          expect(port.held()).toBe(0);
          expect(port.told).toHaveLength(before);
          for (const [index, each] of port.told.entries()) {
            const last = port.told[index - 1];
            if (each === 'proven') expect(last).toBe('open');
            if (each === 'open') expect([undefined, 'lost']).toContain(last);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is told as connected at once twice, and then once it has lasted ten seconds', async () => {
    const port = lockedPort([100, 100, 100, 60_000]);
    await port.timers.advance(12_000);
    expect(port.told.filter((each) => each === 'proven')).toHaveLength(2);
    await port.timers.advance(3000);
    expect(port.told.slice(-2)).toEqual(['open', 'proven']);
  });
});
