import { expect, test } from 'vitest';
import type { TrialProgress } from '#contract/device-trial.ts';
import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import type { RecordingReplay } from '#contract/recording-replay.ts';
import { ANSWER_WITHIN_MS, driverQuestions } from '#station/devices/driver-questions.ts';
import { manualTimers } from '../../../drivers/manual-timers.ts';
import { READER } from './sample-devices.ts';

function lab() {
  const timers = manualTimers();
  const sent: DriverCommand[] = [];
  let report: (report: DriverReport) => void = () => {};
  const questions = driverQuestions({
    timers,
    drivers: {
      send: (command) => sent.push(command),
      onReport: (listener) => {
        report = listener;
        return () => {
          report = () => {};
        };
      },
    },
  });
  return { timers, sent, questions, report: (told: DriverReport) => report(told) };
}
const attached = (request: number): DriverReport => ({
  ...{ type: 'attached', request },
  devices: [],
  trouble: null,
});

test('an answer belongs to the question whose number it bears', async () => {
  const { questions, sent, report } = lab();
  const listed = questions.list();
  expect(sent).toEqual([{ type: 'devices.list', request: 1 }]);
  report(attached(2));
  report({ type: 'tried', request: 1, trial: { device: READER, passed: true, steps: [] } });
  report(attached(1));
  expect(await listed).toEqual({ ok: true, value: attached(1) });
});

test('one question at a time', async () => {
  const { questions, sent, report } = lab();
  const tried = questions.tryDevice({ device: READER, card: false, onProgress: () => {} });
  expect(await questions.identify(READER.connection)).toEqual({
    ok: false,
    error: { reason: 'busy', detail: null },
  });
  expect(sent).toHaveLength(1);
  const trial = { device: READER, passed: false, steps: [] };
  report({ type: 'tried', request: 1, trial });
  expect(await tried).toEqual({ ok: true, value: trial });
});

test('what a trial tells while it runs goes to whoever asked for it, and to nobody after it was answered', async () => {
  const { questions, sent, report } = lab();
  const heard: TrialProgress[] = [];
  const tried = questions.tryDevice({
    device: READER,
    card: true,
    onProgress: (progress) => heard.push(progress),
  });
  expect(sent).toEqual([{ type: 'device.try', request: 1, device: READER, card: true }]);
  const progress = { kind: 'prompt', prompt: { ask: 'lay-card', seconds: 15 } } as const;
  report({ type: 'trial.progress', request: 7, progress });
  expect(heard).toEqual([]);
  report({ type: 'trial.progress', request: 1, progress });
  expect(heard).toEqual([progress]);
  report({ type: 'tried', request: 1, trial: { device: READER, passed: true, steps: [] } });
  report({ type: 'trial.progress', request: 1, progress });
  await tried;
  expect(heard).toHaveLength(1);
});

test('who does not answer in time is no longer waited for, and an answer that comes after is nobody’s', async () => {
  const { questions, timers, report } = lab();
  const listed = questions.list();
  await timers.advance(ANSWER_WITHIN_MS.list);
  expect(await listed).toEqual({ ok: false, error: { reason: 'no-answer', detail: null } });
  const again = questions.list();
  report(attached(1));
  report(attached(2));
  expect(await again).toEqual({ ok: true, value: attached(2) });
});

test('drivers that end while they are asked end the waiting at once', async () => {
  const { questions } = lab();
  const identified = questions.identify(READER.connection);
  questions.driversEnded();
  expect(await identified).toEqual({ ok: false, error: { reason: 'drivers-ended', detail: null } });
  questions.driversEnded();
});

const FILE = '/data/recordings/scanner-20261123-101502.txt';

test('a recording is played, and what it gave is handed on', async () => {
  const { questions, sent, report } = lab();
  const replayed = questions.replay(FILE);
  expect(sent).toEqual([{ type: 'recording.replay', request: 1, file: FILE }]);
  const replay: RecordingReplay = {
    ...{ role: 'scanner', model: 'Model-S scanner', started: '2026-11-23T02:15:02.000Z' },
    ...{ reports: [{ line: 'scan', detail: '3 characters' }], leftOut: 0, faults: [] },
  };
  report({ type: 'replayed', request: 1, replay });
  expect(await replayed).toEqual({ ok: true, value: replay });
});

test('a trial against a recording is told while it runs, as any other', async () => {
  const { questions, sent, report } = lab();
  const heard: TrialProgress[] = [];
  const tried = questions.tryRecording({ file: FILE, onProgress: (progress) => heard.push(progress) });
  expect(sent).toEqual([{ type: 'recording.try', request: 1, file: FILE }]);
  const step = { step: 'open', outcome: 'passed', detail: 'ready', tookMs: 5 } as const;
  report({ type: 'trial.progress', request: 1, progress: { kind: 'step', step } });
  const trial = { device: READER, passed: true, steps: [step] };
  report({ type: 'tried', request: 1, trial });
  expect(await tried).toEqual({ ok: true, value: trial });
  expect(heard).toEqual([{ kind: 'step', step }]);
});

test.each([
  ['unreadable', { reason: 'not-a-recording', detail: 'why' }],
  ['drivers-away', { reason: 'drivers-ended', detail: null }],
] as const)('a recording that the drivers refuse as %s is waited for no longer', async (reason, error) => {
  const { questions, report } = lab();
  const replayed = questions.replay(FILE);
  report({ type: 'recording.refused', request: 7, reason, detail: 'another' });
  report({ type: 'recording.refused', request: 1, reason, detail: 'why' });
  expect(await replayed).toEqual({ ok: false, error });
});
