import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type DriverReport, DriverReportSchema } from '#contract/driver-messages.ts';
import { MOST_REPLAYED_REPORTS } from '#contract/recording-replay.ts';
import { MOST_EVENTS } from '#drivers/recording/recording.ts';
import { systemTimers, type Timers } from '#drivers/timers.ts';
import { answerRecordings, REPLAY_LIMIT } from '#drivers/trial/answer-recordings.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { manualTimers } from '../manual-timers.ts';
import { ONE_SCAN, simulatedDevice, writtenRecording } from '../recordings/written-recording.ts';

const SENT_IN = resolve(import.meta.dirname, '../recordings');
const NAME = 'scanner-20261123-101502.txt';

/** A file as a recording leaves it. */
function kept(of: { profile?: string; expected?: readonly string[]; events: readonly string[] }): string {
  return writtenRecording({ profile: 'line-scanner', ...of, name: NAME });
}

/** What is answered, each as it comes, and whether the station would take it. */
function bench(timers: Timers = systemTimers) {
  const reports: DriverReport[] = [];
  const answer = answerRecordings({
    timers,
    report: (report) => reports.push(v.parse(DriverReportSchema, report)),
  });
  async function replay(file: string) {
    await answer({ type: 'recording.replay', request: 7, file });
    const last = reports.at(-1);
    if (last?.type !== 'replayed') throw new Error(`answered by ${JSON.stringify(last)}`);
    return last.replay;
  }
  return { reports, answer, replay };
}

describe('a recording that the station wants played', () => {
  it('is told with its device and every report, without what was scanned', async () => {
    const { reports, replay } = bench();
    expect(await replay(kept({ events: ONE_SCAN }))).toEqual({
      ...{
        role: 'scanner',
        model: simulatedDevice('line-scanner').model,
        started: '2026-01-01T09:00:00.000Z',
      },
      reports: [
        { line: 'device connecting', detail: '' },
        { line: 'device ready', detail: '' },
        { line: 'scan', detail: '3 characters' },
      ],
      leftOut: 0,
      faults: [],
    });
    expect(reports).toMatchObject([{ type: 'replayed', request: 7 }]);
  });

  it('whose driver asks something else is told with the line', async () => {
    const events = [
      '0 open',
      '300 > AA AA AA 96 69 00 03 10 FF EC',
      '310 < AA AA AA 96 69 00 04 00 00 90 94',
    ];
    const { faults } = await bench().replay(kept({ profile: 'sdt-serial', events }));
    expect(faults).toEqual([expect.stringMatching(/^The driver asks something else: line 6: asked AAAA/)]);
  });

  it('is bounded, however long its head’s expectations are', async () => {
    const expected = Array.from({ length: 1_000 }, (_, index) => `report ${index} ${'x'.repeat(5_000)}`);
    const { faults } = await bench().replay(kept({ expected, events: ONE_SCAN }));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^Report 1 is "device connecting" where the file expects "report 0 x/);
  });

  it('is played to its end when it gives more reports than are told, and says how many are left out', async () => {
    const scans = Array.from({ length: 3_000 }, (_, index) => `${1_000 + index * 1_000} < 41 0D`);
    const told = await bench().replay(kept({ events: ['0 ! scanner.start', '0 open', ...scans] }));
    expect(told.reports).toHaveLength(MOST_REPLAYED_REPORTS);
    expect(told.leftOut).toBeGreaterThan(2_000);
    expect(told.faults).toEqual([]);
  });

  it('leaves the drivers time for everything else, pings among it', async () => {
    const scans = Array.from({ length: 100_000 }, (_, index) => `${1_000 + index} < 41 0D`);
    const { replay } = bench();
    let longest = 0;
    let before = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - before);
      before = performance.now();
    }, 20);
    await replay(kept({ events: ['0 ! scanner.start', '0 open', ...scans] }));
    clearInterval(beat);
    // It is read in one go; the station waits five seconds for a pong.
    expect(longest).toBeLessThan(3_000);
  });

  it('is given up when it takes too long, and says so', async () => {
    const timers = manualTimers();
    const { reports, answer } = bench(timers);
    const scans = Array.from({ length: 100_000 }, (_, index) => `${1_000 + index} < 41 0D`);
    const answered = answer({
      type: 'recording.replay',
      request: 7,
      file: kept({ events: ['0 ! scanner.start', '0 open', ...scans] }),
    });
    await timers.advance(0);
    await timers.advance(REPLAY_LIMIT);
    await answered;
    expect(reports).toMatchObject([
      { type: 'replayed', replay: { faults: [expect.stringContaining('too long')] } },
    ]);
  });
});

describe('a recording whose device the station wants tried', () => {
  it('is told step by step and answered, and asks nobody to hold a code', async () => {
    const { reports, answer } = bench();
    await answer({ type: 'recording.try', request: 9, file: kept({ events: ONE_SCAN }) });
    const told = reports.flatMap((report) => (report.type === 'trial.progress' ? [report.progress] : []));
    expect(told.map(({ kind }) => kind)).toEqual(['step', 'step']);
    expect(reports.at(-1)).toMatchObject({
      ...{ type: 'tried', request: 9 },
      trial: { passed: true, steps: [{ step: 'open' }, { step: 'scan', outcome: 'passed' }] },
    });
  });

  it('waits for the one before', async () => {
    const { reports, answer } = bench();
    const file = kept({ events: ONE_SCAN });
    void answer({ type: 'recording.try', request: 1, file });
    await answer({ type: 'recording.replay', request: 2, file: join(SENT_IN, 'reads-a-card.recording') });
    expect(reports.filter(({ type }) => type !== 'trial.progress')).toMatchObject([
      { type: 'tried', request: 1 },
      { type: 'replayed', request: 2, replay: { role: 'reader', faults: [] } },
    ]);
  });
});

/** Larger than any memory, and next to nothing on the disk. */
function endless(path: string): void {
  writeFileSync(path, '');
  truncateSync(path, 40e9);
}

describe('what lies there in a recording’s place is refused with its name and the reason', () => {
  const at = (make: (path: string) => void) => {
    const path = join(temporaryFolder(), NAME);
    make(path);
    return path;
  };
  const cases: readonly (readonly [string, () => string, RegExp])[] = [
    [
      'nothing',
      () => at(() => {}),
      /^scanner-20261123-101502\.txt: the recording cannot be read \(ENOENT\)$/,
    ],
    ['a folder', () => at((path) => mkdirSync(path)), /txt: this is not a file$/],
    // Opening it would wait for somebody to write, and never end.
    ['a pipe', () => at((path) => execFileSync('mkfifo', [path])), /txt: this is not a file$/],
    ['other text', () => at((path) => writeFileSync(path, '{"pin": 1}')), /txt: this is not a recording$/],
    ['rubbish behind a head', () => kept({ events: ['0 open', '5 > AA B'] }), /txt:6: wrong bytes$/],
    ['a file without an end', () => at(endless), /too large/],
    ['too many events', () => kept({ events: Array(MOST_EVENTS + 1).fill('0 open') }), /txt:\d+: too large$/],
  ];
  it.each(cases)('%s', async (_, make, detail) => {
    const { reports, answer } = bench();
    const file = make();
    await answer({ type: 'recording.replay', request: 3, file });
    await answer({ type: 'recording.try', request: 4, file });
    const refused = {
      type: 'recording.refused',
      reason: 'unreadable',
      detail: expect.stringMatching(detail),
    };
    expect(reports).toEqual([
      { ...refused, request: 3 },
      { ...refused, request: 4 },
    ]);
  });
});
