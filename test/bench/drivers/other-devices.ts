import { join } from 'node:path';
import type { Device } from '#contract/device.ts';
import { createEscPosPrinterSimulator } from '#drivers/simulator/escpos-printer.ts';
import { createSimulatedDevice, type SimulatedDevice } from '#drivers/simulator/simulated-device.ts';
import { systemTimers } from '#drivers/timers.ts';

const BAUD_RATE = 115200;

/** What stands beside the reader on a terminal: a scanner that waits, a printer that is asked how it is, a lamp. */
export async function otherDevices(folder: string): Promise<{
  readonly list: readonly Device[];
  unplug(): Promise<void>;
}> {
  const plug = (name: string, receive: (bytes: Uint8Array) => void): Promise<SimulatedDevice> =>
    createSimulatedDevice({ path: join(folder, name), baudRate: BAUD_RATE, receive });
  const paper = createEscPosPrinterSimulator({
    columns: 48,
    timers: systemTimers,
    send: (bytes) => printer.send(bytes),
  });
  const printer: SimulatedDevice = await plug('printer', (bytes) => paper.receive(bytes));
  const scanner = await plug('scanner', () => {});
  const lamp = await plug('lamp', () => {});
  const line = (device: SimulatedDevice) =>
    ({ transport: 'serial', path: device.path, baudRate: BAUD_RATE }) as const;
  return {
    list: [
      {
        role: 'scanner',
        model: 'Bench scanner',
        simulated: true,
        protocol: 'line',
        connection: line(scanner),
        ending: { kind: 'suffix', suffix: 'cr' },
        encoding: 'utf-8',
        aimIdentifier: false,
        trigger: 'always-on',
      },
      {
        role: 'printer',
        model: 'Bench printer',
        simulated: true,
        protocol: 'escpos',
        connection: line(printer),
        columns: 48,
        cutter: true,
      },
      {
        role: 'lamp',
        model: 'Bench lamp',
        simulated: true,
        protocol: 'lcus',
        connection: line(lamp),
        channels: { green: 1, amber: 2, red: 3 },
      },
    ],
    async unplug() {
      for (const device of [printer, scanner, lamp]) await device.unplug();
    },
  };
}
