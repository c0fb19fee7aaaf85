import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** The wire between station and registry, as something that can be cut. */
export interface NetworkSimulator {
  /** Where the station finds the registry, on 127.0.0.1. Stays the same over a cut. */
  readonly port: number;
  state(): 'up' | 'cut';
  /** Ends every connection and refuses new ones. */
  cut(): Promise<void>;
  restore(): Promise<void>;
  stop(): Promise<void>;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** Passes connections on to the registry, byte for byte. */
export async function startNetwork(registry: {
  readonly host: string;
  readonly port: number;
}): Promise<NetworkSimulator> {
  const sockets = new Set<Socket>();
  let server: Server | null = null;

  function join(near: Socket): void {
    const far = connect({ host: registry.host, port: registry.port });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      // An end that breaks takes the other along; 'close' follows.
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  }

  const raise = async (port: number) => {
    server = createServer({ allowHalfOpen: true }, join);
    return listen(server, port);
  };
  const cut = () =>
    new Promise<void>((resolve) => {
      const old = server;
      server = null;
      for (const socket of sockets) socket.destroy();
      if (old) old.close(() => resolve());
      else resolve();
    });

  const port = await raise(0);
  return {
    port,
    state: () => (server ? 'up' : 'cut'),
    cut,
    async restore() {
      if (!server) await raise(port);
    },
    stop: cut,
  };
}
