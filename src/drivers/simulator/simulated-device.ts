import { serialTransport } from '../transport/serial.ts';
import type { Transport } from '../transport/transport.ts';
import type { PtyPair } from './pty.ts';
import { openPtyPair } from './pty.ts';

/** A simulated device and its cable. Unplugging takes the terminal's end away, as pulling a USB plug does. */
export interface SimulatedDevice {
  /** The terminal's end. */
  readonly path: string;
  readonly plugged: boolean;
  send(bytes: Uint8Array): void;
  plug(): Promise<void>;
  unplug(): Promise<void>;
}

/** Makes a device of this name among others. */
export type MakeDevice = (options: {
  readonly name: string;
  readonly baudRate: number;
  readonly receive: (bytes: Uint8Array) => void;
}) => Promise<SimulatedDevice>;

export async function createSimulatedDevice(options: {
  readonly path: string;
  readonly baudRate: number;
  readonly receive: (bytes: Uint8Array) => void;
}): Promise<SimulatedDevice> {
  const { path, baudRate } = options;
  const far = `${path}.device`;
  /** Ends when the system has taken what was said last. */
  let said: Promise<unknown> = Promise.resolve();
  let cable: { readonly pair: PtyPair; readonly transport: Transport } | null = null;

  async function plug(): Promise<void> {
    if (cable) return;
    const pair = await openPtyPair({ near: path, far });
    const transport = serialTransport({ path: far, baudRate });
    transport.onData(options.receive);
    const opened = await transport.open();
    if (!opened.ok) {
      await pair.close();
      throw new Error(`simulated device at ${path}: ${opened.error.detail}`);
    }
    cable = { pair, transport };
    transport.onEnd(() => {
      if (cable?.transport === transport) cable = null;
    });
  }

  async function unplug(): Promise<void> {
    const old = cable;
    cable = null;
    // What was said before the plug is pulled has left the device.
    await said;
    await old?.transport.close();
    await old?.pair.close();
  }

  await plug();
  return {
    path,
    get plugged() {
      return cable !== null;
    },
    send(bytes) {
      // What a device says while nobody is plugged in is lost, as in life.
      if (cable) said = cable.transport.write(bytes);
    },
    plug,
    unplug,
  };
}
