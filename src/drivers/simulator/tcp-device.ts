import { createServer, type Server, type Socket } from 'node:net';
import type { SimulatedDevice } from './simulated-device.ts';

/** A simulated device behind a serial server on this machine, for whoever calls it last. */
export interface TcpDevice extends SimulatedDevice {
  readonly host: '127.0.0.1';
  /** Stays the same when it is unplugged and plugged in again. */
  readonly port: number;
}

const HOST = '127.0.0.1';

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: HOST, port }, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** Unplugging it ends the call and refuses new ones, as a serial server without power does once it is noticed. */
export async function createTcpDevice(options: {
  readonly receive: (bytes: Uint8Array) => void;
}): Promise<TcpDevice> {
  let server: Server | null = null;
  let caller: Socket | null = null;

  async function plug(port: number): Promise<number> {
    const made = createServer({ noDelay: true }, (socket) => {
      // A serial port has one owner: whoever calls later takes it over, as when the first has gone without a word.
      caller?.destroy();
      caller = socket;
      // A caller that goes away ends with 'close'; there is nobody else to tell.
      socket.on('error', () => {});
      socket.on('close', () => {
        if (caller === socket) caller = null;
      });
      socket.on('data', (chunk) => {
        if (caller === socket) options.receive(new Uint8Array(chunk));
      });
    });
    server = made;
    return listen(made, port);
  }

  const port = await plug(0);
  return {
    host: HOST,
    port,
    path: `${HOST}:${port}`,
    get plugged() {
      return server !== null;
    },
    send(bytes) {
      caller?.write(bytes.slice());
    },
    async plug() {
      if (server === null) await plug(port);
    },
    async unplug() {
      const old = server;
      server = null;
      const call = caller;
      caller = null;
      call?.destroySoon();
      if (old) await new Promise<void>((resolve) => old.close(() => resolve()));
    },
  };
}
