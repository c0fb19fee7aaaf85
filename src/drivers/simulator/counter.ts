import type { Device, LampDevice } from '#contract/device.ts';
import { type CounterState, MOST_PAPER_LINES } from '#contract/dock-api.ts';
import type { Timers } from '../timers.ts';
import { createEscPosPrinterSimulator, type EscPosPrinterSimulator } from './escpos-printer.ts';
import { createLcusRelaySimulator, type LcusRelaySimulator } from './lcus-relays.ts';
import type { MakeDevice, SimulatedDevice } from './simulated-device.ts';

const PRINTER_RATE = 115200;
const LAMP_RATE = 9600;
/** 80 mm paper. */
const COLUMNS = 48;
/** Milliseconds for a character: a citizen's slip comes out in two or three seconds, as from a real printer. */
const PACE = 1;
const CHANNELS = { green: 1, amber: 2, red: 3 } as const satisfies LampDevice['channels'];

/** The receipt printer and the status lamp of a terminal. */
export interface Counter {
  readonly printer: EscPosPrinterSimulator;
  readonly lamp: LcusRelaySimulator;
  readonly devices: Readonly<Record<'printer' | 'lamp', SimulatedDevice>>;
  /** For the station's settings. */
  readonly list: readonly Device[];
  state(): CounterState;
}

export async function startCounter(options: {
  readonly device: MakeDevice;
  readonly timers: Timers;
}): Promise<Counter> {
  // The printer speaks through a cable that is made after it.
  const cable: { printer?: SimulatedDevice } = {};
  const printer = createEscPosPrinterSimulator({
    columns: COLUMNS,
    timers: options.timers,
    send: (bytes) => cable.printer?.send(bytes),
    pace: PACE,
  });
  const lamp = createLcusRelaySimulator();
  const devices = {
    printer: await options.device({
      name: 'printer',
      baudRate: PRINTER_RATE,
      receive: (bytes) => printer.receive(bytes),
    }),
    lamp: await options.device({
      name: 'lamp',
      baudRate: LAMP_RATE,
      receive: (bytes) => lamp.receive(bytes),
    }),
  };
  cable.printer = devices.printer;
  return {
    printer,
    lamp,
    devices,
    list: [
      {
        role: 'printer',
        model: 'Simulated receipt printer',
        simulated: true,
        protocol: 'escpos',
        connection: { transport: 'serial', path: devices.printer.path, baudRate: PRINTER_RATE },
        columns: COLUMNS,
        cutter: true,
      },
      {
        role: 'lamp',
        model: 'Simulated status lamp',
        simulated: true,
        protocol: 'lcus',
        connection: { transport: 'serial', path: devices.lamp.path, baudRate: LAMP_RATE },
        channels: CHANNELS,
      },
    ],
    state() {
      const { paper, cover, cutter, answers } = printer.condition();
      const { lines, isCut } = printer.lastPaper();
      const lit = lamp.lit();
      return {
        printer: {
          plugged: devices.printer.plugged,
          condition: { paper, cover, cutter, answers },
          paper: { lines: lines.slice(-MOST_PAPER_LINES), isCut },
        },
        lamp: {
          plugged: devices.lamp.plugged,
          green: lit.includes(CHANNELS.green),
          amber: lit.includes(CHANNELS.amber),
          red: lit.includes(CHANNELS.red),
        },
      };
    },
  };
}
