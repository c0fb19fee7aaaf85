import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serviceManager } from '#shell/service-manager.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const hasSystemd = spawnSync('systemd-notify', ['--version']).status === 0;

describe('the service manager', () => {
  it('is told nothing where there is none', async () => {
    const run: string[] = [];
    const manager = serviceManager({ socket: undefined, run: async (program) => void run.push(program) });
    await manager.ready();
    await manager.alive();
    await manager.stopping();
    expect(run).toEqual([]);
  });

  it('is told in the words of sd_notify(3)', async () => {
    const run: (readonly string[])[] = [];
    const manager = serviceManager({
      socket: '/run/notify',
      run: async (program, words) => void run.push([program, ...words]),
    });
    await manager.ready();
    await manager.alive();
    await manager.stopping();
    expect(run).toEqual([
      ['systemd-notify', '--ready', '--status=The screen stands.'],
      ['systemd-notify', 'WATCHDOG=1'],
      ['systemd-notify', 'STOPPING=1'],
    ]);
  });

  it.skipIf(!hasSystemd)('hears a sign of life on its socket', async () => {
    const socket = join(temporaryFolder(), 'notify');
    const manager = spawn('socat', ['-u', `UNIX-RECV:${socket}`, 'STDOUT'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void manager.kill());
    let heard = '';
    manager.stdout.on('data', (bytes: Buffer) => {
      heard += bytes.toString();
    });
    while (!existsSync(socket)) await new Promise((resolve) => setTimeout(resolve, 20));
    const before = process.env.NOTIFY_SOCKET;
    process.env.NOTIFY_SOCKET = socket;
    onTestFinished(() => {
      if (before === undefined) delete process.env.NOTIFY_SOCKET;
      else process.env.NOTIFY_SOCKET = before;
    });
    const told = serviceManager({ socket }).alive();
    // The second message asks the listener to let go of the first; this one does so by ending.
    while (!heard.includes('BARRIER=1')) await once(manager.stdout, 'data');
    manager.kill();
    await told;
    expect(heard).toContain('WATCHDOG=1');
  });

  it('that cannot be reached is an error, not silence', async () => {
    const run = () => Promise.reject(new Error('systemd-notify ended with 1'));
    await expect(serviceManager({ socket: '/nowhere', run }).alive()).rejects.toThrow('ended with 1');
  });
});
