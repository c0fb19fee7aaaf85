import type { Connection, Device } from '#contract/device.ts';
import type { DeviceIdentity, Trial, TrialProgress } from '#contract/device-trial.ts';
import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import type { RecordingReplay } from '#contract/recording-replay.ts';
import { assertNever, err, ok, type Result } from '#domain/result.ts';
import type { Timers } from '#drivers/timers.ts';
import type { DriverLink } from '#station/drivers/driver-link.ts';

/**
 * How long the drivers may take to answer, milliseconds. A trial waits for a card or a code to be shown; playing a
 * recording is given up by the drivers before.
 */
export const ANSWER_WITHIN_MS = { list: 10_000, identify: 30_000, try: 120_000, replay: 30_000 } as const;

export type QuestionFault =
  | { readonly reason: 'busy' | 'no-answer' | 'drivers-ended'; readonly detail: null }
  /** With the file's name, line and what is wrong there. */
  | { readonly reason: 'not-a-recording'; readonly detail: string };
export type Attached = Extract<DriverReport, { type: 'attached' }>;

export interface TrialOrder {
  readonly device: Device;
  /** A test card will be laid on the reader. */
  readonly card: boolean;
  /** Hears what the trial tells while it runs, until it is answered. */
  readonly onProgress: (progress: TrialProgress) => void;
}

export interface RecordingTrialOrder {
  /** The whole path. */
  readonly file: string;
  /** As {@link TrialOrder.onProgress}. */
  readonly onProgress: TrialOrder['onProgress'];
}

const BUSY = { reason: 'busy', detail: null } as const;
const NO_ANSWER = { reason: 'no-answer', detail: null } as const;
const DRIVERS_ENDED = { reason: 'drivers-ended', detail: null } as const;

/** What is asked of the drivers' process, one question at a time: each holds a line that the next may want. */
export interface DriverQuestions {
  list(): Promise<Result<Attached, QuestionFault>>;
  identify(connection: Connection): Promise<Result<DeviceIdentity, QuestionFault>>;
  tryDevice(order: TrialOrder): Promise<Result<Trial, QuestionFault>>;
  /** Of a file, its whole path. */
  replay(file: string): Promise<Result<RecordingReplay, QuestionFault>>;
  tryRecording(order: RecordingTrialOrder): Promise<Result<Trial, QuestionFault>>;
  /** The process that was asked is gone: nobody will answer. */
  driversEnded(): void;
  stop(): void;
}

type Answer = Extract<DriverReport, { type: 'attached' | 'identified' | 'tried' | 'replayed' }>;
type Asked = Result<Answer, QuestionFault>;

export function driverQuestions(options: {
  readonly drivers: Pick<DriverLink, 'send' | 'onReport'>;
  readonly timers: Timers;
}): DriverQuestions {
  const { drivers, timers } = options;
  let lastRequest = 0;
  let pending: {
    readonly request: number;
    readonly type: Answer['type'];
    readonly onProgress: (progress: TrialProgress) => void;
    readonly settle: (asked: Asked) => void;
  } | null = null;

  /** An answer to a question that is no longer asked is passed over. */
  const stopListening = drivers.onReport((report) => {
    switch (report.type) {
      case 'trial.progress':
        if (pending?.request === report.request) pending.onProgress(report.progress);
        return;
      case 'recording.refused':
        if (pending?.request === report.request) pending.settle(err(refusalOf(report)));
        return;
      case 'attached':
      case 'identified':
      case 'tried':
      case 'replayed':
        if (pending?.request === report.request && pending.type === report.type) pending.settle(ok(report));
        return;
    }
  });

  function ask(question: {
    readonly type: Answer['type'];
    readonly command: (request: number) => DriverCommand;
    readonly within: number;
    readonly onProgress?: (progress: TrialProgress) => void;
  }): Promise<Asked> {
    if (pending !== null) return Promise.resolve(err(BUSY));
    lastRequest += 1;
    const request = lastRequest;
    return new Promise((resolve) => {
      const cancel = timers.after(question.within, () => pending?.settle(err(NO_ANSWER)));
      pending = {
        request,
        type: question.type,
        onProgress: question.onProgress ?? (() => {}),
        settle: (asked) => {
          cancel();
          pending = null;
          resolve(asked);
        },
      };
      drivers.send(question.command(request));
    });
  }

  return {
    async list() {
      const command = (request: number) => ({ type: 'devices.list', request }) as const;
      const asked = await ask({ type: 'attached', command, within: ANSWER_WITHIN_MS.list });
      if (!asked.ok) return asked;
      return asked.value.type === 'attached' ? ok(asked.value) : err(NO_ANSWER);
    },
    async identify(connection) {
      const command = (request: number) => ({ type: 'device.identify', request, connection }) as const;
      const asked = await ask({ type: 'identified', command, within: ANSWER_WITHIN_MS.identify });
      if (!asked.ok) return asked;
      return asked.value.type === 'identified' ? ok(asked.value.identity) : err(NO_ANSWER);
    },
    async tryDevice({ device, card, onProgress }) {
      const command = (request: number) => ({ type: 'device.try', request, device, card }) as const;
      const asked = await ask({ type: 'tried', command, within: ANSWER_WITHIN_MS.try, onProgress });
      if (!asked.ok) return asked;
      return asked.value.type === 'tried' ? ok(asked.value.trial) : err(NO_ANSWER);
    },
    async replay(file) {
      const command = (request: number) => ({ type: 'recording.replay', request, file }) as const;
      const asked = await ask({ type: 'replayed', command, within: ANSWER_WITHIN_MS.replay });
      if (!asked.ok) return asked;
      return asked.value.type === 'replayed' ? ok(asked.value.replay) : err(NO_ANSWER);
    },
    async tryRecording({ file, onProgress }) {
      const command = (request: number) => ({ type: 'recording.try', request, file }) as const;
      const asked = await ask({ type: 'tried', command, within: ANSWER_WITHIN_MS.try, onProgress });
      if (!asked.ok) return asked;
      return asked.value.type === 'tried' ? ok(asked.value.trial) : err(NO_ANSWER);
    },
    driversEnded: () => pending?.settle(err(DRIVERS_ENDED)),
    stop() {
      stopListening();
      pending?.settle(err(DRIVERS_ENDED));
    },
  };
}

function refusalOf(report: Extract<DriverReport, { type: 'recording.refused' }>): QuestionFault {
  switch (report.reason) {
    case 'unreadable':
      return { reason: 'not-a-recording', detail: report.detail };
    case 'drivers-away':
      return DRIVERS_ENDED;
    default:
      return assertNever(report.reason);
  }
}
