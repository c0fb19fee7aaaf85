import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Device } from '#contract/device.ts';
import { deviceFromProfile } from '#contract/device-profile.ts';
import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import { recordingHead } from '#drivers/recording/write-recording.ts';
import { createSdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import { createSimulatedDevice, type SimulatedDevice } from '#drivers/simulator/simulated-device.ts';
import { systemTimers } from '#drivers/timers.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { eventually } from '../eventually.ts';
import { shippedProfile } from '../profiles/shipped-profiles.ts';

/** The drivers as the terminal starts them, with a reader on a pseudo-terminal. */
async function drivers() {
  const kept: { line?: SimulatedDevice } = {};
  const simulator = createSdtReaderSimulator({
    baudRate: 115200,
    timers: systemTimers,
    send: (bytes) => kept.line?.send(bytes),
  });
  const path = join(temporaryFolder(), 'reader');
  kept.line = await createSimulatedDevice({
    path,
    baudRate: 115200,
    receive: (bytes) => simulator.receive(bytes),
  });
  onTestFinished(() => kept.line?.unplug());
  const child = fork(resolve(import.meta.dirname, '../../../src/drivers/main.ts'), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const reports: DriverReport[] = [];
  child.on('message', (report: DriverReport) => reports.push(report));
  const made = deviceFromProfile({
    profile: shippedProfile('sdt-serial'),
    place: { path },
    simulated: false,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const device: Device = made.value;
  return {
    device,
    reports,
    send: (command: DriverCommand) => child.send(command),
    ready: () => reports.filter((each) => each.type === 'device' && each.state === 'ready').length,
  };
}

it('a device that the terminal drives is tried and identified at its own line, and driven again afterwards', async () => {
  const { device, reports, send, ready } = await drivers();
  if (!('connection' in device)) throw new Error('no line');
  send({ type: 'configure', devices: [device] });
  await eventually(() => expect(ready()).toBe(1));

  send({ type: 'device.try', request: 1, device, card: false });
  const tried = await eventually(() => {
    const found = reports.find((each) => each.type === 'tried');
    if (found?.type !== 'tried') throw new Error('not tried yet');
    return found;
  });
  expect(tried).toMatchObject({ request: 1, trial: { passed: true } });
  expect(reports.filter((each) => each.type === 'trial.progress')).toHaveLength(tried.trial.steps.length);
  await eventually(() => expect(ready()).toBe(2));

  send({ type: 'device.identify', request: 2, connection: device.connection });
  await eventually(() =>
    expect(reports).toContainEqual(
      expect.objectContaining({
        type: 'identified',
        request: 2,
        identity: expect.objectContaining({ role: 'reader' }),
      }),
    ),
  );
  await eventually(() => expect(ready()).toBe(3));
});

it('a long recording is played while the drivers answer pings', async () => {
  const { reports, send } = await drivers();
  const made = deviceFromProfile({
    profile: shippedProfile('line-scanner'),
    place: { path: '/dev/none' },
    simulated: false,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const head = recordingHead({ started: '2026-01-01T09:00:00.000Z', device: made.value });
  const scans = Array.from({ length: 50_000 }, (_, index) => `${1_000 + index} < 41 0D`);
  const file = join(temporaryFolder(), 'scanner-20261123-101502.txt');
  writeFileSync(file, `${head}0 ! scanner.start\n0 open\n${scans.join('\n')}\n`);

  send({ type: 'recording.replay', request: 1, file });
  for (const nonce of [1, 2, 3]) send({ type: 'ping', nonce });
  await eventually(() =>
    expect(reports.at(-1)).toMatchObject({ type: 'replayed', request: 1, replay: { faults: [] } }),
  );
  expect(reports.map(({ type }) => type)).toEqual(['pong', 'pong', 'pong', 'replayed']);
});
