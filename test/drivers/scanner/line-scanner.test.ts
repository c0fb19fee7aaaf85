import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { DriverReport } from '#contract/driver-messages.ts';
import { systemConnector } from '#drivers/hub/system-connector.ts';
import { createScanner } from '#drivers/scanner/scanner-driver.ts';
import { systemTimers } from '#drivers/timers.ts';
import { bytes } from '../bytes.ts';
import { eventually } from '../eventually.ts';
import { encode, LINE_SCANNER, scannerBench } from './scanner-bench.ts';

describe('a line scanner', () => {
  it('passes on what is scanned while it is wanted, and nothing before or after', async () => {
    const bench = await scannerBench(LINE_SCANNER);
    bench.send('EIDP1:EARLY\r\u0000\r');
    bench.start();
    bench.send('EIDP1:ABC\rEIDP1:');
    bench.send('DEF\r');
    bench.stop();
    bench.send('EIDP1:LATE\r');
    expect(bench.scans()).toEqual(['EIDP1:ABC', 'EIDP1:DEF']);
    expect(bench.reports).toContainEqual({ type: 'scan', text: 'EIDP1:ABC', simulated: true });
  });

  it('gives nothing of a code that was under way when one was asked for', async () => {
    const bench = await scannerBench(LINE_SCANNER);
    bench.send('EIDP1:ABCDEFGH');
    bench.start();
    bench.send('IJKLMNOP\rEIDP1:WHOLE\r');
    expect(bench.scans()).toEqual(['EIDP1:WHOLE']);
  });

  it('waits no longer than a silence for the end of a code that was under way', async () => {
    const bench = await scannerBench(LINE_SCANNER);
    bench.send('EIDP1:HALF');
    bench.start();
    await bench.timers.advance(1500);
    bench.send('EIDP1:WHOLE\r');
    expect(bench.scans()).toEqual(['EIDP1:WHOLE']);
  });

  it('drops half a code when nothing follows', async () => {
    const bench = await scannerBench(LINE_SCANNER);
    bench.start();
    bench.send('EIDP1:HALF');
    await bench.timers.advance(1500);
    bench.send('EIDP1:WHOLE\r');
    expect(bench.scans()).toEqual(['EIDP1:WHOLE']);
  });

  it('refuses a code that never ends, and reads the next', async () => {
    const bench = await scannerBench(LINE_SCANNER);
    bench.start();
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
    const bench = await scannerBench(LINE_SCANNER);
    bench.start();
    bench.send(data);
    bench.send('\r');
    expect(bench.scans()).toEqual(['refused: not-text']);
  });

  it('forgets half a code when it is unplugged, and goes on when it is back', async () => {
    const bench = await scannerBench(LINE_SCANNER);
    bench.start();
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
    const bench = await scannerBench(LINE_SCANNER);
    bench.start();
    await bench.scanner.stop();
    bench.send('EIDP1:ABC\r');
    await bench.timers.advance(20_000);
    expect(bench.scans()).toEqual([]);
    expect(bench.states()).toEqual(['connecting', 'ready']);
  });
});

describe('a line scanner whose scans end in silence', () => {
  const SILENT = { ...LINE_SCANNER, ending: { kind: 'gap', gapTime: 50 } } as const;

  it('takes what comes without a pause for one code', async () => {
    const bench = await scannerBench(SILENT);
    bench.start();
    for (const part of ['EIDP1:', 'ABC', 'DEF']) {
      bench.send(part);
      await bench.timers.advance(40);
    }
    expect(bench.scans()).toEqual([]);
    await bench.timers.advance(60);
    bench.send('EIDP1:NEXT\r\n');
    await bench.timers.advance(60);
    expect(bench.scans()).toEqual(['EIDP1:ABCDEF', 'EIDP1:NEXT']);
  });

  it('takes what the system read in the last moment for a part of the code', async () => {
    const bench = await scannerBench(SILENT);
    bench.start();
    bench.send('EIDP1:');
    await bench.timers.advance(50);
    bench.send('ABC');
    await bench.timers.advance(60);
    expect(bench.scans()).toEqual(['EIDP1:ABC']);
  });

  it('refuses once what never falls silent, and reads what follows the silence', async () => {
    const bench = await scannerBench(SILENT);
    bench.start();
    for (let sent = 0; sent < 30; sent += 1) {
      bench.send('A'.repeat(500));
      await bench.timers.advance(20);
    }
    await bench.timers.advance(60);
    bench.send('EIDP1:NEXT');
    await bench.timers.advance(60);
    expect(bench.scans()).toEqual(['refused: too-long', 'EIDP1:NEXT']);
  });
});

describe('a line scanner that names the kind of each code', () => {
  const AIM = { ...LINE_SCANNER, aimIdentifier: true } as const;

  it('takes the identifier off', async () => {
    const bench = await scannerBench(AIM);
    bench.start();
    bench.send(']Q1EIDP1:ABC\r]C0012345\r');
    expect(bench.scans()).toEqual(['EIDP1:ABC', '012345']);
  });

  it('refuses a code without one, and tells the technician until one comes with it', async () => {
    const bench = await scannerBench(AIM);
    bench.start();
    bench.send('EIDP1:ABC\r');
    expect(bench.scans()).toEqual(['refused: not-text']);
    expect(bench.details().at(-1)).toContain('AIM identifier');
    expect(bench.states().at(-1)).toBe('ready');
    bench.send(']Q1EIDP1:ABC\r');
    expect(bench.details().at(-1)).toBeNull();
  });

  it('takes the longest code with its identifier', async () => {
    const bench = await scannerBench(AIM);
    bench.start();
    bench.send(`]Q1${'A'.repeat(4296)}\r]Q1${'A'.repeat(4297)}\r`);
    expect(bench.scans()).toEqual(['A'.repeat(4296), 'refused: too-long']);
  });
});

it('a line scanner that speaks GB 18030', async () => {
  const bench = await scannerBench({ ...LINE_SCANNER, encoding: 'gb18030' });
  bench.start();
  bench.send(bytes('C9 ED B7 DD 3A 82 35 8F 33 0D')); // 身份: and U+9FA6, which takes four bytes
  bench.send(bytes('C9 ED B7 0D'));
  expect(bench.scans()).toEqual(['身份:\u9fa6', 'refused: not-text']);
});

describe('what a scanner tells of its health', () => {
  it('counts whole, broken and cut codes, wanted or not, and connections', async () => {
    const bench = await scannerBench(LINE_SCANNER);
    bench.send('EIDP1:EARLY\r');
    bench.start();
    bench.send('EIDP1:ABC\r');
    bench.send(bytes('FF FF 0D'));
    bench.send('EIDP1:HALF');
    await bench.timers.advance(1500);
    expect(await bench.health()).toEqual({ connections: 1, frames: 2, damaged: 2, timeouts: 0 });
    bench.unplug();
    bench.plug();
    await bench.timers.advance(10);
    expect(await bench.health()).toEqual({ connections: 2, frames: 2, damaged: 2, timeouts: 0 });
  });

  it('tells nothing while nothing happens', async () => {
    const bench = await scannerBench(LINE_SCANNER);
    await bench.timers.advance(60_000);
    expect(bench.reports).toHaveLength(2);
  });
});

it('a line scanner behind a serial server gives codes over TCP, and again when the line was cut', async () => {
  const lines: Socket[] = [];
  const server = createServer((socket) => {
    // A cut connection may end in an error of either side.
    socket.on('error', () => {});
    lines.push(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const connection = { transport: 'tcp', host: '127.0.0.1', port: address.port } as const;
  const reports: DriverReport[] = [];
  const scans = () => reports.flatMap((report) => (report.type === 'scan' ? [report.text] : []));
  const scanner = createScanner({
    device: { ...LINE_SCANNER, connection, trigger: 'honeywell' },
    connector: systemConnector(connection),
    timers: systemTimers,
    report: (report) => {
      reports.push(report);
    },
  });
  try {
    scanner.handle({ type: 'scanner.start' });
    for (const [index, text] of ['EIDP1:ONE', 'EIDP1:TWO'].entries()) {
      const line = await eventually(() => {
        const accepted = lines[index];
        if (!accepted) throw new Error('nobody has connected yet');
        return accepted;
      });
      const told = new Promise<Buffer>((resolve) => line.once('data', resolve));
      expect(Uint8Array.from(await told)).toEqual(bytes('16 54 0D'));
      line.write(`${text}\r`);
      await eventually(() => expect(scans().at(-1)).toBe(text));
      line.destroy();
    }
    expect(scans()).toEqual(['EIDP1:ONE', 'EIDP1:TWO']);
  } finally {
    await scanner.stop();
    server.close();
  }
});
