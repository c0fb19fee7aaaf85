import { beforeEach, describe, expect, it } from 'vitest';
import { type DriverCommand, type DriverReport, NO_HEALTH } from '#contract/driver-messages.ts';
import type { PrintFault } from '#contract/receipt.ts';
import { driverPrinter } from '#station/printing/driver-printer.ts';
import { type ManualTimers, manualTimers, settle } from '../../../drivers/manual-timers.ts';

type State = Extract<DriverReport, { type: 'device' }>['state'];

/** The drivers' link with one printer behind it, or none. */
function link() {
  const listeners = new Set<(report: DriverReport) => void>();
  const sent: Extract<DriverCommand, { type: 'printer.print' }>[] = [];
  let state: State | null = 'ready';
  const status = (now: State) =>
    ({
      type: 'device',
      role: 'printer',
      state: now,
      model: 'test',
      samId: null,
      simulated: true,
      detail: null,
      health: NO_HEALTH,
    }) as const;
  const tell = (report: DriverReport) => {
    for (const listener of [...listeners]) listener(report);
  };
  return {
    sent,
    tell,
    listening: () => listeners.size,
    become(now: State | null) {
      state = now;
      if (now !== null) tell(status(now));
    },
    answer(fault: PrintFault | null, request = sent.at(-1)?.request ?? 0) {
      tell({ type: 'printed', request, fault });
    },
    port: {
      send(command: DriverCommand) {
        if (command.type === 'printer.print') sent.push(command);
      },
      onReport(listener: (report: DriverReport) => void) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      device: () => (state === null ? null : status(state)),
    },
  };
}

let drivers: ReturnType<typeof link>;
let timers: ManualTimers;
let drawn: number;
beforeEach(() => {
  drivers = link();
  timers = manualTimers();
  drawn = 0;
});
const SLIP = {
  packetId: '019c8f3a-5e00-7abc-8def-0123456789ab',
  pdf: async () => {
    drawn += 1;
    return new Uint8Array([37, 80, 68, 70]);
  },
  receipt: () => [{ kind: 'rule' } as const],
};
const print = () => driverPrinter({ drivers: drivers.port, timers }).print(SLIP);

describe('the configured printer', () => {
  it('is given the receipt, and what it says is what became of it', async () => {
    const printed = print();
    expect(drivers.sent).toMatchObject([{ request: 1, document: { kind: 'receipt' } }]);
    drivers.answer(null);
    expect(await printed).toEqual({ ok: true, value: undefined });
    expect(drawn).toBe(0);
    expect(drivers.listening()).toBe(0);
  });

  it('is given the page when it has no use for a receipt', async () => {
    const printed = print();
    drivers.answer('no-printer');
    await settle();
    expect(drivers.sent).toMatchObject([
      { request: 1, document: { kind: 'receipt' } },
      { request: 2, document: { kind: 'pdf' } },
    ]);
    drivers.answer(null);
    expect(await printed).toEqual({ ok: true, value: undefined });
    const { document } = drivers.sent[1] ?? {};
    // What was sent has been copied; this copy is wiped.
    expect(document?.kind === 'pdf' && document.bytes.every((octet) => octet === 0)).toBe(true);
  });

  it.each(['no-paper', 'cover-open', 'jammed', 'offline', 'unknown'] as const)(
    'says %s as its driver does',
    async (fault) => {
      const printed = print();
      drivers.answer(fault);
      expect(await printed).toEqual({ ok: false, error: fault });
    },
  );

  it.each([
    [null, 'no-printer'],
    ['absent', 'offline'],
    ['connecting', 'offline'],
  ] as const)('that is %s is not waited for', async (state, fault) => {
    drivers.become(state);
    expect(await print()).toEqual({ ok: false, error: fault });
    expect(drivers.sent).toEqual([]);
  });

  it('that is out of service is asked all the same: it knows why', async () => {
    drivers.become('out-of-service');
    const printed = print();
    drivers.answer('jammed');
    expect(await printed).toEqual({ ok: false, error: 'jammed' });
  });

  it('takes no answer for its own that was for another slip', async () => {
    const printed = print();
    drivers.answer('jammed', 99);
    drivers.answer(null);
    expect(await printed).toEqual({ ok: true, value: undefined });
  });

  it('whose process ends leaves open what became of the slip', async () => {
    const printed = print();
    drivers.become('connecting');
    expect(await printed).toEqual({ ok: false, error: 'unknown' });
  });

  it('that never answers leaves it open too', async () => {
    const printed = print();
    await timers.advance(90_000);
    expect(await printed).toEqual({ ok: false, error: 'unknown' });
    expect(drivers.listening()).toBe(0);
  });
});
