import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DriverReport } from '#contract/driver-messages.ts';
import { encodeSsi, SSI } from '#drivers/framing/ssi.ts';
import { systemConnector } from '#drivers/hub/system-connector.ts';
import { createScanner } from '#drivers/scanner/scanner-driver.ts';
import { createSimulatedDevice } from '#drivers/simulator/simulated-device.ts';
import { systemTimers } from '#drivers/timers.ts';
import { bytes } from '../bytes.ts';
import { eventually } from '../eventually.ts';
import { SSI_SCANNER, scannerBench } from './scanner-bench.ts';
import { simulatedSsi } from './simulated-ssi.ts';

const ALWAYS_ON = { ...SSI_SCANNER, trigger: 'always-on' } as const;
const { scanEnable, scanDisable, startSession, stopSession } = SSI;
const HELLO = bytes('0A F3 00 00 1C 48 45 4C 4C 4F FD 73');
const ACK = bytes('04 D0 04 00 FF 28');
const NAK = bytes('05 D1 04 00 01 FF 25');

async function ssiBench(options: Partial<Parameters<typeof simulatedSsi>[0]> = {}) {
  const bench = await scannerBench(SSI_SCANNER);
  const scanner = simulatedSsi({ timers: bench.timers, send: (data) => bench.send(data), ...options });
  bench.answer((data) => scanner.receive(data));
  await bench.timers.advance(1000);
  return { ...bench, simulated: scanner };
}

describe('an SSI scanner', () => {
  it('is disabled when it comes, enabled and started when a code is wanted, and stopped', async () => {
    const bench = await ssiBench();
    bench.start();
    await bench.timers.advance(1000);
    bench.stop();
    await bench.timers.advance(10_000);
    expect(bench.simulated.heard()).toEqual([
      scanDisable,
      scanEnable,
      startSession,
      stopSession,
      scanDisable,
    ]);
    expect(await bench.health()).toEqual({ connections: 1, frames: 5, damaged: 0, timeouts: 0 });
  });

  it('is ready when it has answered, and not before', async () => {
    const bench = await scannerBench(SSI_SCANNER);
    await bench.timers.advance(400);
    expect(bench.states()).toEqual(['connecting', 'connecting']);
    expect(bench.details().at(-1)).toBe('has not answered yet');
    bench.send(bytes('04 D0 00 00 FF 2C'));
    expect(bench.states().at(-1)).toBe('ready');
    expect(bench.details().at(-1)).toBeNull();
  });

  it('that never answered was never ready', async () => {
    const bench = await scannerBench(SSI_SCANNER);
    await bench.timers.advance(60_000);
    expect(bench.states()).not.toContain('ready');
    expect(bench.states().at(-1)).toBe('out-of-service');
  });

  it('that looks by itself is enabled once, and nothing else', async () => {
    const bench = await scannerBench(ALWAYS_ON);
    await bench.timers.advance(400);
    bench.send(bytes('04 D0 00 00 FF 2C'));
    bench.start();
    await bench.timers.advance(60_000);
    bench.stop();
    await bench.timers.advance(60_000);
    expect(bench.written).toEqual([encodeSsi({ opcode: scanEnable, source: 'host' })]);
  });

  it('gives HELLO, which is acknowledged', async () => {
    const bench = await scannerBench(ALWAYS_ON);
    bench.start();
    await bench.timers.advance(400);
    bench.send(HELLO);
    await bench.timers.advance(1);
    expect(bench.scans()).toEqual(['HELLO']);
    expect(bench.written.at(-1)).toEqual(ACK);
  });

  it('is acknowledged too when nobody wants a code, or it would repeat it', async () => {
    const bench = await scannerBench(ALWAYS_ON);
    await bench.timers.advance(400);
    bench.send(HELLO);
    await bench.timers.advance(1);
    expect(bench.scans()).toEqual([]);
    expect(bench.written.at(-1)).toEqual(ACK);
    expect(await bench.health()).toMatchObject({ frames: 1 });
  });

  it('gives two codes in one chunk, each acknowledged', async () => {
    const bench = await scannerBench(ALWAYS_ON);
    bench.start();
    await bench.timers.advance(400);
    bench.send(Uint8Array.of(...HELLO, ...HELLO));
    await bench.timers.advance(1);
    expect(bench.scans()).toEqual(['HELLO', 'HELLO']);
    expect(bench.written.slice(-2)).toEqual([ACK, ACK]);
  });

  it.each([1, 249, 250, 251, 1000, 4296])(
    'gives a code of %i bytes, in as many packets as it takes',
    async (length) => {
      const bench = await ssiBench();
      bench.start();
      const text = 'EIDP1'.repeat(1000).slice(0, length);
      bench.simulated.show(text);
      await bench.timers.advance(1000);
      expect(bench.scans()).toEqual([text]);
    },
  );

  it('refuses once a code that is too long, acknowledges it to its end, and gives the next', async () => {
    const bench = await ssiBench();
    bench.start();
    bench.simulated.show('A'.repeat(10_000));
    await bench.timers.advance(1000);
    bench.simulated.show('NEXT');
    await bench.timers.advance(1000);
    expect(bench.scans()).toEqual(['refused: too-long', 'NEXT']);
    expect(bench.simulated.acknowledged()).toBe(41);
  });

  it('takes off the ending that the scanner adds', async () => {
    const bench = await ssiBench();
    bench.start();
    bench.simulated.show('EIDP1:ABC\r\n');
    await bench.timers.advance(100);
    expect(bench.scans()).toEqual(['EIDP1:ABC']);
  });
});

describe('an SSI scanner on a bad line', () => {
  /** Packets 1 to 3 are the answers to scan disable, scan enable and start session. */
  const FIRST_CODE = 4;
  const wrongSum = (packet: Uint8Array) => packet.with(packet.length - 1, (packet.at(-1) ?? 0) ^ 0x55);

  async function oneCode(onLine: (packet: Uint8Array, count: number) => readonly Uint8Array[]) {
    const bench = await ssiBench({ onLine });
    bench.start();
    await bench.timers.advance(500);
    bench.simulated.show(`EIDP1:${'A'.repeat(400)}`);
    await bench.timers.advance(4000);
    return bench;
  }
  const WHOLE = `EIDP1:${'A'.repeat(400)}`;

  it('is asked for a damaged packet again', async () => {
    const bench = await oneCode((packet, count) => [count === FIRST_CODE ? wrongSum(packet) : packet]);
    expect(bench.scans()).toEqual([WHOLE]);
    expect(bench.simulated.asked()).toBe(1);
    expect(await bench.health()).toMatchObject({ damaged: 1 });
  });

  it('is asked for a packet again that was cut short', async () => {
    const bench = await oneCode((packet, count) => [count === FIRST_CODE ? packet.slice(0, 100) : packet]);
    expect(bench.scans()).toEqual([WHOLE]);
    expect(bench.simulated.asked()).toBe(1);
  });

  it('is asked each time, as long as what it repeats is whole', async () => {
    const isFirstOfCode = (packet: Uint8Array) => packet[1] === SSI.decodeData && packet[3] === 0;
    const bench = await ssiBench({
      onLine: (packet) => [isFirstOfCode(packet) ? wrongSum(packet) : packet],
    });
    bench.start();
    await bench.timers.advance(500);
    // Within one looking, so that no other packet comes between.
    for (let turn = 0; turn < 5; turn += 1) {
      bench.simulated.show(`EIDP1:${turn}`);
      await bench.timers.advance(300);
    }
    expect(bench.scans()).toEqual([0, 1, 2, 3, 4].map((turn) => `EIDP1:${turn}`));
    expect(bench.simulated.asked()).toBe(5);
  });

  it('is not asked for ever', async () => {
    const bench = await ssiBench({
      onLine: (packet, count) => [count >= FIRST_CODE ? wrongSum(packet) : packet],
    });
    bench.start();
    await bench.timers.advance(500);
    for (let turn = 0; turn < 20; turn += 1) {
      bench.simulated.show('EIDP1:ABC');
      await bench.timers.advance(3000);
    }
    expect(bench.scans()).toEqual([]);
    expect(bench.simulated.asked()).toBe(3);
  });

  it('repeats a code whose packet was lost altogether', async () => {
    const bench = await oneCode((packet, count) => (count === FIRST_CODE ? [] : [packet]));
    expect(bench.scans()).toEqual([WHOLE]);
  });

  it('repeats what it had sent, because our acknowledgement was lost: it is given once', async () => {
    const bench = await scannerBench(ALWAYS_ON);
    bench.start();
    await bench.timers.advance(400);
    const again = encodeSsi({
      opcode: SSI.decodeData,
      source: 'scanner',
      retransmit: true,
      data: HELLO.slice(4, -2),
    });
    for (const packet of [HELLO, again, again]) {
      bench.send(packet);
      await bench.timers.advance(2000);
    }
    expect(bench.scans()).toEqual(['HELLO']);
    expect(bench.written.slice(-3)).toEqual([ACK, ACK, ACK]);
    bench.send(HELLO);
    await bench.timers.advance(10);
    expect(bench.scans()).toEqual(['HELLO', 'HELLO']);
  });

  it('leaves the rest of a code away: what was begun is no part of the next', async () => {
    const bench = await scannerBench(ALWAYS_ON);
    bench.start();
    await bench.timers.advance(400);
    const data = bytes('1C 48 41');
    bench.send(encodeSsi({ opcode: SSI.decodeData, source: 'scanner', continued: true, data }));
    await bench.timers.advance(6000);
    bench.send(HELLO);
    expect(bench.scans()).toEqual(['HELLO']);
    expect(await bench.health()).toMatchObject({ frames: 1, damaged: 1 });
  });

  it('does not join what was begun before with what is asked for now', async () => {
    const bench = await scannerBench(ALWAYS_ON);
    await bench.timers.advance(400);
    const part = (hex: string, continued: boolean) =>
      encodeSsi({ opcode: SSI.decodeData, source: 'scanner', continued, data: bytes(hex) });
    bench.send(part('1C 48 41', true));
    bench.start();
    bench.send(part('1C 4C 46', false));
    bench.send(HELLO);
    expect(bench.scans()).toEqual(['HELLO']);
  });

  it('babbles: one NAK after the other is not sent', async () => {
    const bench = await scannerBench(ALWAYS_ON);
    await bench.timers.advance(400);
    for (let turn = 0; turn < 50; turn += 1) {
      bench.send(Uint8Array.from({ length: 300 }, (_, index) => (index * turn) & 0xff));
      await bench.timers.advance(500);
    }
    expect(bench.written.filter((each) => each[1] === NAK[1]).length).toBeLessThanOrEqual(3);
  });

  it('gives the same code whatever single byte is changed or lost on the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(270),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (place, change, lost) => {
          const bench = await oneCode((packet, count) => {
            if (count !== FIRST_CODE) return [packet];
            const at = place % packet.length;
            if (lost) return [packet.slice(0, at), packet.slice(at + 1)];
            return [packet.with(at, (packet[at] ?? 0) ^ change)];
          });
          expect(bench.scans()).toEqual([WHOLE]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('an SSI scanner that does not do what it is told', () => {
  it('denies: the technician is told which command', async () => {
    const bench = await ssiBench({ commands: 'denied' });
    expect(bench.details().at(-1)).toBe('the scanner refused SCAN_DISABLE: denied');
  });

  it('mishears: the command is said again, and not for ever', async () => {
    const bench = await ssiBench({ commands: 'misheard' });
    await bench.timers.advance(5000);
    expect(bench.simulated.heard()).toEqual([scanDisable, scanDisable, scanDisable, scanDisable]);
    expect(bench.details().at(-1)).toContain('SCAN_DISABLE');
  });

  it('hears nothing: it is out of service until it does', async () => {
    const bench = await ssiBench({ commands: 'unheard' });
    bench.start();
    await bench.timers.advance(10_000);
    expect(bench.states().at(-1)).toBe('out-of-service');
    bench.simulated.show('EIDP1:ABC');
    await bench.timers.advance(10);
    expect(bench.states().at(-1)).toBe('ready');
    expect(bench.scans()).toEqual(['EIDP1:ABC']);
  });
});

it('an SSI scanner on a pseudo-terminal', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ssi-'));
  const reports: DriverReport[] = [];
  const device = await createSimulatedDevice({
    path: join(folder, 'scanner'),
    baudRate: 115200,
    receive: (data) => simulated.receive(data),
  });
  const simulated = simulatedSsi({ timers: systemTimers, send: (data) => device.send(data) });
  const connection = { transport: 'serial', path: device.path, baudRate: 115200 } as const;
  const scanner = createScanner({
    device: { ...SSI_SCANNER, connection },
    connector: systemConnector(connection),
    timers: systemTimers,
    report: (report) => {
      reports.push(report);
    },
  });
  try {
    scanner.handle({ type: 'scanner.start' });
    await eventually(() => expect(simulated.heard()).toContain(startSession));
    simulated.show(`EIDP1:${'陈'.repeat(300)}`);
    await eventually(() =>
      expect(reports).toContainEqual({ type: 'scan', text: `EIDP1:${'陈'.repeat(300)}`, simulated: true }),
    );
  } finally {
    await scanner.stop();
    await device.unplug();
    rmSync(folder, { recursive: true });
  }
});
