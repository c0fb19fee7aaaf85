import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReaderDevice } from '#contract/device.ts';
import type { RecordedEvent, Recording } from '#drivers/recording/recording.ts';
import { dryRunConnector } from '#drivers/trial/dry-run.ts';
import { tryDevice } from '#drivers/trial/try-device.ts';
import { manualTimers } from '../manual-timers.ts';
import { lineTo, module, PLACE } from './trial-bench.ts';

const READER: ReaderDevice = {
  role: 'reader',
  model: 'Recorded reader',
  simulated: false,
  protocol: 'sdt',
  connection: { transport: 'serial', path: PLACE, baudRate: 115200 },
  pollInterval: 200,
  settleTime: 300,
  thinkingTimes: {},
  quirks: { readsFingerprints: false, presence: 'newest-address' },
};

function recording(events: readonly RecordedEvent[]): Recording {
  return {
    started: '2026-01-01T09:00:00.000Z',
    device: READER,
    notes: [],
    expected: [],
    events: events.map((event, index) => ({ ...event, line: index + 5 })),
  };
}
const bytes = (...values: number[]) => Uint8Array.from(values);

/** What is heard behind each of these questions on one connection. */
async function heard(events: readonly RecordedEvent[], ...questions: readonly number[]): Promise<string[]> {
  const timers = manualTimers();
  const made = await dryRunConnector({ recording: recording(events), timers }).connect();
  if (!made.ok) throw new Error(made.error.detail);
  const story: string[] = [];
  made.value.onData((chunk) => story.push(`< ${[...chunk].join(' ')}`));
  await made.value.open();
  for (const question of questions) {
    story.push(`> ${question}`);
    await made.value.write(bytes(question));
    await timers.advance(100);
  }
  await timers.advance(5000);
  return story;
}

describe('a recorded device that is asked in another order', () => {
  const EVENTS: readonly RecordedEvent[] = [
    { at: 0, kind: 'open', failed: null },
    { at: 1, kind: 'asked', bytes: bytes(1) },
    { at: 2, kind: 'heard', bytes: bytes(10) },
    { at: 3, kind: 'heard', bytes: bytes(11) },
    { at: 4, kind: 'asked', bytes: bytes(2) },
    { at: 5, kind: 'asked', bytes: bytes(1) },
    { at: 6, kind: 'heard', bytes: bytes(12) },
  ];

  it('answers each question with what was heard behind it, and at last with the last again', async () => {
    expect(await heard(EVENTS, 2, 1, 1, 1)).toEqual([
      '> 2',
      '> 1',
      '< 10',
      '< 11',
      '> 1',
      '< 12',
      '> 1',
      '< 12',
    ]);
  });

  it('is silent to a question that was not recorded', async () => {
    expect(await heard(EVENTS, 3)).toEqual(['> 3']);
  });

  it('says once after the opening what it said without a question', async () => {
    const events: readonly RecordedEvent[] = [
      { at: 0, kind: 'open', failed: null },
      { at: 9000, kind: 'heard', bytes: bytes(65, 13) },
    ];
    expect(await heard(events)).toEqual(['< 65 13']);
  });

  it('may have been recorded by anybody: a trial of it ends', async () => {
    const chunk = fc.uint8Array({ minLength: 1, maxLength: 40 });
    const event = fc.oneof(
      fc.record({ at: fc.nat(), kind: fc.constant('open' as const), failed: fc.constant(null) }),
      fc.record({ at: fc.nat(), kind: fc.constant('asked' as const), bytes: chunk }),
      fc.record({ at: fc.nat(), kind: fc.constant('heard' as const), bytes: chunk }),
      fc.record({ at: fc.nat(), kind: fc.constant('stop' as const), why: fc.string() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 20 }), async (events) => {
        const line = lineTo({ farEnd: module({}) });
        const connector = dryRunConnector({ recording: recording(events), timers: line.timers });
        const trial = await line.finish(
          tryDevice({ device: READER, connectorFor: () => connector, timers: line.timers }),
        );
        expect(trial.passed).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});
