import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const MODULE = resolve(import.meta.dirname, '../../src/faces/refuse-network.ts');

/** Runs in a process of its own, that listens to itself so that the connection would succeed. */
const script = (connect: string) => `
  import { createServer } from 'node:http';
  import { createSocket } from 'node:dgram';
  import { connect as connectSocket } from 'node:net';
  const { refuseNetwork } = await import(${JSON.stringify(MODULE)});
  const server = createServer((_, answer) => answer.end('hello')).listen(0, '127.0.0.1');
  await new Promise((listening) => server.on('listening', listening));
  const { port } = server.address();
  const attempt = async () => { ${connect} };
  const before = await attempt().then(() => 'reached', String);
  refuseNetwork();
  const after = await attempt().then(() => 'reached', (error) => String(error.cause ?? error));
  console.log(JSON.stringify({ before, after }));
  process.exit(0);
`;

describe('a process that has refused itself the network', () => {
  it.each([
    ['fetches nothing', "await fetch('http://127.0.0.1:' + port, { headers: { connection: 'close' } })"],
    ['connects to nothing', "await new Promise((ok) => connectSocket(port, '127.0.0.1', ok))"],
    [
      'sends no datagram',
      "const socket = createSocket('udp4'); await new Promise((ok) => socket.send('x', port, '127.0.0.1', ok))",
    ],
  ])('%s', (_, connect) => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script(connect)], {
      encoding: 'utf8',
    });
    expect(stdout.trim(), stderr).toBe(
      JSON.stringify({ before: 'reached', after: 'Error: this process has no network' }),
    );
  });
});
