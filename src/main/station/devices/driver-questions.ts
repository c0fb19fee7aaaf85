import type { Connection, Device } from '#contract/device.ts';
import type { DeviceIdentity, Trial, TrialProgress } from '#contract/device-trial.ts';
import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Timers } from '#drivers/timers.ts';
import type { DriverLink } from '#station/drivers/driver-link.ts';

/** How long the drivers may take to answer, milliseconds. A trial waits for a card or a code to be shown. */
export const ANSWER_WITHIN_MS = { list: 10_000, identify: 30_000, try: 120_000 } as const;

export type QuestionFault = 'busy' | 'no-answer' | 'drivers-ended';
export type Attached = Extract<DriverReport, { type: 'attached' }>;

export interface TrialOrder {
  readonly device: Device;
  /** A test card will be laid on the reader. */
  readonly card: boolean;
  /** Hears what the trial tells while it runs, until it is answered. */
  readonly onProgress: (progress: TrialProgress) => void;
}

/** What is asked of the drivers' process, one question at a time: each holds a line that the next may want. */
export interface DriverQuestions {
  list(): Promise<Result<Attached, QuestionFault>>;
  identify(connection: Connection): Promise<Result<DeviceIdentity, QuestionFault>>;
  tryDevice(order: TrialOrder): Promise<Result<Trial, QuestionFault>>;
  /** The process that was asked is gone: nobody will answer. */
  driversEnded(): void;
  stop(): void;
}

type Answer = Extract<DriverReport, { type: 'attached' | 'identified' | 'tried' }>;
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
    if (report.type === 'trial.progress' && pending?.request === report.request)
      pending.onProgress(report.progress);
    if (report.type !== 'attached' && report.type !== 'identified' && report.type !== 'tried') return;
    if (pending?.request === report.request && pending.type === report.type) pending.settle(ok(report));
  });

  function ask(question: {
    readonly type: Answer['type'];
    readonly command: (request: number) => DriverCommand;
    readonly within: number;
    readonly onProgress?: (progress: TrialProgress) => void;
  }): Promise<Asked> {
    if (pending !== null) return Promise.resolve(err('busy'));
    lastRequest += 1;
    const request = lastRequest;
    return new Promise((resolve) => {
      const cancel = timers.after(question.within, () => pending?.settle(err('no-answer')));
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
      return asked.value.type === 'attached' ? ok(asked.value) : err('no-answer');
    },
    async identify(connection) {
      const command = (request: number) => ({ type: 'device.identify', request, connection }) as const;
      const asked = await ask({ type: 'identified', command, within: ANSWER_WITHIN_MS.identify });
      if (!asked.ok) return asked;
      return asked.value.type === 'identified' ? ok(asked.value.identity) : err('no-answer');
    },
    async tryDevice({ device, card, onProgress }) {
      const command = (request: number) => ({ type: 'device.try', request, device, card }) as const;
      const asked = await ask({ type: 'tried', command, within: ANSWER_WITHIN_MS.try, onProgress });
      if (!asked.ok) return asked;
      return asked.value.type === 'tried' ? ok(asked.value.trial) : err('no-answer');
    },
    driversEnded: () => pending?.settle(err('drivers-ended')),
    stop() {
      stopListening();
      pending?.settle(err('drivers-ended'));
    },
  };
}
