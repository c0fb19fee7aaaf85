import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Device } from '#contract/device.ts';
import { systemTimers } from '../timers.ts';
import { fillCardBox } from './card-box.ts';
import { type Counter, startCounter } from './counter.ts';
import type { DockHandlers } from './dock.ts';
import { createDock } from './dock.ts';
import { scriptedFaults } from './fault-run.ts';
import type { Cable } from './faulty-line.ts';
import { createLineScannerSimulator } from './line-scanner.ts';
import type { NetworkSimulator } from './network.ts';
import { startNetwork } from './network.ts';
import type { DemoPerson } from './people.ts';
import type { ReaderLatency } from './sdt-reader.ts';
import { createSdtReaderSimulator } from './sdt-reader.ts';
import type { SimulatedDevice } from './simulated-device.ts';
import { createSimulatedDevice, type MakeDevice } from './simulated-device.ts';

const BAUD_RATE = 115200;
const PORTRAITS = new URL('../../../resources/demo/portraits/', import.meta.url);

export interface Simulators {
  readonly readerPath: string;
  readonly scannerPath: string;
  /** The devices, for the station's settings. */
  readonly list: readonly Device[];
  /** Port on 127.0.0.1 that leads to the registry, or null when none was named. */
  readonly networkPort: number | null;
  readonly dock: DockHandlers;
  /** How often the contents of a card were asked for. */
  readings(): number;
  stop(): Promise<void>;
}

/**
 * Starts a reader, a scanner and, when they are wanted, a printer and a lamp, and the wire to a registry. The devices'
 * files appear in `folder`.
 * Rejects with a sentence when socat is missing.
 */
export async function startSimulators(options: {
  readonly folder: string;
  readonly people: readonly DemoPerson[];
  readonly registryAddress?: { readonly host: string; readonly port: number };
  /** Whether a receipt printer and a status lamp stand there, too. */
  readonly counter?: boolean;
  readonly latency?: ReaderLatency;
  /** Holds `<head>.webp`; ends with a slash. */
  readonly portraitFolder?: URL;
}): Promise<Simulators> {
  mkdirSync(options.folder, { recursive: true });
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const part of started.splice(0).reverse()) await part.stop();
  };
  const device: MakeDevice = async ({ name, baudRate, receive }) => {
    const made = await createSimulatedDevice({ path: join(options.folder, name), baudRate, receive });
    started.push({ stop: () => made.unplug() });
    return made;
  };

  try {
    const cards = fillCardBox({
      people: options.people,
      portraitFolder: options.portraitFolder ?? PORTRAITS,
    });
    // The simulators speak through cables that are made after them.
    const cables: { reader?: SimulatedDevice; scanner?: SimulatedDevice } = {};
    const faults = scriptedFaults();
    const cable = (name: keyof typeof cables): Cable => {
      const complain = (error: unknown) =>
        console.error(`simulators: the plug of the ${name}: ${String(error)}`);
      return {
        unplug: () => void cables[name]?.unplug().catch(complain),
        plug: () => void cables[name]?.plug().catch(complain),
      };
    };
    const reader = createSdtReaderSimulator({
      faults,
      cable: cable('reader'),
      baudRate: BAUD_RATE,
      timers: systemTimers,
      send: (bytes) => cables.reader?.send(bytes),
      ...(options.latency ? { latency: options.latency } : {}),
    });
    const scanner = createLineScannerSimulator({
      faults,
      cable: cable('scanner'),
      baudRate: BAUD_RATE,
      suffix: 'cr',
      timers: systemTimers,
      send: (bytes) => cables.scanner?.send(bytes),
    });
    const devices = {
      reader: await device({
        name: 'reader',
        baudRate: BAUD_RATE,
        receive: (bytes) => reader.receive(bytes),
      }),
      scanner: await device({ name: 'scanner', baudRate: BAUD_RATE, receive: () => {} }),
    };
    cables.reader = devices.reader;
    cables.scanner = devices.scanner;
    const counter: Counter | null = options.counter
      ? await startCounter({ device, timers: systemTimers })
      : null;
    let network: NetworkSimulator | null = null;
    if (options.registryAddress) {
      network = await startNetwork(options.registryAddress);
      started.push(network);
    }
    return {
      readerPath: devices.reader.path,
      scannerPath: devices.scanner.path,
      list: [
        {
          role: 'reader',
          model: 'Simulated SDT reader',
          simulated: true,
          protocol: 'sdt',
          connection: { transport: 'serial', path: devices.reader.path, baudRate: BAUD_RATE },
          pollInterval: 100,
          settleTime: 300,
          thinkingTimes: {},
          quirks: { readsFingerprints: false, presence: 'newest-address' },
        },
        {
          role: 'scanner',
          model: 'Simulated line scanner',
          simulated: true,
          protocol: 'line',
          connection: { transport: 'serial', path: devices.scanner.path, baudRate: BAUD_RATE },
          ending: { kind: 'suffix', suffix: 'cr' },
          encoding: 'utf-8',
          aimIdentifier: false,
          trigger: 'always-on',
        },
        ...(counter?.list ?? []),
      ],
      networkPort: network?.port ?? null,
      dock: createDock({ cards, reader, faults, scanner, devices, counter, network }),
      readings: () => reader.readings(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
