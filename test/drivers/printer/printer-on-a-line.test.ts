import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { EscPosPrinterDevice } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { createDeviceHub } from '#drivers/hub/device-hub.ts';
import { systemConnector } from '#drivers/hub/system-connector.ts';
import { unconnectable } from '#drivers/hub/unconnectable.ts';
import { createEscPosPrinterSimulator } from '#drivers/simulator/escpos-printer.ts';
import { createSimulatedDevice } from '#drivers/simulator/simulated-device.ts';
import { systemTimers } from '#drivers/timers.ts';
import { eventually } from '../eventually.ts';
import { PRINTER, RECEIPT, RECEIPT_ON_PAPER } from './printer-bench.ts';

let undo: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const action of undo.reverse()) await action();
  undo = [];
});

function hubWith(device: EscPosPrinterDevice) {
  const reports: DriverReport[] = [];
  const hub = createDeviceHub({
    connectorFor: (configured) =>
      'connection' in configured ? systemConnector(configured.connection) : unconnectable(configured),
    timers: systemTimers,
    report: (report) => reports.push(report),
  });
  undo.push(() => hub.stop());
  hub.handle({ type: 'configure', devices: [device] });
  return {
    hub,
    reports,
    ready: () =>
      eventually(() => expect(reports).toContainEqual(expect.objectContaining({ state: 'ready' }))),
    printed: () => reports.filter((report) => report.type === 'printed'),
  };
}

async function printsAReceipt(
  bench: ReturnType<typeof hubWith>,
  receipts: () => readonly (readonly string[])[],
): Promise<void> {
  await bench.ready();
  bench.hub.handle({
    type: 'printer.print',
    request: 7,
    document: { kind: 'receipt', lines: RECEIPT },
  });
  await eventually(() => expect(bench.printed()).toEqual([{ type: 'printed', request: 7, fault: null }]));
  expect(receipts()).toEqual([RECEIPT_ON_PAPER]);
}

describe('a receipt printer', () => {
  it('prints over a serial line, and comes back after its plug was pulled', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'printer-'));
    undo.push(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'printer');
    const simulator = createEscPosPrinterSimulator({
      columns: 48,
      timers: systemTimers,
      send: (bytes) => device.send(bytes),
    });
    const device = await createSimulatedDevice({ path, baudRate: 19200, receive: simulator.receive });
    undo.push(() => device.unplug());
    const bench = hubWith({ ...PRINTER, connection: { transport: 'serial', path, baudRate: 19200 } });
    await printsAReceipt(bench, simulator.receipts);
    await device.unplug();
    await eventually(() => expect(bench.reports.at(-1)).toMatchObject({ state: 'absent' }));
    await device.plug();
    await eventually(() => expect(bench.reports.at(-1)).toMatchObject({ state: 'ready' }));
  });

  it('prints over TCP', async () => {
    let socket: Socket | null = null;
    const simulator = createEscPosPrinterSimulator({
      columns: 48,
      timers: systemTimers,
      send: (bytes) => socket?.write(bytes),
    });
    const server = createServer((accepted) => {
      socket = accepted;
      accepted.on('data', simulator.receive).on('error', () => accepted.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    undo.push(() => void server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const bench = hubWith({
      ...PRINTER,
      connection: { transport: 'tcp', host: '127.0.0.1', port: address.port },
    });
    await printsAReceipt(bench, simulator.receipts);
  });
});
