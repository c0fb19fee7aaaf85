import { expect, test } from 'vitest';
import type { TrialProgress } from '#contract/device-trial.ts';
import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';
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
  expect(await questions.identify(READER.connection)).toEqual({ ok: false, error: 'busy' });
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
  expect(await listed).toEqual({ ok: false, error: 'no-answer' });
  const again = questions.list();
  report(attached(1));
  report(attached(2));
  expect(await again).toEqual({ ok: true, value: attached(2) });
});

test('drivers that end while they are asked end the waiting at once', async () => {
  const { questions } = lab();
  const identified = questions.identify(READER.connection);
  questions.driversEnded();
  expect(await identified).toEqual({ ok: false, error: 'drivers-ended' });
  questions.driversEnded();
});
