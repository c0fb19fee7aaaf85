import { describe, expect, it } from 'vitest';
import type { ReaderDevice } from '#contract/device.ts';
import { DEVICE_ROLES } from '#contract/device.ts';
import type { DriverReport } from '#contract/driver-messages.ts';
import { createSdtReaderSimulator } from '#drivers/simulator/sdt-reader.ts';
import { answerTrials } from '#drivers/trial/answer-trials.ts';
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
      story.push(report.type);
      reports.push(report);
    },
  });
  return { line, story, reports, answer };
}

describe('a question of the station about a device', () => {
  it('is answered while the terminal’s own device of that role rests', async () => {
    const { line, story, reports, answer } = bench();
    await line.finish(answer({ type: 'device.try', request: 7, device: READER }));
    expect(story).toEqual(['pause reader', 'tried', 'resume reader']);
    expect(reports).toMatchObject([{ request: 7, trial: { passed: true, device: READER } }]);
  });

  it('about a line lets every device rest: any may hold it', async () => {
    const { line, story, reports, answer } = bench();
    await line.finish(answer({ type: 'device.identify', request: 8, connection: READER.connection }));
    expect(story).toEqual([
      ...DEVICE_ROLES.map((role) => `pause ${role}`),
      'identified',
      ...DEVICE_ROLES.map((role) => `resume ${role}`),
    ]);
    expect(reports).toMatchObject([{ request: 8, identity: { role: 'reader' } }]);
  });

  it('waits for the one before', async () => {
    const { line, story, answer } = bench();
    void answer({ type: 'device.try', request: 1, device: READER });
    await line.finish(answer({ type: 'device.try', request: 2, device: READER }));
    expect(story).toEqual([
      'pause reader',
      'tried',
      'resume reader',
      'pause reader',
      'tried',
      'resume reader',
    ]);
  });
});
