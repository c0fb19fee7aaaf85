import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import { MOST_REPLAYED_REPORTS, type RecordingReplay } from '#contract/recording-replay.ts';
import { assertNever } from '#domain/result.ts';
import type { Recording } from '../recording/recording.ts';
import type { Timers } from '../timers.ts';
import { dryRunConnector } from './dry-run.ts';
import { keptRecordingAt } from './kept-recording.ts';
import { playRecording } from './play-recording.ts';
import { tryDevice, USUAL_WISH } from './try-device.ts';

export type RecordingCommand = Extract<
  DriverCommand,
  { readonly type: 'recording.replay' | 'recording.try' }
>;

/** Milliseconds that playing one may take; the largest that is kept takes a tenth of it. */
export const REPLAY_LIMIT = 20_000;
const LONGEST_LINE = 200;
const LONGEST_DETAIL = 400;

/**
 * Answers what the station asks about recordings that it keeps, one after the other. No line is opened, so the devices of
 * the terminal go on meanwhile. Whatever the file holds, there is an answer.
 */
export function answerRecordings(options: {
  readonly timers: Timers;
  readonly report: (report: DriverReport) => void;
}): (command: RecordingCommand) => Promise<void> {
  const { timers, report } = options;
  let last: Promise<void> = Promise.resolve();

  async function answer(command: RecordingCommand): Promise<void> {
    const { request } = command;
    const refuse = (detail: string) =>
      report({
        ...{ type: 'recording.refused', request, reason: 'unreadable' },
        detail: detail.slice(0, LONGEST_DETAIL),
      });
    try {
      const read = keptRecordingAt(command.file);
      if (read.ok) report(await answerFor(command, read.value));
      else refuse(read.error);
    } catch (error) {
      console.error('drivers: a recording brought its driver down', error);
      refuse('The driver fails at what this recording holds.');
    }
  }

  async function answerFor(command: RecordingCommand, recording: Recording): Promise<DriverReport> {
    const { type, request } = command;
    switch (type) {
      case 'recording.replay':
        return { type: 'replayed', request, replay: await replayOf(recording, timers) };
      case 'recording.try': {
        const connector = dryRunConnector({ recording, timers });
        const trial = await tryDevice({
          device: recording.device,
          connectorFor: () => connector,
          timers,
          wish: USUAL_WISH,
          // What a trial asks somebody to do is not told: nobody has anything to show or to watch.
          onStep: (step) => report({ type: 'trial.progress', request, progress: { kind: 'step', step } }),
        });
        return { type: 'tried', request, trial };
      }
      default:
        return assertNever(type);
    }
  }

  return (command) => {
    last = last.then(() => answer(command));
    return last;
  };
}

async function replayOf(recording: Recording, timers: Timers): Promise<RecordingReplay> {
  const tooLong = new AbortController();
  const cancel = timers.after(REPLAY_LIMIT, () => tooLong.abort());
  const reports: RecordingReplay['reports'] = [];
  let leftOut = 0;
  try {
    const faults = await playRecording({
      recording,
      signal: tooLong.signal,
      onReport({ line, detail }) {
        if (reports.length === MOST_REPLAYED_REPORTS) leftOut += 1;
        else reports.push({ line: line.slice(0, LONGEST_LINE), detail: detail.slice(0, LONGEST_DETAIL) });
      },
    });
    const { device, started } = recording;
    return {
      ...{ role: device.role, model: device.model, started, reports, leftOut },
      faults: faults.map((fault) => fault.slice(0, LONGEST_DETAIL)),
    };
  } finally {
    cancel();
  }
}
