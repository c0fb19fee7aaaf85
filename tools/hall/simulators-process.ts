import { fork } from 'node:child_process';
import { resolve } from 'node:path';
import type { Channel } from '#contract/channel.ts';
import type { Device } from '#contract/device.ts';
import { DOCK_METHODS, DOCK_PUSHES, type DockMethods } from '#contract/dock-api.ts';
import { type Client, connect } from '#contract/rpc.ts';

const root = resolve(import.meta.dirname, '../..');

/** The simulated devices and the wire to the registry, in a process of their own. */
export interface SimulatorsProcess {
  readonly devices: readonly Device[];
  /** Port on this machine that leads to the registry while the network is not cut. */
  readonly networkPort: number;
  readonly dock: Client<DockMethods, typeof DOCK_PUSHES>;
  /** Passes a dock window's channel on to the simulators. */
  attachDock(window: Channel): void;
  stop(): Promise<void>;
}

interface Started {
  readonly type: 'started' | 'failed';
  readonly message?: string;
  readonly devices: readonly Device[];
  readonly networkPort: number;
}

export async function startSimulatorsProcess(options: {
  readonly folder: string;
  readonly registryPort: number;
  /** Whether a receipt printer and a status lamp stand there, too. */
  readonly counter: boolean;
}): Promise<SimulatorsProcess> {
  const child = fork(resolve(root, 'src/drivers/simulator/main.ts'), [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const started = new Promise<Started>((done, fail) => {
    child.once('message', (message) => done(message as Started));
    child.once('exit', (code) => fail(new Error(`the simulators ended with ${code} at their start`)));
  });
  child.send({
    type: 'start',
    folder: options.folder,
    people: resolve(root, 'resources/demo/people.json'),
    registryAddress: { host: '127.0.0.1', port: options.registryPort },
    counter: options.counter,
  });
  const { type, message, devices, networkPort } = await started;
  if (type === 'failed') throw new Error(message);

  const listeners: ((message: string) => void)[] = [];
  child.on('message', (text) => {
    if (typeof text === 'string') for (const listener of listeners) listener(text);
  });
  const own: Channel = {
    send: (text) => void child.send(text),
    onMessage: (listener) => void listeners.push(listener),
    onClose: (listener) => void child.once('exit', listener),
    close: () => undefined,
  };
  const dock = connect({ channel: own, methods: DOCK_METHODS, pushes: DOCK_PUSHES });
  return {
    devices,
    networkPort,
    dock,
    attachDock(window) {
      // Calls of the window are made anew from here, so that two callers' numbers do not meet.
      window.onMessage((text) => {
        const call = JSON.parse(text) as { id: number; method: keyof DockMethods & string; input: never };
        dock.call(call.method, call.input).then(
          (value) => window.send(JSON.stringify({ kind: 'value', id: call.id, value })),
          (error: { fault: unknown }) =>
            window.send(JSON.stringify({ kind: 'fault', id: call.id, fault: error.fault })),
        );
      });
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
