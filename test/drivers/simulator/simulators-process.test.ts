import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { DOCK_METHODS, DOCK_PUSHES } from '#contract/dock-api.ts';
import { connect } from '#contract/rpc.ts';
import { eventually } from '../eventually.ts';

const ENTRY = fileURLToPath(new URL('../../../src/drivers/simulator/main.ts', import.meta.url));
const PEOPLE = fileURLToPath(new URL('../../../resources/demo/people.json', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'simulators-process-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(message: object) {
  const child = fork(ENTRY, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const answer = new Promise((resolve) => child.once('message', resolve));
  child.send(message);
  return { child, answer };
}

describe('the simulators in a process of their own', () => {
  it('serve the dock, and leave no cable behind when they are killed', async () => {
    const devices = join(folder, 'killed');
    const { child, answer } = start({ type: 'start', folder: devices, people: PEOPLE });
    expect(await answer).toMatchObject({
      type: 'started',
      readerPath: join(devices, 'reader'),
      scannerPath: join(devices, 'scanner'),
      networkPort: null,
    });
    const dock = connect({
      channel: {
        send: (text) => child.send(text),
        onMessage: (listener) => {
          child.on('message', (text) => typeof text === 'string' && listener(text));
        },
        onClose: (listener) => {
          child.on('exit', listener);
        },
        close: () => {},
      },
      methods: DOCK_METHODS,
      pushes: DOCK_PUSHES,
    });
    await dock.call('insertCard', { person: 'lin' });
    expect(await dock.call('state', {})).toMatchObject({ card: 'lin', readerPlugged: true });
    await expect(dock.call('insertCard', { person: 'nobody' })).rejects.toMatchObject({
      fault: { reason: 'failed' },
    });
    child.kill('SIGKILL');
    // socat takes its terminals along, so that the links lead nowhere.
    await eventually(() => {
      expect(existsSync(join(devices, 'reader'))).toBe(false);
      expect(existsSync(join(devices, 'scanner'))).toBe(false);
    });
  });

  it('end when whoever started them is gone', async () => {
    const devices = join(folder, 'left');
    const { child, answer } = start({ type: 'start', folder: devices, people: PEOPLE });
    await answer;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.disconnect();
    expect(await ended).toBe(0);
    expect(existsSync(join(devices, 'reader'))).toBe(false);
  });

  it('say what is wrong with their start message', async () => {
    const { answer } = start({ type: 'start', folder: 'relative', people: PEOPLE });
    expect(await answer).toEqual({ type: 'failed', message: 'the start message is wrong at "folder"' });
  });
});
