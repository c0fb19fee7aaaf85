import type { Trial, TrialProgress } from '#contract/device-trial.ts';
import type { RecordingReplay } from '#contract/recording-replay.ts';
import { ok, type Result } from '#domain/result.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { DeskFault } from './desk-fault.ts';
import type { DriverQuestions } from './driver-questions.ts';
import type { Recordings } from './recordings.ts';

/** What a technician does with a recording that is kept. Nothing is changed, and no device is asked. */
export interface KeptRecordings {
  /** Plays it to the driver of its device. The file is one of {@link Recordings.views} that has ended. */
  replay(file: string): Promise<Result<RecordingReplay, DeskFault>>;
  /** Tries its device as it was. */
  tryRecording(
    file: string,
    onProgress: (progress: TrialProgress) => void,
  ): Promise<Result<Trial, DeskFault>>;
}

export function keptRecordings(parts: {
  readonly recordings: Pick<Recordings, 'pathOf'>;
  readonly questions: Pick<DriverQuestions, 'replay' | 'tryRecording'>;
  /** One thing at a time. */
  readonly ask: <T>(question: () => Promise<Result<T, DeskFault>>) => Promise<Result<T, DeskFault>>;
  readonly log: StationLog;
}): KeptRecordings {
  const { recordings, questions, ask, log } = parts;
  return {
    async replay(file) {
      const path = recordings.pathOf(file);
      if (!path.ok) return path;
      const replayed = await ask(() => questions.replay(path.value));
      if (!replayed.ok) return replayed;
      const { role, faults } = replayed.value;
      const outcome = faults.length === 0 ? 'as-recorded' : 'differs';
      log.info('devices.replayed', { device: role, outcome });
      return ok(replayed.value);
    },
    async tryRecording(file, onProgress) {
      const path = recordings.pathOf(file);
      if (!path.ok) return path;
      const tried = await ask(() => questions.tryRecording({ file: path.value, onProgress }));
      if (!tried.ok) return tried;
      const { device, passed } = tried.value;
      // It says nothing of the terminal's own device: it is no trial for the audit record.
      log.info('devices.recording-tried', { device: device.role, outcome: passed ? 'passed' : 'failed' });
      return ok(tried.value);
    },
  };
}
