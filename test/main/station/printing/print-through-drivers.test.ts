import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PrinterDevice } from '#contract/device.ts';
import {
  createEscPosPrinterSimulator,
  type EscPosPrinterSimulator,
} from '#drivers/simulator/escpos-printer.ts';
import { createSimulatedDevice, type SimulatedDevice } from '#drivers/simulator/simulated-device.ts';
import { systemTimers } from '#drivers/timers.ts';
import { forkProcessHost } from '#shell/fork-process-host.ts';
import { createDriverLink, type DriverLink } from '#station/drivers/driver-link.ts';
import type { ChildProcess } from '#station/ports.ts';
import { driverPrinter } from '#station/printing/driver-printer.ts';
import { drawSlip } from '#station/slip/draw-slip.ts';
import { narrowSlip } from '#station/slip/narrow-slip.ts';
import type { SlipContents } from '#station/slip/slip-sheet.ts';
import { eventually } from '../../../drivers/eventually.ts';
import { cupsOnPath } from '../../../drivers/printer/cups-on-path.ts';
import { sampleSlipCode } from '../slip/sample-slip.ts';

const ENTRY = join(import.meta.dirname, '../../../../src/drivers/main.ts');
const CONTENTS: SlipContents = {
  packetId: '019c8f3a-5e00-7abc-8def-0123456789ab',
  maskedName: '林**',
  maskedNumber: '440***********002X',
  application: 'full',
  at: Date.UTC(2026, 2, 1, 17, 31, 35),
  station: '天河政务服务中心 7 号机',
  sequence: 42,
  state: 'issued',
  statement: sampleSlipCode(),
  language: 'zh-CN',
  simulated: true,
};
const SLIP = {
  packetId: CONTENTS.packetId,
  pdf: () => drawSlip(CONTENTS),
  receipt: () => narrowSlip(CONTENTS),
};

/** The drivers' own process with one printer, as the station has it. */
function linkTo(device: PrinterDevice) {
  const children: ChildProcess[] = [];
  const host = forkProcessHost({ drivers: ENTRY, faces: ENTRY });
  const link = createDriverLink({
    processHost: {
      start(child) {
        const started = host.start(child);
        children.push(started);
        return started;
      },
    },
    devices: [device],
    log: { info: () => {}, warn: () => {} },
    timers: systemTimers,
  });
  const until = (state: string) => eventually(() => expect(link.device('printer')?.state).toBe(state));
  return { link, until, kill: () => children.at(-1)?.kill() };
}

describe('a slip, through the drivers’ process and a serial line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'printing-'));
  const path = join(folder, 'printer');
  let simulator: EscPosPrinterSimulator;
  let device: SimulatedDevice;
  let drivers: ReturnType<typeof linkTo>;
  let link: DriverLink;
  beforeAll(async () => {
    simulator = createEscPosPrinterSimulator({
      columns: 32,
      timers: systemTimers,
      send: (bytes) => device.send(bytes),
      pace: 2,
    });
    device = await createSimulatedDevice({ path, baudRate: 115200, receive: simulator.receive });
    drivers = linkTo({
      role: 'printer',
      model: 'Receipt printer',
      simulated: true,
      protocol: 'escpos',
      connection: { transport: 'serial', path, baudRate: 115200 },
      columns: 32,
      cutter: true,
    });
    link = drivers.link;
    await drivers.until('ready');
  });
  afterAll(async () => {
    await link.stop();
    await device.unplug();
    rmSync(folder, { recursive: true });
  });
  const print = () => driverPrinter({ drivers: link, timers: systemTimers }).print(SLIP);

  it('comes out with its number, its masked fields and its signed statement', async () => {
    expect(await print()).toEqual({ ok: true, value: undefined });
    const lines = simulator.receipts()[0] ?? [];
    expect(lines.map((line) => line.trim())).toEqual(
      expect.arrayContaining([
        '019C 8F3A 5E00 7ABC',
        '8DEF 0123 4567 89AB',
        `姓名${' '.repeat(24)}林**`,
        `[QR 4: ${CONTENTS.statement}]`,
      ]),
    );
  });

  it('does not come out without paper, which the console is told', async () => {
    simulator.set({ paper: 'none' });
    await drivers.until('out-of-service');
    expect(link.device('printer')?.detail).toContain('put in a roll');
    expect(await print()).toEqual({ ok: false, error: 'no-paper' });
    simulator.set({ paper: 'plenty' });
    await drivers.until('ready');
  });

  it('may have come out when the drivers die under it; the next one comes out', async () => {
    simulator.set({ answers: 'silent' });
    const printed = print();
    drivers.kill();
    expect(await printed).toEqual({ ok: false, error: 'unknown' });
    simulator.set({ answers: 'all' });
    await drivers.until('ready');
    const before = simulator.receipts().length;
    expect(await print()).toEqual({ ok: true, value: undefined });
    expect(simulator.receipts()).toHaveLength(before + 1);
  });
});

describe('a slip, through the drivers’ process and CUPS', () => {
  it('is the page', async () => {
    const cups = cupsOnPath();
    const { link, until } = linkTo({
      role: 'printer',
      model: 'Page printer',
      simulated: true,
      protocol: 'cups',
      queue: 'counter',
      media: 'A5',
    });
    await until('ready');
    expect(await driverPrinter({ drivers: link, timers: systemTimers }).print(SLIP)).toEqual({
      ok: true,
      value: undefined,
    });
    expect(cups.page()?.subarray(0, 5).toString()).toBe('%PDF-');
    await link.stop();
    cups.close();
  });
});
