import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../drivers/eventually.ts';
import { settle } from '../drivers/manual-timers.ts';
import { cardOf, openHall } from '../main/station/session/hall.ts';
import { type RealDrivers, realDrivers } from './real-drivers.ts';

const DRIVERS = '../../src/drivers/main.ts';
let drivers: RealDrivers | null = null;
afterEach(async () => {
  await drivers?.stop();
  drivers = null;
});

const gone = (pid: number) => eventually(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'));

/** A citizen at the step of the card, at a terminal whose reader is driven by a real process. */
async function citizenAtTheCard(options: { readonly entry: string; readonly memoryBound?: number }) {
  const real = await realDrivers(options);
  drivers = real;
  await real.ready();
  const hall = openHall({ drivers: real.forHall() });
  await hall.goTo('card');
  const lin = cardOf('lin');
  return { real, hall, lin, card: { kind: 'identity', text: lin.text, photo: lin.photo } as const };
}

describe('the drivers’ process, in the middle of a citizen’s card being read,', () => {
  it.each([
    ['is killed', DRIVERS, 'SIGKILL'],
    ['crashes in native code', DRIVERS, 'SIGSEGV'],
    ['spins', './drivers-that-spin.ts', 'SIGUSR2'],
    ['stands still', DRIVERS, 'SIGSTOP'],
  ] as const)(
    '%s: the session goes on, and the card is read when it is laid again',
    async (what, entry, signal) => {
      const { real, hall, lin, card } = await citizenAtTheCard({ entry });
      const readings = real.simulator.readings();
      real.simulator.insert(card);
      // The command to read went out, and its answer is not there yet.
      await eventually(() => expect(real.simulator.readings()).toBe(readings + 1));
      const victim = real.pid();
      const before = real.reports.length;
      const harmed = performance.now();
      process.kill(victim, signal);

      await real.recovered(before);
      console.log(`${what}: recovered in ${Math.round(performance.now() - harmed)} ms`);
      await gone(victim);
      expect(real.processes()).toBe(2);
      expect(real.reports.slice(before).map(({ type }) => type)).not.toContain('card.read');
      // The visit stands where it stood, and nothing was put into the queue.
      expect([hall.screen().name, hall.ends, hall.errors, hall.desk.saved.length]).toEqual(['card', 0, 0, 0]);

      real.simulator.lift();
      await eventually(() => expect(real.reports.at(-1)?.type).toBe('card.removed'));
      real.simulator.insert(card);
      await eventually(() => hall.screen('face'));
      await hall.cameraRuns();
      hall.face.view({ phase: 'positioning', hint: null });
      hall.face.view({ phase: 'prompt', index: 0, action: 'turn-left' });
      hall.face.pass();
      await settle();
      hall.touch('submit');
      await settle();
      // One enrolment, of the whole card.
      expect(hall.desk.saved).toHaveLength(1);
      expect(hall.desk.saved[0]?.holder).toMatchObject({
        source: 'card',
        card: { text: lin.text, photo: card.photo },
      });
    },
  );
});

describe('a drivers’ process that leaks', () => {
  // Twice what it takes when it is well, so that the test takes no more of this machine than it needs.
  const MEMORY_BOUND = 250_000_000;

  it('is renewed while nobody waits for a card; the next one is read', async () => {
    const real = await realDrivers({ entry: './drivers-that-leak.ts', memoryBound: MEMORY_BOUND });
    drivers = real;
    await real.ready();
    const victim = real.pid();
    const before = real.reports.length;
    const harmed = performance.now();
    process.kill(victim, 'SIGUSR2');
    await real.recovered(before);
    console.log(`leaks: recovered in ${Math.round(performance.now() - harmed)} ms`);
    await gone(victim);
    expect(real.warnings).toEqual([expect.stringContaining('the drivers hold too much memory')]);
    await real.ready();
    real.link.send({ type: 'reader.read' });
    const { text, photo } = cardOf('lin');
    real.simulator.insert({ kind: 'identity', text, photo });
    await eventually(() => expect(real.reports.at(-1)).toMatchObject({ type: 'card.read', text, photo }));
  });

  it('is renewed under a citizen only when it has grown to twice the bound; the card is read all the same', async () => {
    const { real, hall, card } = await citizenAtTheCard({
      entry: './drivers-that-leak.ts',
      memoryBound: MEMORY_BOUND,
    });
    const before = real.reports.length;
    process.kill(real.pid(), 'SIGUSR2');
    await real.recovered(before);
    const [, held] = /"memory":(\d+)/.exec(real.warnings[0] ?? '') ?? [];
    expect(Number(held)).toBeGreaterThan(2 * MEMORY_BOUND);
    real.simulator.insert(card);
    await eventually(() => hall.screen('face'));
    expect([hall.ends, hall.errors]).toEqual([0, 0]);
  });
});
