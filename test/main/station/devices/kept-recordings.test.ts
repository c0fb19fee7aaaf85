import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import type { AuditEvent } from '#station/audit/audit-events.ts';
import { deviceDesk } from '#station/devices/device-desk.ts';
import { type LogFields, silentLog } from '#station/log/station-log.ts';
import { manualTimers } from '../../../drivers/manual-timers.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { READER, SCANNER } from './sample-devices.ts';

const FILE = 'scanner-20261123-101502.txt';

/** A desk with one recording that is kept, and drivers that answer what the test says. */
function lab() {
  const dataFolder = temporaryFolder();
  const folder = join(dataFolder, 'recordings');
  mkdirSync(folder);
  writeFileSync(join(folder, FILE), 'recorded\n');
  writeFileSync(join(dataFolder, 'settings.json'), '{}');
  const sent: DriverCommand[] = [];
  const told: AuditEvent[] = [];
  const logged: [string, LogFields | undefined][] = [];
  const listeners = new Set<(report: DriverReport) => void>();
  const desk = deviceDesk({
    atStart: { source: 'settings', devices: [READER, SCANNER], faults: [] },
    settingsDevices: [READER, SCANNER],
    dataFolder,
    mode: 'production',
    drivers: {
      send: (command) => sent.push(command),
      onReport: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    reconnect: () => {},
    timers: manualTimers(),
    now: Date.now,
    tell: (event) => told.push(event),
    log: { ...silentLog, info: (code, fields) => logged.push([code, fields]) },
  });
  const report = (report: DriverReport) => {
    for (const listener of listeners) listener(report);
  };
  return { desk, sent, told, logged, report, path: join(folder, FILE) };
}

const replay = (faults: string[]): DriverReport => ({
  type: 'replayed',
  request: 1,
  replay: {
    ...{ role: 'scanner', model: SCANNER.model, started: '2026-11-23T02:15:02.000Z' },
    ...{ reports: [{ line: 'scan', detail: '3 characters' }], leftOut: 0, faults },
  },
});

test.each([
  [[], 'as-recorded'],
  [['The driver asks something else: line 6'], 'differs'],
] as const)(
  'a recording of the list is played: %j is %s in the log, and nothing for the audit record',
  async (faults, outcome) => {
    const { desk, sent, told, logged, report, path } = lab();
    const replayed = desk.replay(FILE);
    expect(sent).toEqual([{ type: 'recording.replay', request: 1, file: path }]);
    report(replay([...faults]));
    expect(await replayed).toMatchObject({ ok: true, value: { role: 'scanner', faults } });
    expect(logged).toEqual([['devices.replayed', { device: 'scanner', outcome }]]);
    expect(told).toEqual([]);
  },
);

test('a trial against a recording is none of the terminal’s device: it is logged as what it is', async () => {
  const { desk, sent, told, logged, report, path } = lab();
  const tried = desk.tryRecording(FILE, () => {});
  expect(sent).toEqual([{ type: 'recording.try', request: 1, file: path }]);
  // A simulated reader may have been recorded: nothing of it comes into the terminal's list.
  const device = { ...SCANNER, simulated: true };
  report({ type: 'tried', request: 1, trial: { device, passed: false, steps: [] } });
  expect(await tried).toMatchObject({ ok: true, value: { device, passed: false } });
  expect(logged).toEqual([['devices.recording-tried', { device: 'scanner', outcome: 'failed' }]]);
  expect(told).toEqual([]);
});

test.each([
  '../settings.json',
  `../recordings/${FILE}`,
  `./${FILE}`,
  '/etc/passwd',
  'scanner-20260101-000000.txt',
  '',
])('%j is not in the list, and nothing is asked of the drivers', async (file) => {
  const { desk, sent } = lab();
  const refused = { ok: false, error: { reason: 'no-such-recording', detail: null } };
  expect(await desk.replay(file)).toEqual(refused);
  expect(await desk.tryRecording(file, () => {})).toEqual(refused);
  expect(sent).toEqual([]);
});

test('one that is being written is not looked at', async () => {
  const { desk } = lab();
  desk.recordings.start('scanner');
  const running = desk.recordings.views().find((each) => each.running);
  const refused = { ok: false, error: { reason: 'recording-runs', detail: null } };
  expect(await desk.replay(running?.file ?? '')).toEqual(refused);
  expect(await desk.tryRecording(running?.file ?? '', () => {})).toEqual(refused);
});

test('one thing at a time: nothing is tried or saved while a recording is played', async () => {
  const { desk, report } = lab();
  const replayed = desk.replay(FILE);
  const busy = { ok: false, error: { reason: 'busy', detail: null } };
  expect(await desk.tryRecording(FILE, () => {})).toEqual(busy);
  expect(await desk.replay(FILE)).toEqual(busy);
  expect(await desk.attached()).toEqual(busy);
  expect(desk.save(SCANNER)).toEqual(busy);
  report(replay([]));
  expect(await replayed).toMatchObject({ ok: true });
});

test('what the drivers cannot read is refused with their words', async () => {
  const { desk, report, logged } = lab();
  const replayed = desk.replay(FILE);
  const detail = `${FILE}:7: wrong bytes`;
  report({ type: 'recording.refused', request: 1, reason: 'unreadable', detail });
  expect(await replayed).toEqual({ ok: false, error: { reason: 'not-a-recording', detail } });
  expect(logged).toEqual([]);
});

test('drivers that end meanwhile are waited for no longer', async () => {
  const { desk } = lab();
  const tried = desk.tryRecording(FILE, () => {});
  desk.driversEnded();
  expect(await tried).toEqual({ ok: false, error: { reason: 'drivers-ended', detail: null } });
});
