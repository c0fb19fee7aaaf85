import { describe, expect, it } from 'vitest';
import { err, ok } from '#domain/result.ts';
import type { SlipPrinter } from '#station/ports.ts';
import { settle } from '../../../drivers/manual-timers.ts';
import { ISSUED, openHall } from './hall.ts';

describe('the slip', () => {
  it('is printed once it is shown', async () => {
    const printed: { packetId: string; octets: number }[] = [];
    const hall = openHall({
      printer: {
        async print({ pdf, packetId }) {
          printed.push({ packetId, octets: (await pdf()).length });
          return { ok: true, value: undefined };
        },
      },
    });
    await hall.goTo('deciding');
    hall.desk.decide(ISSUED);
    await settle();
    hall.touch('continue');
    await settle();
    expect(hall.screen('slip').slip.print).toEqual({ state: 'printed' });
    expect(printed).toEqual([{ packetId: hall.screen('slip').slip.packetId, octets: 60 }]);
  });

  it('stays on the screen when there is no paper', async () => {
    const hall = openHall({ printer: { print: async () => err('no-paper') } });
    await hall.goTo('deciding');
    hall.desk.decide(ISSUED);
    await settle();
    hall.touch('continue');
    await settle();
    expect(hall.screen('slip').slip.print).toEqual({ state: 'not-printed', reason: 'no-paper' });
    expect(hall.audit).toContainEqual({
      type: 'slip.failed',
      fields: { packetId: hall.screen('slip').slip.packetId, reason: 'no-paper' },
    });
  });

  it.each(['cover-open', 'jammed', 'offline', 'unknown'] as const)(
    'is offered on the screen, and why is kept, when the printer is %s',
    async (reason) => {
      const hall = openHall({ printer: { print: async () => err(reason) } });
      await shownSlip(hall);
      expect(hall.screen('slip').slip.print).toEqual({ state: 'not-printed', reason });
      expect(hall.audit).toContainEqual({
        type: 'slip.failed',
        fields: { packetId: hall.screen('slip').slip.packetId, reason },
      });
    },
  );

  it('of a terminal without a printer is shown, which is no news', async () => {
    const hall = openHall();
    await shownSlip(hall);
    expect(hall.screen('slip').slip.print).toEqual({ state: 'not-printed', reason: 'no-printer' });
    expect(hall.audit.map(({ type }) => type)).not.toContain('slip.failed');
  });

  it('is said to be printing while it is', async () => {
    const printer = slowPrinter();
    const hall = openHall({ printer });
    await shownSlip(hall);
    expect(hall.screen('slip').slip.print).toEqual({ state: 'printing' });
    printer.finish();
    await settle();
    expect(hall.screen('slip').slip.print).toEqual({ state: 'printed' });
  });

  it('that a mistake keeps from being printed is shown', async () => {
    const hall = openHall({ printer: { print: () => Promise.reject(new Error('a mistake')) } });
    await shownSlip(hall);
    expect(hall.screen('slip').slip.print).toEqual({ state: 'not-printed', reason: 'unknown' });
  });

  it('that is still being printed when the citizen has gone comes out before the drivers begin afresh', async () => {
    const printer = slowPrinter();
    const hall = openHall({ printer });
    await shownSlip(hall);
    hall.touch('finish');
    hall.drivers.lift();
    await hall.timers.advance(5_000);
    expect(hall.drivers.renewals).toBe(0);
    printer.finish();
    await settle();
    expect(hall.drivers.renewals).toBe(1);
    expect(hall.audit.map(({ type }) => type)).toContain('slip.printed');
    await hall.nextCitizen();
  });

  it('that never comes out keeps nobody waiting for long', async () => {
    const printer = slowPrinter();
    const hall = openHall({ printer });
    await shownSlip(hall);
    hall.touch('finish');
    hall.drivers.lift();
    await hall.nextCitizen();
    // What became of it is told to nobody else's screen.
    const screen = hall.screen();
    printer.finish();
    await settle();
    expect(hall.screen()).toEqual(screen);
  });

  async function shownSlip(hall: ReturnType<typeof openHall>): Promise<void> {
    await hall.goTo('deciding');
    hall.desk.decide(ISSUED);
    await settle();
    hall.touch('continue');
    await settle();
  }

  function slowPrinter(): SlipPrinter & { finish(): void } {
    let finish: () => void = () => {};
    const out = new Promise<void>((resolve) => {
      finish = resolve;
    });
    return {
      finish: () => finish(),
      async print() {
        await out;
        return ok(undefined);
      },
    };
  }
});
