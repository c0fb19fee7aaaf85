import { chmodSync, mkdirSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { LARGEST_RECORDING, MOST_RECORDINGS } from '#contract/console-devices.ts';
import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import type { AuditEvent } from '#station/audit/audit-events.ts';
import { recordingFiles } from '#station/devices/recording-files.ts';
import { recordings } from '#station/devices/recordings.ts';
import { manualTimers } from '../../../drivers/manual-timers.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

/** 2026-11-23 10:15:02 in China. */
const NOW = Date.UTC(2026, 10, 23, 2, 15, 2);

/** Recordings whose drivers write what the test says. */
function lab() {
  const dataFolder = temporaryFolder();
  const timers = manualTimers();
  const sent: DriverCommand[] = [];
  const told: AuditEvent[] = [];
  let report: (report: DriverReport) => void = () => {};
  let now = NOW;
  const kept = recordings({
    files: recordingFiles(dataFolder),
    timers,
    now: () => now,
    tell: (event) => told.push(event),
    drivers: {
      send: (command) => sent.push(command),
      onReport: (listener) => {
        report = listener;
        return () => {};
      },
    },
  });
  return {
    ...{ dataFolder, timers, sent, told, kept },
    folder: join(dataFolder, 'recordings'),
    later: (milliseconds: number) => {
      now += milliseconds;
    },
    say: (state: 'running' | 'ended' | 'failed', detail: string | null = null) =>
      report({ type: 'recording', role: 'reader', state, detail }),
    /** The drivers begin the file that they were given. */
    begin() {
      const command = sent.findLast((each) => each.type === 'recording.start');
      if (command?.type !== 'recording.start') throw new Error('nothing was asked for');
      writeFileSync(command.file, 'recorded\n', { flag: 'wx' });
      report({ type: 'recording', role: command.role, state: 'running', detail: null });
      return command.file;
    },
  };
}

test('a recording is a file of its own, named by role and time, in a folder of the station’s own', () => {
  const { kept, begin, folder, told } = lab();
  expect(kept.views()).toEqual([]);
  expect(kept.start('reader')).toEqual({ ok: true, value: undefined });
  expect(begin()).toBe(join(folder, 'reader-20261123-101502.txt'));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(kept.views()).toEqual([
    { file: 'reader-20261123-101502.txt', role: 'reader', bytes: 9, running: true },
  ]);
  expect(told).toEqual([{ type: 'device.recording-begun', fields: { role: 'reader' } }]);
});

test('it ends by wish, and says so', () => {
  const { kept, begin, say, sent, told } = lab();
  expect(kept.stop('reader')).toBe(false);
  kept.start('reader');
  begin();
  expect(kept.start('reader')).toEqual({ ok: false, error: { reason: 'recording-runs', detail: null } });
  expect(kept.stop('reader')).toBe(true);
  expect(sent.at(-1)).toEqual({ type: 'recording.stop', role: 'reader' });
  say('ended');
  expect(told.at(-1)).toEqual({
    ...{ type: 'device.recording-ended' },
    fields: { role: 'reader', reason: 'asked', bytes: 9 },
  });
  expect(kept.views()).toMatchObject([{ running: false }]);
  expect(kept.lastEnd()).toBeNull();
});

test('it ends when its file is large enough', async () => {
  const { kept, begin, say, sent, timers } = lab();
  kept.start('reader');
  const file = begin();
  await timers.advance(2_000);
  expect(sent.at(-1)).toMatchObject({ type: 'recording.start' });
  truncateSync(file, LARGEST_RECORDING + 1);
  await timers.advance(1_000);
  expect(sent.at(-1)).toEqual({ type: 'recording.stop', role: 'reader' });
  say('ended');
  expect(kept.lastEnd()).toEqual({ role: 'reader', end: 'too-large', detail: null });
});

test('drivers that say nothing are not believed to record, nor to have stopped', async () => {
  const silent = lab();
  silent.kept.start('reader');
  await silent.timers.advance(5_000);
  expect(silent.kept.lastEnd()).toEqual({ role: 'reader', end: 'failed', detail: null });
  expect(silent.told).toEqual([]);

  const deaf = lab();
  deaf.kept.start('reader');
  deaf.begin();
  deaf.kept.stop('reader');
  await deaf.timers.advance(5_000);
  expect(deaf.kept.views()).toMatchObject([{ running: false }]);
});

test('it ends with the drivers, with the console, and with a fault of its own', () => {
  const first = lab();
  first.kept.start('reader');
  first.begin();
  first.kept.driversEnded();
  expect(first.kept.lastEnd()).toMatchObject({ end: 'drivers-ended' });

  const second = lab();
  second.kept.start('reader');
  second.begin();
  second.kept.consoleLeft();
  second.kept.driversEnded();
  expect(second.told.at(-1)?.fields).toMatchObject({ reason: 'console-left' });

  const full = lab();
  full.kept.start('reader');
  full.begin();
  full.say('ended', 'the file has reached 4000000 bytes');
  expect(full.kept.lastEnd()).toEqual({
    ...{ role: 'reader', end: 'by-itself' },
    detail: 'the file has reached 4000000 bytes',
  });

  const third = lab();
  third.kept.start('reader');
  third.say('failed', 'the disk is full');
  expect(third.kept.lastEnd()).toEqual({ role: 'reader', end: 'failed', detail: 'the disk is full' });
});

test('only so many are kept: the oldest leaves, and what is none of ours stays', () => {
  const { kept, begin, say, folder, later } = lab();
  mkdirSync(folder);
  writeFileSync(join(folder, 'notes of a technician.txt'), 'mine');
  for (let number = 0; number < MOST_RECORDINGS + 2; number += 1) {
    expect(kept.start('reader').ok).toBe(true);
    begin();
    kept.stop('reader');
    say('ended');
    later(60_000);
  }
  const names = readdirSync(folder);
  expect(names).toHaveLength(MOST_RECORDINGS + 1);
  expect(names).toContain('notes of a technician.txt');
  expect(names).not.toContain('reader-20261123-101502.txt');
  expect(kept.views()[0]?.file).toBe('reader-20261123-103602.txt');
});

test('two of one second have two names', () => {
  const { kept, begin, say } = lab();
  for (let turn = 0; turn < 2; turn += 1) {
    kept.start('reader');
    begin();
    kept.stop('reader');
    say('ended');
  }
  expect(kept.views().map(({ file }) => file)).toEqual([
    'reader-20261123-101502-2.txt',
    'reader-20261123-101502.txt',
  ]);
});

test('the drivers are told the whole path, whatever the settings say, and none that is too long for them', () => {
  const near = recordingFiles(relative(process.cwd(), temporaryFolder())).next('reader', NOW);
  expect(near).toMatchObject({ ok: true, value: { path: expect.stringMatching(/^\//) } });
  const far = recordingFiles(join(temporaryFolder(), 'x'.repeat(200), 'y'.repeat(200))).next('reader', NOW);
  expect(far).toMatchObject({ ok: false, error: expect.stringContaining('too long') });
});

test('a disk that takes no folder is told, and nothing is asked of the drivers', () => {
  const { kept, dataFolder, sent } = lab();
  writeFileSync(join(dataFolder, 'recordings'), 'a file where the folder should be');
  chmodSync(join(dataFolder, 'recordings'), 0o400);
  expect(kept.start('reader')).toMatchObject({ ok: false, error: { reason: 'not-written' } });
  expect(sent).toEqual([]);
});
