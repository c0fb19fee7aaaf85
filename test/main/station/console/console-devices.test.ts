import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { READY_WITHIN_MS, RECORDINGS_FOLDER } from '#contract/console-devices.ts';
import type { DeviceProfile } from '#contract/device-profile.ts';
import type { RecordingReplay } from '#contract/recording-replay.ts';
import { BADGE_PREFIX } from '#protocol/badge.ts';
import { DEVICE_LIST_FILE, readDeviceList } from '#station/devices/device-list-store.ts';
import { devicesInForce } from '#station/devices/devices-in-force.ts';
import { silentLog } from '#station/log/station-log.ts';
import { settle } from '../../../drivers/manual-timers.ts';
import { READER } from '../devices/sample-devices.ts';
import { member } from '../staff/staff-lab.ts';
import { consoleLab, SCANNER } from './console-lab.ts';

const LINE_PROFILE: DeviceProfile = {
  id: 'line-scanner',
  maker: null,
  model: 'Plain line scanner',
  role: 'scanner',
  device: { protocol: 'line', connection: { transport: 'serial', baudRate: 9600 } },
  match: [{ by: 'usb', vendorId: '1a86' }],
  notes: { 'device.connection.transport': { verified: true, source: 'measured' } },
};
const TECHNICIAN = { staffId: 'T-07', role: 'technician' } as const;
const OFFICER = { staffId: 'O-12', role: 'officer' } as const;
const MOVED = { kind: 'configured', role: 'scanner', place: { path: '/dev/elsewhere' } } as const;
const AT_ELSEWHERE = {
  ...SCANNER,
  connection: { ...SCANNER.connection, path: '/dev/elsewhere' },
};

/** A console that somebody is logged in at. */
async function at(
  who: { readonly staffId: string; readonly role: 'technician' | 'officer' } = TECHNICIAN,
  terminal: Parameters<typeof consoleLab>[0] = {},
) {
  const lab = await consoleLab({ profiles: [LINE_PROFILE], ...terminal });
  const person = await member({ signer: lab.lab.installed.registry.staff, ...who });
  lab.lab.publish([person]);
  lab.console.open();
  const { client } = lab.page();
  await client.call('showBadge', { code: person.code });
  expect(await client.call('enterPin', { pin: person.pin })).toEqual({ result: 'in' });
  const page = async () => {
    const answer = await client.call('devices', {});
    if (answer.kind !== 'view') throw new Error(answer.kind);
    return answer.view;
  };
  /** What the drivers were last told to drive. */
  const driven = () => lab.sent.findLast((command) => command.type === 'configure')?.devices;
  return { ...lab, hall: lab, client, page, driven, folder: lab.lab.folder };
}

describe('who may do what', () => {
  test('nobody sees anything without a log-in', async () => {
    const lab = await consoleLab();
    lab.console.open();
    const { client } = lab.page();
    const answers = await Promise.all([
      client.call('devices', {}),
      client.call('attachedDevices', {}),
      client.call('identifyDevice', { connection: READER.connection }),
      client.call('tryDevice', { choice: MOVED, card: false }),
      client.call('saveDevice', { choice: MOVED }),
      client.call('removeDevice', { role: 'scanner' }),
      client.call('eraseDeviceList', {}),
      client.call('replayRecording', { file: 'scanner-20261123-101502.txt' }),
      client.call('tryRecording', { file: 'scanner-20261123-101502.txt' }),
      client.call('startRecording', { role: 'scanner' }),
      client.call('stopRecording', { role: 'scanner' }),
    ]);
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['not-allowed']));
    expect(lab.commands).toEqual(['scanner.start']);
  });

  test('an officer looks, and touches nothing', async () => {
    const { client, page, commands } = await at(OFFICER);
    expect(await page()).toMatchObject({ mayChange: false, profiles: [], recordings: [] });
    expect(await client.call('saveDevice', { choice: MOVED })).toEqual({ kind: 'not-allowed' });
    expect(await client.call('removeDevice', { role: 'scanner' })).toEqual({ kind: 'not-allowed' });
    expect(await client.call('eraseDeviceList', {})).toEqual({ kind: 'not-allowed' });
    expect(await client.call('attachedDevices', {})).toEqual({ kind: 'not-allowed' });
    const file = 'scanner-20261123-101502.txt';
    expect(await client.call('replayRecording', { file })).toEqual({ kind: 'not-allowed' });
    expect(await client.call('tryRecording', { file })).toEqual({ kind: 'not-allowed' });
    // Looking has them counted, which is nothing to them.
    expect(commands).toEqual(['scanner.start', 'devices.health']);
  });

  test('a page that is left takes no device away from under the next citizen', async () => {
    const { client, console, sent } = await at();
    console.leave();
    const before = sent.length;
    await expect(client.call('saveDevice', { choice: MOVED })).rejects.toThrow('closed');
    expect(sent).toHaveLength(before);
  });
});

describe('what the page shows', () => {
  test('each device with what went by on its line', async () => {
    const { page, report } = await at();
    report({
      ...{ type: 'device', role: 'scanner', state: 'ready', model: SCANNER.model, samId: null },
      ...{ simulated: false, detail: null },
      health: { connections: 2, frames: 40, damaged: 1, timeouts: 0 },
    });
    expect(await page()).toMatchObject({
      source: 'settings',
      listFaults: [],
      mayChange: true,
      change: { at: 'resting' },
      devices: [{ role: 'scanner', state: 'ready', way: 'serial', health: { frames: 40, damaged: 1 } }],
      profiles: [{ id: 'line-scanner', model: 'Plain line scanner', way: 'serial', verified: 1, fields: 4 }],
    });
  });

  test('what is plugged in, with the profiles that are made for it', async () => {
    const { client, report } = await at();
    const asked = client.call('attachedDevices', {});
    await settle();
    const usb = { vendorId: '1a86', productId: '7523' };
    const port = { transport: 'serial', path: '/dev/ttyUSB3', usb, label: 'CH340', profiles: [] } as const;
    report({ type: 'attached', request: 1, devices: [{ ...port, profiles: [] }], trouble: 'no udevadm' });
    expect(await asked).toEqual({
      kind: 'view',
      view: { devices: [{ ...port, profiles: ['line-scanner'] }], trouble: 'no udevadm' },
    });
  });

  test('what answers at a connection', async () => {
    const { client, report } = await at();
    const asked = client.call('identifyDevice', { connection: READER.connection });
    await settle();
    const identity = { connection: READER.connection, role: 'reader', detail: 'SAM 05.01' } as const;
    report({ type: 'identified', request: 1, identity });
    expect(await asked).toEqual({ kind: 'view', view: identity });
  });
});

describe('a trial', () => {
  test('shows its steps and changes nothing', async () => {
    const { client, report, sent, told, folder, driven } = await at();
    const choice = {
      kind: 'profile',
      profile: 'line-scanner',
      place: { path: '/dev/ttyUSB3' },
    } as const;
    const asked = client.call('tryDevice', { choice, card: false });
    await settle();
    const command = sent.at(-1);
    if (command?.type !== 'device.try') throw new Error('no trial was asked for');
    expect(command.device).toMatchObject({ model: 'Plain line scanner', simulated: false });
    const steps = [{ step: 'open', outcome: 'failed' as const, detail: 'no such file', tookMs: 3 }];
    report({
      type: 'tried',
      request: command.request,
      trial: { device: command.device, passed: false, steps },
    });
    expect(await asked).toEqual({
      kind: 'view',
      view: {
        ...{ role: 'scanner', model: 'Plain line scanner', place: '/dev/ttyUSB3' },
        ...{ passed: false, steps },
      },
    });
    expect(told.at(-1)).toEqual({
      type: 'device.tried',
      fields: { role: 'scanner', passed: false, steps: 1 },
    });
    expect(driven()).toBeUndefined();
    expect(readDeviceList(folder)).toEqual({ ok: true, value: null });
  });

  test('is told while it runs, to whoever may try devices and to nobody after', async () => {
    const { client, report, sent } = await at();
    const heard: unknown[] = [];
    client.on('trialProgress', (progress) => heard.push(progress));
    const asked = client.call('tryDevice', { choice: MOVED, card: false });
    await settle();
    const command = sent.at(-1);
    if (command?.type !== 'device.try') throw new Error('no trial was asked for');
    const { request } = command;
    const progress = { kind: 'prompt', prompt: { ask: 'show-code', seconds: 15 } } as const;
    report({ type: 'trial.progress', request, progress });
    await settle();
    expect(heard).toEqual([progress]);
    await client.call('logOut', {});
    report({ type: 'trial.progress', request, progress });
    report({ type: 'tried', request, trial: { device: command.device, passed: true, steps: [] } });
    expect(await asked).toEqual({ kind: 'not-allowed' });
    expect(heard).toHaveLength(1);
  });

  test('reads a test card only when one was said to be laid', async () => {
    const { client, sent, driversEnd } = await at();
    for (const card of [true, false]) {
      const asked = client.call('tryDevice', { choice: MOVED, card });
      await settle();
      expect(sent.at(-1)).toMatchObject({ type: 'device.try', card });
      driversEnd();
      await asked;
    }
  });

  test('ends when the drivers do, and nothing else is begun before', async () => {
    const { client, driversEnd } = await at();
    const asked = client.call('tryDevice', { choice: MOVED, card: false });
    await settle();
    expect(await client.call('saveDevice', { choice: MOVED })).toMatchObject({ reason: 'busy' });
    expect(await client.call('attachedDevices', {})).toMatchObject({ reason: 'busy' });
    driversEnd();
    expect(await asked).toEqual({ kind: 'refused', reason: 'drivers-ended', detail: null });
  });

  test.each([
    [{ kind: 'configured', role: 'lamp', place: null }, 'no-such-device'],
    [{ kind: 'profile', profile: 'unheard-of', place: { path: '/dev/x' } }, 'no-such-profile'],
    [{ kind: 'profile', profile: 'line-scanner', place: { queue: 'counter' } }, 'wrong-place'],
    [{ kind: 'configured', role: 'scanner', place: { host: 'gate-3', port: 4001 } }, 'wrong-place'],
    [{ kind: 'configured', role: 'scanner', place: { path: 'nowhere' } }, 'wrong-place'],
  ] as const)('of %j is refused: %s', async (choice, reason) => {
    const { client, commands } = await at();
    expect(await client.call('tryDevice', { choice, card: false })).toMatchObject({
      kind: 'refused',
      reason,
    });
    expect(commands).not.toContain('device.try');
  });
});

describe('a recording that is kept', () => {
  const file = 'scanner-20261123-101502.txt';
  async function withRecording() {
    const lab = await at();
    mkdirSync(join(lab.folder, RECORDINGS_FOLDER), { recursive: true });
    writeFileSync(join(lab.folder, RECORDINGS_FOLDER, file), 'recorded\n');
    return lab;
  }

  test('is played, and what it gave is shown to whoever is still there', async () => {
    const { client, report, sent, told } = await withRecording();
    const asked = client.call('replayRecording', { file });
    await settle();
    expect(sent.at(-1)).toMatchObject({ type: 'recording.replay', request: 1 });
    const replay: RecordingReplay = {
      ...{ role: 'scanner', model: SCANNER.model, started: '2026-11-23T02:15:02.000Z' },
      ...{ reports: [{ line: 'scan', detail: '3 characters' }], leftOut: 0, faults: [] },
    };
    const before = told.length;
    report({ type: 'replayed', request: 1, replay });
    expect(await asked).toEqual({ kind: 'view', view: replay });
    expect(told).toHaveLength(before);
    const again = client.call('replayRecording', { file });
    await settle();
    await client.call('logOut', {});
    report({ type: 'replayed', request: 2, replay });
    expect(await again).toEqual({ kind: 'not-allowed' });
  });

  test('is tried in its device’s place, told while it runs, and named as the place', async () => {
    const { client, report } = await withRecording();
    const heard: unknown[] = [];
    client.on('trialProgress', (progress) => heard.push(progress));
    const asked = client.call('tryRecording', { file });
    await settle();
    const step = { step: 'open', outcome: 'passed', detail: 'ready', tookMs: 5 } as const;
    report({ type: 'trial.progress', request: 1, progress: { kind: 'step', step } });
    report({ type: 'tried', request: 1, trial: { device: SCANNER, passed: true, steps: [step] } });
    expect(await asked).toEqual({
      kind: 'view',
      view: { role: 'scanner', model: SCANNER.model, place: file, passed: true, steps: [step] },
    });
    expect(heard).toEqual([{ kind: 'step', step }]);
  });

  test('that is not in the list is refused', async () => {
    const { client, commands } = await withRecording();
    const before = commands.length;
    expect(await client.call('replayRecording', { file: '../settings.json' })).toEqual({
      ...{ kind: 'refused', reason: 'no-such-recording', detail: null },
    });
    expect(commands).toHaveLength(before);
  });
});

describe('a device that is saved', () => {
  test('is driven by fresh drivers, and kept when it is ready', async () => {
    const { client, page, driven, device, told, folder, hall, commands } = await at();
    expect(await client.call('saveDevice', { choice: MOVED })).toEqual({ kind: 'done' });
    expect(driven()).toEqual([AT_ELSEWHERE]);
    expect(commands.slice(-2)).toEqual(['configure', 'scanner.start']);
    expect(hall.renewals).toBe(1);
    expect(await page()).toMatchObject({
      change: { at: 'trying', place: '/dev/elsewhere', leftMs: READY_WITHIN_MS },
      devices: [{ path: '/dev/elsewhere' }],
    });
    expect(readDeviceList(folder)).toEqual({ ok: true, value: null });
    device('ready');
    expect(await page()).toMatchObject({ source: 'saved', change: { at: 'kept', place: '/dev/elsewhere' } });
    expect(readDeviceList(folder)).toEqual({ ok: true, value: [AT_ELSEWHERE] });
    expect(told.at(-1)).toEqual({ type: 'device.saved', fields: { role: 'scanner', devices: 1 } });
  });

  test('goes back by itself when it is not ready in time, with the reason', async () => {
    const { client, page, driven, pass, told, folder, report } = await at();
    await client.call('saveDevice', { choice: MOVED });
    report({
      ...{ type: 'device', role: 'scanner', state: 'absent', model: SCANNER.model, samId: null },
      ...{ simulated: false, detail: '/dev/elsewhere: no such file' },
      health: { connections: 0, frames: 0, damaged: 0, timeouts: 0 },
    });
    await pass(READY_WITHIN_MS);
    expect(await page()).toMatchObject({
      source: 'settings',
      change: { at: 'rolled-back', reason: 'not-ready', detail: '/dev/elsewhere: no such file' },
      devices: [{ path: '/dev/scanner' }],
    });
    expect(driven()).toEqual([SCANNER]);
    expect(readDeviceList(folder)).toEqual({ ok: true, value: null });
    expect(told.at(-1)).toMatchObject({ type: 'device.rolled-back', fields: { reason: 'not-ready' } });
  });

  test('goes back when the console is left before it is ready: citizens get what worked', async () => {
    const { client, driven, told, console, hall, folder } = await at();
    await client.call('saveDevice', { choice: MOVED });
    console.leave();
    expect(driven()).toEqual([SCANNER]);
    expect(told.at(-1)).toMatchObject({ type: 'device.rolled-back', fields: { reason: 'console-left' } });
    expect(hall).toMatchObject({ left: 1, renewals: 2 });
    expect(readDeviceList(folder)).toEqual({ ok: true, value: null });
  });

  test('goes back when the disk does not take the list', async () => {
    const { client, page, driven, device, folder } = await at();
    await client.call('saveDevice', { choice: MOVED });
    // As root nothing is read-only; a folder in its place is refused by every disk.
    mkdirSync(join(folder, DEVICE_LIST_FILE));
    device('ready');
    expect(await page()).toMatchObject({ change: { at: 'rolled-back', reason: 'not-written' } });
    expect(driven()).toEqual([SCANNER]);
  });

  test.each(['pilot', 'production'] as const)('is refused in %s when it is simulated', async (mode) => {
    const simulated = { ...SCANNER, simulated: true };
    const { client, commands } = await at(TECHNICIAN, {
      settings: { mode },
      devices: { source: 'settings', devices: [simulated], faults: [] },
    });
    const answers = [
      await client.call('saveDevice', { choice: MOVED }),
      await client.call('tryDevice', { choice: MOVED, card: false }),
    ];
    for (const answer of answers) {
      expect(answer).toEqual({
        ...{ kind: 'refused', reason: 'relaxed' },
        detail: expect.stringContaining(`In mode "${mode}" no device may be simulated`),
      });
    }
    expect(commands).not.toContain('configure');
  });

  test('is refused in production when a reader of the list asks for fingerprints', async () => {
    const asking = { ...READER, quirks: { ...READER.quirks, readsFingerprints: true } };
    const { client } = await at(TECHNICIAN, {
      settings: { mode: 'production' },
      devices: { source: 'saved', devices: [asking, SCANNER], faults: [] },
    });
    expect(await client.call('saveDevice', { choice: MOVED })).toMatchObject({
      reason: 'relaxed',
      detail: expect.stringContaining('fingerprints'),
    });
  });
});

describe('a device that is taken off the list', () => {
  const BOTH = { source: 'settings', devices: [READER, SCANNER], faults: [] } as const;

  test('is driven no more, and stays away over restarts', async () => {
    const { client, page, driven, told, folder, hall } = await at(TECHNICIAN, { devices: BOTH });
    expect(await client.call('removeDevice', { role: 'reader' })).toEqual({ kind: 'done' });
    expect(driven()).toEqual([SCANNER]);
    expect(hall.renewals).toBe(1);
    expect(await page()).toMatchObject({
      source: 'saved',
      change: { at: 'removed', role: 'reader' },
      devices: [{ role: 'scanner' }],
    });
    expect(readDeviceList(folder)).toEqual({ ok: true, value: [SCANNER] });
    expect(told.at(-1)).toEqual({ type: 'device.removed', fields: { role: 'reader', devices: 1 } });
    expect(await client.call('removeDevice', { role: 'reader' })).toMatchObject({ reason: 'no-such-device' });
  });

  test('is driven again when the disk does not take the list', async () => {
    const { client, page, driven, folder } = await at(TECHNICIAN, { devices: BOTH });
    mkdirSync(join(folder, DEVICE_LIST_FILE));
    await client.call('removeDevice', { role: 'reader' });
    expect(await page()).toMatchObject({
      source: 'settings',
      change: { at: 'rolled-back', reason: 'not-written' },
    });
    expect(driven()).toEqual([READER, SCANNER]);
  });

  test('waits for what is under way', async () => {
    const { client } = await at(TECHNICIAN, { devices: BOTH });
    await client.call('saveDevice', { choice: MOVED });
    expect(await client.call('removeDevice', { role: 'reader' })).toMatchObject({ reason: 'busy' });
    expect(await client.call('eraseDeviceList', {})).toMatchObject({ reason: 'busy' });
  });
});

describe('a list that is given up', () => {
  test('makes room for the settings’ devices', async () => {
    const { client, page, device, driven, told, folder } = await at();
    expect(await client.call('eraseDeviceList', {})).toMatchObject({ reason: 'nothing-saved' });
    await client.call('saveDevice', { choice: MOVED });
    device('ready');
    expect(await client.call('eraseDeviceList', {})).toEqual({ kind: 'done' });
    expect(driven()).toEqual([SCANNER]);
    expect(await page()).toMatchObject({ source: 'settings', change: { at: 'erased' } });
    expect(readDeviceList(folder)).toEqual({ ok: true, value: null });
    expect(told.at(-1)).toEqual({ type: 'device.list-erased', fields: { devices: 1 } });
  });

  test('may be one that cannot be used', async () => {
    const faults = ['devices.json:1: not JSON'];
    const { client, page, folder } = await at(TECHNICIAN, {
      devices: { source: 'settings', devices: [SCANNER], faults },
    });
    writeFileSync(join(folder, DEVICE_LIST_FILE), '{"devices": [');
    expect(await client.call('eraseDeviceList', {})).toEqual({ kind: 'done' });
    expect(existsSync(join(folder, DEVICE_LIST_FILE))).toBe(false);
    expect((await page()).listFaults).toEqual([]);
  });

  test('holds as before when the disk does not let it go', async () => {
    const { client, page, device, driven, folder } = await at();
    await client.call('saveDevice', { choice: MOVED });
    device('ready');
    rmSync(join(folder, DEVICE_LIST_FILE));
    mkdirSync(join(folder, DEVICE_LIST_FILE));
    await client.call('eraseDeviceList', {});
    expect(await page()).toMatchObject({ source: 'saved', change: { at: 'not-erased' } });
    expect(driven()).toEqual([AT_ELSEWHERE]);
  });
});

describe('a list that was saved', () => {
  const settings = (dataFolder: string) => ({ dataFolder, devices: [SCANNER] });

  test('wins over the settings', async () => {
    const { client, device, folder } = await at();
    await client.call('saveDevice', { choice: MOVED });
    device('ready');
    expect(devicesInForce(settings(folder), silentLog)).toEqual({
      source: 'saved',
      devices: [AT_ELSEWHERE],
      faults: [],
    });
  });

  test('that is damaged is told on the page, in the log and in the record; the settings’ devices hold', async () => {
    const { folder } = await at();
    writeFileSync(join(folder, DEVICE_LIST_FILE), '{"devices": [');
    const logged: unknown[] = [];
    const log = { ...silentLog, error: (code: string, fields?: object) => logged.push({ code, ...fields }) };
    const inForce = devicesInForce(settings(folder), log);
    expect(inForce).toMatchObject({ source: 'settings', devices: [SCANNER] });
    expect(logged).toEqual([{ code: 'devices.list-not-used', reason: 'damaged', count: 1 }]);

    const next = await at(TECHNICIAN, { devices: inForce });
    expect(next.told[0]).toEqual({ type: 'device.list-not-used', fields: {} });
    expect((await next.page()).listFaults).toEqual([
      expect.stringContaining(`${DEVICE_LIST_FILE}:1: not JSON`),
    ]);
    await next.client.call('saveDevice', { choice: MOVED });
    next.device('ready');
    expect(await next.page()).toMatchObject({ source: 'saved', listFaults: [] });
  });
});

test('codes that are shown for a recording of the scanner are nobody’s complaint', async () => {
  const { client, hall } = await at();
  const complaints: unknown[] = [];
  client.on('badgeRefused', (refused) => complaints.push(refused));
  const shown = async () => {
    complaints.length = 0;
    hall.scan(`${BADGE_PREFIX}AAAA`);
    hall.scan('somebody’s own code');
    await settle();
    return complaints.length;
  };
  expect(await shown()).toBe(2);
  await client.call('startRecording', { role: 'scanner' });
  expect(await shown()).toBe(0);
  hall.report({ type: 'recording', role: 'scanner', state: 'running', detail: null });
  await client.call('stopRecording', { role: 'scanner' });
  hall.report({ type: 'recording', role: 'scanner', state: 'ended', detail: null });
  expect(await shown()).toBe(2);
});

test('a recording is begun, shown and ended, and ends with the console', async () => {
  const { client, page, sent, report, console, folder } = await at();
  expect(await client.call('startRecording', { role: 'lamp' })).toMatchObject({ reason: 'no-such-device' });
  expect(await client.call('startRecording', { role: 'scanner' })).toEqual({ kind: 'done' });
  const command = sent.at(-1);
  if (command?.type !== 'recording.start') throw new Error('no recording was asked for');
  writeFileSync(command.file, 'masked\n');
  report({ type: 'recording', role: 'scanner', state: 'running', detail: null });
  expect((await page()).recordings).toMatchObject([{ role: 'scanner', bytes: 7, running: true }]);
  expect(await client.call('startRecording', { role: 'scanner' })).toMatchObject({
    reason: 'recording-runs',
  });
  console.leave();
  expect(sent.filter(({ type }) => type === 'recording.stop')).toHaveLength(1);
  expect(existsSync(join(folder, 'recordings'))).toBe(true);
});
