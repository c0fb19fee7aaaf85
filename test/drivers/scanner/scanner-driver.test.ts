import { describe, expect, it } from 'vitest';
import type { DriverReport } from '#contract/driver-messages.ts';
import { err, ok } from '#domain/result.ts';
import type { Connector } from '#drivers/hub/connector.ts';
import { createScanner } from '#drivers/scanner/scanner-driver.ts';
import { memoryTransport } from '#drivers/transport/memory.ts';
import type { Transport } from '#drivers/transport/transport.ts';
import { closingLine, slowOpening } from '../connection/troubled-lines.ts';
import { type ManualTimers, manualTimers } from '../manual-timers.ts';
import { LINE_SCANNER, scannerBench } from './scanner-bench.ts';
import { simulatedNewland } from './simulated-newland.ts';

const NEWLAND = { ...LINE_SCANNER, trigger: 'newland' } as const;

/** A driver whose every connection is made by the test; tells when each was asked for. */
function connections(make: (count: number, timers: ManualTimers) => Transport | string) {
  const timers = manualTimers();
  const reports: DriverReport[] = [];
  const asked: number[] = [];
  const connector: Connector = {
    async connect() {
      asked.push(timers.monotonic());
      const made = make(asked.length, timers);
      return typeof made === 'string' ? err({ reason: 'missing', detail: made }) : ok(made);
    },
    whenPresent: () => () => {},
  };
  const scanner = createScanner({
    device: { ...LINE_SCANNER, trigger: 'honeywell' },
    connector,
    timers,
    report: (report) => {
      reports.push(report);
    },
  });
  const standing = () =>
    reports.flatMap((report) => (report.type === 'device' ? [`${report.state}: ${report.detail}`] : []));
  return { timers, asked, scanner, standing };
}

describe('the connection of a scanner', () => {
  it('is tried again after 0.5, 1, 2 and then 5 seconds', async () => {
    const { timers, asked, scanner } = connections(() => 'No such file or directory');
    await timers.advance(14_000);
    expect(asked).toEqual([0, 500, 1500, 3500, 8500, 13_500]);
    await scanner.stop();
  });

  it('that was good is tried again at once when it is lost', async () => {
    const lines = [1, 2, 3].map(() => memoryTransport({ path: '/dev/line' }));
    const { timers, asked } = connections((count) =>
      count < 3 ? 'No such file or directory' : (lines[count - 3]?.transport ?? 'no more'),
    );
    await timers.advance(12_000);
    lines[0]?.device.unplug();
    await timers.advance(1000);
    expect(asked).toEqual([0, 500, 1500, 12_500]);
  });

  it('that opens and closes again and again is told of twice, and tried ever more seldom', async () => {
    const { timers, asked, standing } = connections((_, timers) => closingLine({ timers, after: 200 }));
    await timers.advance(60_000);
    expect(standing().filter((each) => each.startsWith('ready'))).toHaveLength(2);
    expect(standing().at(-1)).toBe('absent: closed by the other side');
    expect(asked.slice(0, 5)).toEqual([0, 700, 1900, 4100, 9300]);
  });

  it('that lasts after others did not is told of once it has lasted', async () => {
    const { timers, standing } = connections((count, timers) =>
      count < 4 ? closingLine({ timers, after: 200 }) : memoryTransport({ path: '/dev/line' }).transport,
    );
    await timers.advance(14_000);
    expect(standing().at(-1)).toBe('absent: closed by the other side');
    await timers.advance(200);
    expect(standing().at(-1)).toBe('ready: null');
  });

  it('is free when the driver has stopped, though it was just being opened', async () => {
    const { transport, opened, isFree } = slowOpening();
    const { timers, scanner, standing } = connections(() => transport);
    await timers.advance(10);
    let stopped = false;
    const stopping = scanner.stop().then(() => {
      stopped = true;
    });
    await timers.advance(10);
    expect(stopped).toBe(false);
    opened();
    await stopping;
    expect(isFree()).toBe(true);
    expect(standing()).toEqual(['connecting: null']);
  });

  it('that ends while it opens is no connection', async () => {
    const { timers, asked, standing } = connections((count) => {
      const { transport, device } = memoryTransport({ path: '/dev/line' });
      if (count > 1) return transport;
      const open = async () => {
        const opened = await transport.open();
        device.unplug('pulled at once');
        return opened;
      };
      return { ...transport, open };
    });
    await timers.advance(100);
    expect(standing()).toEqual(['connecting: null', 'absent: pulled at once']);
    await timers.advance(1000);
    expect(standing().at(-1)).toBe('ready: null');
    expect(asked).toHaveLength(2);
  });

  it('that cannot be written to is closed, and a new one made', async () => {
    let closed = 0;
    const { timers, standing } = connections((count) => {
      const { transport } = memoryTransport({ path: '/dev/line' });
      if (count > 1) return transport;
      return {
        ...transport,
        write: async () => err({ reason: 'failed', detail: 'Input/output error' } as const),
        close: async () => {
          closed += 1;
          await transport.close();
        },
      };
    });
    await timers.advance(400);
    expect(standing().at(-1)).toBe('absent: Input/output error');
    expect(closed).toBe(1);
    await timers.advance(1000);
    expect(standing().at(-1)).toBe('ready: null');
  });
});

describe('a scanner that is gone', () => {
  it('is asked nothing, and misses no answer', async () => {
    const bench = await scannerBench(NEWLAND);
    simulatedNewland(bench, { answer: () => null });
    bench.start();
    await bench.timers.advance(1000);
    bench.unplug();
    await bench.timers.advance(60_000);
    expect(bench.states().at(-1)).toBe('absent');
    bench.plug();
    await bench.timers.advance(10);
    expect(await bench.health()).toMatchObject({ connections: 2, timeouts: 0 });
  });

  it('comes back without what was said of it before', async () => {
    const bench = await scannerBench(NEWLAND);
    simulatedNewland(bench, { answer: () => '\u0015' });
    bench.start();
    await bench.timers.advance(1000);
    expect(bench.details().at(-1)).toContain('nak');
    bench.unplug();
    bench.plug();
    await bench.timers.advance(10);
    expect(bench.details().at(-1)).toBe('has not answered yet');
  });
});
