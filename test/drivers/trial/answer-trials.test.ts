import { describe, expect, it } from 'vitest';
import type { ReaderDevice } from '#contract/device.ts';
import { DEVICE_ROLES } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { createSdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import { answerTrials } from '#drivers/trial/answer-trials.ts';
import { USUAL_WISH } from '#drivers/trial/try-device.ts';
import { lineTo, PLACE } from './trial-bench.ts';

const READER: ReaderDevice = {
  role: 'reader',
  model: 'Reader on trial',
  simulated: false,
  protocol: 'sdt',
  connection: { transport: 'serial', path: PLACE, baudRate: 115200 },
  pollInterval: 200,
  settleTime: 0,
  thinkingTimes: {},
  quirks: { readsFingerprints: false, presence: 'newest-address' },
};

/** What is done for one question. */
const resting = (answer: string) => [
  ...DEVICE_ROLES.map((role) => `pause ${role}`),
  answer,
  ...DEVICE_ROLES.map((role) => `resume ${role}`),
];

function bench() {
  const line = lineTo({
    farEnd: ({ timers, send }) => createSdtReaderSimulator({ baudRate: 115200, timers, send }),
  });
  const story: string[] = [];
  const reports: DriverReport[] = [];
  const answer = answerTrials({
    hub: {
      async pause(role) {
        story.push(`pause ${role}`);
      },
      resume: (role) => story.push(`resume ${role}`),
    },
    connectorFor: () => line.connector(),
    connectorAt: (connection) => line.connector(connection),
    timers: line.timers,
    report: (report) => {
      if (report.type !== 'trial.progress') story.push(report.type);
      reports.push(report);
    },
  });
  return { line, story, reports, answer };
}

describe('a question of the station about a device', () => {
  it('is answered while every device of the terminal rests: any may hold its line', async () => {
    const { line, story, reports, answer } = bench();
    await line.finish(answer({ type: 'device.try', request: 7, device: READER, card: false }));
    expect(story).toEqual(resting('tried'));
    expect(reports.at(-1)).toMatchObject({ request: 7, trial: { passed: true, device: READER } });
  });

  it('is told step by step before it is answered, each step in the answer once more', async () => {
    const { line, reports, answer } = bench();
    await line.finish(answer({ type: 'device.try', request: 9, device: READER, card: false }));
    const told = reports.flatMap((report) =>
      report.type === 'trial.progress' && report.request === 9 ? [report.progress] : [],
    );
    expect(told).toHaveLength(4);
    expect(reports.at(-1)).toMatchObject({
      type: 'tried',
      trial: { steps: told.map((each) => (each.kind === 'step' ? each.step : null)) },
    });
  });

  it('with a test card to be laid says so when the reader waits for it, and reads it', async () => {
    const { line, reports, answer } = bench();
    await line.finish(answer({ type: 'device.try', request: 9, device: READER, card: true }));
    const prompt = { ask: 'lay-card', seconds: USUAL_WISH.patience / 1000 };
    expect(reports.at(-3)).toEqual({
      ...{ type: 'trial.progress', request: 9 },
      progress: { kind: 'prompt', prompt },
    });
    expect(reports.at(-1)).toMatchObject({
      trial: { passed: false, steps: [{}, {}, {}, { step: 'card', outcome: 'failed' }] },
    });
  });

  it('about a line lets every device rest: any may hold it', async () => {
    const { line, story, reports, answer } = bench();
    await line.finish(answer({ type: 'device.identify', request: 8, connection: READER.connection }));
    expect(story).toEqual(resting('identified'));
    expect(reports).toMatchObject([{ request: 8, identity: { role: 'reader' } }]);
  });

  it('waits for the one before', async () => {
    const { line, story, answer } = bench();
    void answer({ type: 'device.try', request: 1, device: READER, card: false });
    await line.finish(answer({ type: 'device.try', request: 2, device: READER, card: false }));
    expect(story).toEqual([...resting('tried'), ...resting('tried')]);
  });
});
