import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HID_POS_LAYOUTS, type HidPosScannerDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { systemConnector, THIS_MACHINE } from '#drivers/hub/system-connector.ts';
import { createScanner } from '#drivers/scanner/scanner-driver.ts';
import { systemTimers } from '#drivers/timers.ts';
import { bytes } from '../bytes.ts';
import { eventually } from '../eventually.ts';
import { hidPosReport, hidPosReports } from '../framing/hid-pos-reports.ts';
import { type FakeHidDevice, fakeHidDevice } from '../transport/fake-hid.ts';
import { encode, HID_SCANNER, scannerBench } from './scanner-bench.ts';

const CHINESE = `EIDP1:${'身份'.repeat(40)}`;

describe.each(HID_POS_LAYOUTS)('a HID scanner in the %s layout', (layout) => {
  const DEVICE = { ...HID_SCANNER, layout } as const;
  const show = (text: string) => hidPosReports({ layout, data: encode(text) });

  it('gives codes of one report and of many', async () => {
    const bench = await scannerBench(DEVICE);
    bench.start();
    for (const report of [...show('HELLO'), ...show(CHINESE), ...show('EIDP1:NEXT\r')]) bench.send(report);
    await bench.timers.advance(500);
    expect(bench.scans()).toEqual(['HELLO', CHINESE, 'EIDP1:NEXT']);
    expect(await bench.health()).toEqual({ connections: 1, frames: 3, damaged: 0, timeouts: 0 });
  });

  it('gives what fills its last report up', async () => {
    const bench = await scannerBench(DEVICE);
    bench.start();
    const [first = new Uint8Array(0)] = show('A'.repeat(56));
    bench.send(first);
    await bench.timers.advance(500);
    expect(bench.scans()).toEqual(['A'.repeat(56)]);
  });

  it('does not join what was begun before with what is asked for now', async () => {
    const bench = await scannerBench(DEVICE);
    const [first = new Uint8Array(0), ...rest] = show('A'.repeat(200));
    bench.send(first);
    bench.start();
    for (const report of [...rest, ...show('EIDP1:ABC')]) bench.send(report);
    await bench.timers.advance(500);
    expect(bench.scans()).toEqual(['EIDP1:ABC']);
  });

  it('speaks GB 18030 across the edge of two reports', async () => {
    const bench = await scannerBench({ ...DEVICE, encoding: 'gb18030' });
    bench.start();
    const text = `A${'身份\u9fa6'.repeat(20)}`;
    const data = Uint8Array.from(iconv.encode(text, 'gb18030'));
    for (const report of hidPosReports({ layout, data })) bench.send(report);
    await bench.timers.advance(500);
    expect(bench.scans()).toEqual([text]);
  });

  it('gives no code that is nothing but its ending', async () => {
    const bench = await scannerBench(DEVICE);
    bench.start();
    for (const report of [...show('\r\n'), ...show('EIDP1:ABC')]) bench.send(report);
    await bench.timers.advance(500);
    expect(bench.scans()).toEqual(['EIDP1:ABC']);
  });

  it('refuses control characters', async () => {
    const bench = await scannerBench(DEVICE);
    bench.start();
    for (const report of show('EIDP1:\u001b[2J')) bench.send(report);
    await bench.timers.advance(500);
    expect(bench.scans()).toEqual(['refused: not-text']);
  });
});

describe('a HID scanner whose code is not ended', () => {
  it('loses it after a silence', async () => {
    const bench = await scannerBench(HID_SCANNER);
    bench.start();
    bench.send(hidPosReport({ layout: 'honeywell', data: encode('A'.repeat(56)), more: true }));
    await bench.timers.advance(1500);
    bench.send(hidPosReport({ layout: 'honeywell', data: encode('EIDP1:ABC') }));
    expect(bench.scans()).toEqual(['EIDP1:ABC']);
    expect(await bench.health()).toMatchObject({ frames: 1, damaged: 1 });
  });
});

describe('a HID scanner that is told', () => {
  const answers = (aim: string, text: string) =>
    hidPosReport({ layout: 'honeywell', data: encode(text), aim });

  it("in Honeywell's words", async () => {
    const bench = await scannerBench({ ...HID_SCANNER, trigger: 'honeywell' });
    bench.start();
    await bench.timers.advance(1000);
    bench.stop();
    await bench.timers.advance(1000);
    expect(bench.written).toEqual([bytes('FD 03 16 54 0D'), bytes('FD 03 16 55 0D')]);
  });

  it("in Newland's, whose refusal the technician is told of", async () => {
    const bench = await scannerBench({ ...HID_SCANNER, layout: 'newland', trigger: 'newland' });
    bench.start();
    await bench.timers.advance(400);
    expect(bench.written).toEqual([bytes('04 10 7E 01 30 30 30 30 23 53 43 4E 54 52 47 31 3B 03')]);
    const answer = bytes('02 01 30 30 30 30 23 53 43 4E 54 52 47 31 15 3B 03');
    bench.send(hidPosReport({ layout: 'newland', data: answer }));
    expect(bench.details().at(-1)).toBe('the scanner refused SCNTRG1: nak');
    expect(bench.scans()).toEqual([]);
  });

  it('gives no answer of Honeywell as a code, and tells of a refusal', async () => {
    const bench = await scannerBench(HID_SCANNER);
    bench.start();
    bench.send(answers(']X0', 'Product Name: Voyager'));
    bench.send(answers(']Z6', 'REVINF\u0015'));
    expect(bench.details().at(-1)).toBe('the scanner refused a command: nak');
    bench.send(answers(']Z6', 'REVINF\u0006'));
    expect(bench.details().at(-1)).toBeNull();
    expect(bench.scans()).toEqual([]);
    // The first is a part of an answer, and no verdict.
    expect(await bench.health()).toMatchObject({ frames: 2, damaged: 0 });
  });
});

describe('a HID scanner behind the system', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hid-pos-'));
  const reports: DriverReport[] = [];
  let device: FakeHidDevice;

  beforeEach(() => {
    reports.length = 0;
    device = fakeHidDevice({ path: join(folder, 'hidraw7'), reportId: 2, reportSize: 63 });
    device.plug();
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('gets padded reports under their own id, gives whole ones, and comes back when it was pulled', async () => {
    const written: Uint8Array[] = [];
    device.onReport((report) => {
      written.push(report);
    });
    const connection = { ...HID_SCANNER.connection, path: device.path };
    const scanner: HidPosScannerDevice = { ...HID_SCANNER, connection, trigger: 'honeywell' };
    const driver = createScanner({
      device: scanner,
      connector: systemConnector(connection, { ...THIS_MACHINE, openHid: device.open }),
      timers: systemTimers,
      report: (report) => {
        reports.push(report);
      },
    });
    const scans = () => reports.flatMap((report) => (report.type === 'scan' ? [report.text] : []));
    try {
      driver.handle({ type: 'scanner.start' });
      await eventually(() => expect(written).toHaveLength(1));
      expect(written[0]).toHaveLength(64);
      expect(Uint8Array.from(written[0] ?? [])).toEqual(
        Uint8Array.of(...bytes('FD 03 16 54 0D'), ...new Uint8Array(59)),
      );
      const show = (text: string) => {
        for (const report of hidPosReports({ layout: 'honeywell', data: encode(text) })) {
          device.sendReport(report);
        }
      };
      show(CHINESE);
      await eventually(() => expect(scans()).toEqual([CHINESE]));
      device.unplug();
      await eventually(() => expect(reports.at(-1)).toMatchObject({ type: 'device', state: 'absent' }));
      device.plug();
      await eventually(() => expect(reports.at(-1)).toMatchObject({ type: 'device', state: 'ready' }));
      show('EIDP1:BACK');
      await eventually(() => expect(scans()).toEqual([CHINESE, 'EIDP1:BACK']));
    } finally {
      await driver.stop();
    }
    expect(device.openHandles).toBe(0);
  });
});
