import type { DriverReport } from '#contract/driver-messages.ts';
import { ok } from '#domain/result.ts';
import type { Driver } from '../driver.ts';
import { createDriver } from '../hub/create-driver.ts';
import type { Recording } from '../recording/recording.ts';
import { type Replay, replayRecording } from '../transport/replay.ts';
import { type FastClock, fastClock } from './fast-clock.ts';
import { forget, reportDetail, reportLine } from './report-line.ts';

/** Milliseconds of its own time that a driver may take longer than the recording did, until it is given up. */
const LATEST = 60_000;
/** ... and that it gets for its last report when everything has been played. */
const LAST_WORDS = 2000;

/** A report that a recording gave when it was played, without anybody's data. */
export interface PlayedReport {
  readonly line: string;
  readonly detail: string;
}

/**
 * Plays a recording to the driver of its device, without the pauses and without the device. Returns a sentence for each
 * thing that is otherwise than it was recorded; none when the driver did as it did then. Other work of the process goes
 * on meanwhile.
 */
export async function playRecording(options: {
  readonly recording: Recording;
  /** As each is made; there may be any number of them. */
  readonly onReport: (report: PlayedReport) => void;
  /** Ends the playing, which is a fault then. */
  readonly signal?: AbortSignal;
}): Promise<readonly string[]> {
  const { recording, onReport, signal } = options;
  const clock = fastClock();
  const comparison = compareReports(recording.expected);
  const kept: { driver?: Driver } = {};
  const replay = replayRecording({
    recording,
    timers: clock,
    pace: 'at-once',
    onTold: (command) => kept.driver?.handle({ type: command }),
  });
  kept.driver = createDriver(recording.device, {
    connector: { connect: async () => ok(replay.connect()), whenPresent: () => () => {} },
    timers: clock,
    report(report) {
      // What the driver makes of an end that is the recording's and not the device's is told apart from its reports.
      if (replay.fault() === null && !isEndOfRecording(report)) {
        const played = playedReport(report);
        comparison.reported(played.line);
        onReport(played);
      }
      forget(report);
    },
  });
  const goesOn = () => replay.fault() === null && signal?.aborted !== true;
  const latest = (recording.events.at(-1)?.at ?? 0) + LATEST;
  await turnWhile(clock, latest, () => goesOn() && !replay.finished());
  await turnWhile(clock, clock.monotonic() + LAST_WORDS, goesOn);
  const isCutShort = signal?.aborted === true;
  await stopped(kept.driver, clock);
  if (isCutShort) return ['It takes too long to play: what comes behind was not looked at.'];
  return [...questionFaults(recording, replay), ...comparison.faults()];
}

/** Until the moment `end` of the clock, or until nothing is left to do. */
async function turnWhile(clock: FastClock, end: number, goesOn: () => boolean): Promise<void> {
  while (goesOn() && clock.monotonic() < end && (await clock.turn()));
}

/** A driver may wait for time to pass before it is done, too. */
async function stopped(driver: Driver, clock: FastClock): Promise<void> {
  let isStopped = false;
  void driver.stop().then(() => {
    isStopped = true;
  });
  await turnWhile(clock, clock.monotonic() + LATEST, () => !isStopped);
}

function questionFaults(recording: Recording, played: Replay): readonly string[] {
  const fault = played.fault();
  const wholly = fault === null ? played.finished() : fault.line > lastLine(recording);
  if (fault !== null && !wholly) return [`The driver asks something else: ${fault.detail}`];
  return wholly ? [] : ['The driver does not ask what was recorded to its end.'];
}

/** Compares what is reported with the file's `expect` lines, as it comes: only the first difference is told. */
function compareReports(expected: readonly string[]) {
  let reports = 0;
  let fault: string | null = null;
  const differs = (at: number, line: string) =>
    `Report ${at + 1} is "${line}" where the file expects "${expected[at]}".`;
  return {
    reported(line: string): void {
      if (fault === null && reports < expected.length && expected[reports] !== line)
        fault = differs(reports, line);
      reports += 1;
    },
    faults(): readonly string[] {
      if (fault !== null) return [fault];
      return reports < expected.length ? [differs(reports, 'none')] : [];
    },
  };
}

/** Of what went by; behind it the recording only ends, and whatever the driver asks there was not recorded any more. */
function lastLine({ events }: Recording): number {
  return events.findLast(({ kind }) => kind !== 'end' && kind !== 'stop')?.line ?? 0;
}

/** How long a card took is not told: time jumps here. */
function playedReport(report: DriverReport): PlayedReport {
  return { line: reportLine(report), detail: report.type === 'card.read' ? '' : reportDetail(report) };
}

/** Where the recording has no more, its device is gone, in words of the recording's own. */
function isEndOfRecording(report: DriverReport): boolean {
  return report.type === 'device' && /^the recording (ends here|has no more)/.test(report.detail ?? '');
}
