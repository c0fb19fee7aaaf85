import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineScannerDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { createLineScanner } from '#drivers/scanner/line-scanner.ts';
import { LONGEST_SCAN, readScan } from '#drivers/scanner/scan-text.ts';
import type { MemoryDevice } from '#drivers/transport/memory.ts';
import { memoryTransport } from '#drivers/transport/memory.ts';
import { bytes } from '../bytes.ts';
import { manualTimers } from '../manual-timers.ts';
import { manualConnector } from '../reader/reader-bench.ts';

const SCANNER_PATH = '/dev/bench-scanner';
const SCANNER = {
  role: 'scanner',
  model: 'Bench scanner',
  simulated: true,
  protocol: 'line',
  connection: { transport: 'serial', path: SCANNER_PATH, baudRate: 115200 },
  ending: { kind: 'suffix', suffix: 'cr' },
  encoding: 'utf-8',
  aimIdentifier: false,
  trigger: 'always-on',
} as const satisfies LineScannerDevice;

const encode = (text: string) => new TextEncoder().encode(text);

async function scannerBench() {
  const timers = manualTimers();
  const reports: DriverReport[] = [];
  let plugged = true;
  let device: MemoryDevice | null = null;
  const connector = manualConnector(() => {
    const made = memoryTransport({
      path: SCANNER_PATH,
      ...(plugged ? {} : { openFault: { reason: 'missing', detail: 'No such file or directory' } as const }),
    });
    if (plugged) device = made.device;
    return made.transport;
  });
  const scanner = createLineScanner({
    device: SCANNER,
    timers,
    connector,
    report: (report) => {
      reports.push(report);
    },
  });
  await timers.advance(10);
  return {
    timers,
    scanner,
    reports,
    send: (data: string | Uint8Array) => device?.emit(typeof data === 'string' ? encode(data) : data),
    scans: () =>
      reports.flatMap((report) => {
        if (report.type === 'scan') return [report.text];
        return report.type === 'scan.refused' ? [`refused: ${report.reason}`] : [];
      }),
    states: () => reports.flatMap((report) => (report.type === 'device' ? [report.state] : [])),
    unplug() {
      plugged = false;
      device?.unplug();
    },
    plug() {
      plugged = true;
      connector.appear();
    },
  };
}

describe('a line scanner', () => {
  it('passes on what is scanned while it is wanted, and nothing before or after', async () => {
    const bench = await scannerBench();
    bench.send('EIDP1:EARLY\r');
    bench.scanner.handle({ type: 'scanner.start' });
    bench.send('EIDP1:ABC\rEIDP1:');
    bench.send('DEF\r');
    bench.scanner.handle({ type: 'scanner.stop' });
    bench.send('EIDP1:LATE\r');
    expect(bench.scans()).toEqual(['EIDP1:ABC', 'EIDP1:DEF']);
    expect(bench.reports).toContainEqual({ type: 'scan', text: 'EIDP1:ABC', simulated: true });
  });

  it('does not join what was begun before with what is asked for now', async () => {
    const bench = await scannerBench();
    bench.send('EIDP1:HALF');
    bench.scanner.handle({ type: 'scanner.start' });
    bench.send('EIDP1:WHOLE\r');
    expect(bench.scans()).toEqual(['EIDP1:WHOLE']);
  });

  it('drops half a code when nothing follows', async () => {
    const bench = await scannerBench();
    bench.scanner.handle({ type: 'scanner.start' });
    bench.send('EIDP1:HALF');
    await bench.timers.advance(1500);
    bench.send('EIDP1:WHOLE\r');
    expect(bench.scans()).toEqual(['EIDP1:WHOLE']);
  });

  it('refuses a code that never ends, and reads the next', async () => {
    const bench = await scannerBench();
    bench.scanner.handle({ type: 'scanner.start' });
    for (let sent = 0; sent < 20; sent += 1) bench.send('A'.repeat(1000));
    bench.send('\rEIDP1:NEXT\r');
    expect(bench.scans()).toEqual(['refused: too-long', 'EIDP1:NEXT']);
  });

  it.each([
    ['malformed UTF-8', bytes('45 49 44 C3 28')],
    ['an overlong form', bytes('C0 AF')],
    ['half a surrogate pair', bytes('ED A0 80')],
    ['an escape sequence', encode('\u001b[2J')],
    ['a NUL', encode('EIDP1:\0')],
    ['a C1 control', encode('EIDP1:\u0085')],
    ['a turn of the reading direction', encode('EIDP1:\u202eABC')],
  ])('refuses %s', async (_, data) => {
    const bench = await scannerBench();
    bench.scanner.handle({ type: 'scanner.start' });
    bench.send(data);
    bench.send('\r');
    expect(bench.scans()).toEqual(['refused: not-text']);
  });

  it('forgets half a code when it is unplugged, and goes on when it is back', async () => {
    const bench = await scannerBench();
    bench.scanner.handle({ type: 'scanner.start' });
    bench.send('EIDP1:HALF');
    bench.unplug();
    await bench.timers.advance(20_000);
    bench.plug();
    await bench.timers.advance(10);
    bench.send('EIDP1:WHOLE\r');
    expect(bench.scans()).toEqual(['EIDP1:WHOLE']);
    expect(bench.states().at(0)).toBe('connecting');
    expect(bench.states().at(-1)).toBe('ready');
    expect(bench.states()).toContain('absent');
  });

  it('says nothing more once it was stopped', async () => {
    const bench = await scannerBench();
    bench.scanner.handle({ type: 'scanner.start' });
    await bench.scanner.stop();
    bench.send('EIDP1:ABC\r');
    await bench.timers.advance(20_000);
    expect(bench.scans()).toEqual([]);
    expect(bench.states()).toEqual(['connecting', 'ready']);
  });
});

describe('the text of a scan', () => {
  it('is either printable and bounded, or refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 5000 }), fc.string({ unit: 'binary' }).map(encode)),
        (data) => {
          const read = readScan(data);
          if (!read.ok) return;
          expect(read.value.length).toBeLessThanOrEqual(LONGEST_SCAN);
          expect(read.value).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
          expect(encode(read.value)).toEqual(data);
        },
      ),
    );
  });

  it('may be Chinese', () => {
    expect(readScan(encode('身份:陈𬀩'))).toEqual({ ok: true, value: '身份:陈𬀩' });
  });
});
