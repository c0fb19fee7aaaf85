import type { DockMethods } from '#contract/dock-api.ts';
import type { Handlers } from '#contract/rpc.ts';
import type { BoxedCard } from './card-box.ts';
import type { Counter } from './counter.ts';
import type { ScriptedFaults } from './fault-run.ts';
import { parseFaultScript } from './fault-script.ts';
import type { LineScannerSimulator } from './line-scanner.ts';
import type { NetworkSimulator } from './network.ts';
import type { SdtReaderSimulator } from './sdt-reader.ts';
import type { SimulatedDevice } from './simulated-device.ts';

export type DockHandlers = Handlers<DockMethods>;

/** The hands on the simulated devices. */
export function createDock(options: {
  readonly cards: readonly BoxedCard[];
  readonly reader: SdtReaderSimulator;
  /** The script that all devices play. */
  readonly faults: ScriptedFaults;
  readonly scanner: LineScannerSimulator;
  readonly devices: Readonly<Record<'reader' | 'scanner', SimulatedDevice>>;
  /** Null when neither printer nor lamp stands there. */
  readonly counter: Counter | null;
  /** Null when there is no registry behind the simulators. */
  readonly network: NetworkSimulator | null;
}): DockHandlers {
  const { cards, reader, faults, scanner, devices, counter, network } = options;
  let laid: string | null = null;
  const atCounter = () => {
    if (!counter) throw new Error('neither printer nor lamp stands at these simulators');
    return counter;
  };
  const deviceOf = (name: 'reader' | 'scanner' | 'printer' | 'lamp') =>
    name === 'printer' || name === 'lamp' ? atCounter().devices[name] : devices[name];
  return {
    state: () => ({
      people: cards.map(({ id, name, note }) => ({ id, name, note })),
      card: laid,
      readerPlugged: devices.reader.plugged,
      scannerPlugged: devices.scanner.plugged,
      network: network?.state() ?? 'up',
      faults: faults.left(),
      counter: counter?.state() ?? null,
    }),
    insertCard({ person }) {
      const found = cards.find(({ id }) => id === person);
      if (!found) throw new Error(`there is no card called "${person}"`);
      reader.insert(found.card);
      laid = person;
      return {};
    },
    liftCard() {
      reader.lift();
      laid = null;
      return {};
    },
    showCode({ text }) {
      scanner.show(text);
      return {};
    },
    async plug({ device, plugged }) {
      const wanted = deviceOf(device);
      await (plugged ? wanted.plug() : wanted.unplug());
      if (device === 'reader' && !plugged) reader.losePower();
      // The lamp's board lives on its USB plug; the printer has a supply of its own.
      if (device === 'lamp' && !plugged) atCounter().lamp.losePower();
      return {};
    },
    setPrinter(condition) {
      atCounter().printer.set(condition);
      return {};
    },
    tearOff() {
      atCounter().printer.tearOff();
      return {};
    },
    setFaults({ script }) {
      const parsed = parseFaultScript(script);
      if (!parsed.ok) return { mistake: parsed.error };
      faults.set(parsed.value);
      return { mistake: null };
    },
    async setNetwork({ network: wanted }) {
      if (!network) throw new Error('no registry stands behind these simulators: there is no network to cut');
      await (wanted === 'up' ? network.restore() : network.cut());
      return {};
    },
  };
}
