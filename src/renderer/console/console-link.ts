import { type ReadonlySignal, signal } from '@preact/signals';
import type * as v from 'valibot';
import type { Channel } from '#contract/channel.ts';
import {
  type BadgeRefusal,
  CONSOLE_METHODS,
  CONSOLE_PUSHES,
  type ConsoleMethods,
  type LogInView,
  type RepairView,
  type UnlockRefusal,
} from '#contract/console-api.ts';
import type { TrialPrompt, TrialStep } from '#contract/device-trial.ts';
import { CallError, connect } from '#contract/rpc.ts';

export type Input<M extends keyof ConsoleMethods> = v.InferOutput<ConsoleMethods[M]['input']>;
export type Output<M extends keyof ConsoleMethods> = v.InferOutput<ConsoleMethods[M]['output']>;

/** A word to whoever stands there, until the next one. */
export type Notice =
  | { readonly kind: 'badge-refused'; readonly reason: BadgeRefusal }
  | { readonly kind: 'unlock-refused'; readonly reason: UnlockRefusal }
  | { readonly kind: 'unlocked' };

export interface TrialSoFar {
  readonly steps: readonly TrialStep[];
  /** What somebody has to do now. */
  readonly prompt: TrialPrompt | null;
}
const NOTHING_YET: TrialSoFar = { steps: [], prompt: null };

/** The station as the console sees it. Everything that it shows was asked for; nothing is kept. */
export interface ConsoleLink {
  /** Null until the station has answered for the first time. */
  readonly logIn: ReadonlySignal<LogInView | null>;
  /** On the page's clock, when {@link logIn} was told: what is left of a wait counts from there. */
  readonly logInAt: ReadonlySignal<number>;
  readonly repair: ReadonlySignal<RepairView | null>;
  readonly notice: ReadonlySignal<Notice | null>;
  /** A provisioning code that was held to the scanner; null once it was taken. */
  readonly scannedCode: ReadonlySignal<string | null>;
  /** What the trial that runs has told. */
  readonly trial: ReadonlySignal<TrialSoFar>;
  /** Null when the call failed: the station has logged why. */
  call<M extends keyof ConsoleMethods & string>(method: M, input: Input<M>): Promise<Output<M> | null>;
  /** Asks for the log-in's state anew, after a wait that is over. */
  lookAgain(): void;
  say(notice: Notice | null): void;
  takeScannedCode(): void;
  /** Before a trial is asked for. */
  forgetTrial(): void;
  touched(): void;
  now(): number;
}

/** How often the state on the screen is asked for again, milliseconds. */
const LOOK_EVERY = 1_500;

export function linkConsole(options: {
  readonly channel: Channel;
  readonly later: (task: () => void, milliseconds: number) => void;
  readonly now: () => number;
  readonly onFault: (error: CallError) => void;
}): ConsoleLink {
  const client = connect({ channel: options.channel, methods: CONSOLE_METHODS, pushes: CONSOLE_PUSHES });
  const logIn = signal<LogInView | null>(null);
  const logInAt = signal(0);
  const repair = signal<RepairView | null>(null);
  const notice = signal<Notice | null>(null);
  const scannedCode = signal<string | null>(null);
  const trial = signal(NOTHING_YET);

  function showLogIn(view: LogInView): void {
    logInAt.value = options.now();
    logIn.value = view;
  }

  client.on('logIn', (view) => {
    if (view.stage === 'badge' && logIn.peek()?.stage !== 'checking') notice.value = null;
    showLogIn(view);
  });
  client.on('badgeRefused', ({ reason }) => {
    notice.value = { kind: 'badge-refused', reason };
  });
  client.on('unlockRefused', ({ reason }) => {
    notice.value = { kind: 'unlock-refused', reason };
  });
  client.on('unlocked', () => {
    notice.value = { kind: 'unlocked' };
  });
  client.on('provisioningCode', ({ code }) => {
    scannedCode.value = code;
  });

  client.on('trialProgress', (progress) => {
    const { steps } = trial.peek();
    trial.value =
      progress.kind === 'step'
        ? { steps: [...steps, progress.step], prompt: null }
        : { steps, prompt: progress.prompt };
  });

  async function call<M extends keyof ConsoleMethods & string>(
    method: M,
    input: Input<M>,
  ): Promise<Output<M> | null> {
    try {
      return await client.call(method, input);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      options.onFault(error);
      return null;
    }
  }

  async function lookAgain(): Promise<void> {
    const view = await call('logInView', {});
    if (view !== null) showLogIn(view);
  }

  async function watch(): Promise<void> {
    const seen = await call('repair', {});
    if (seen !== null) repair.value = seen;
    if (logIn.peek() === null) await lookAgain();
    options.later(() => void watch(), LOOK_EVERY);
  }

  void watch();
  return {
    logIn,
    logInAt,
    repair,
    notice,
    scannedCode,
    trial,
    call,
    lookAgain: () => void lookAgain(),
    say: (next) => {
      notice.value = next;
    },
    takeScannedCode: () => {
      scannedCode.value = null;
    },
    forgetTrial: () => {
      trial.value = NOTHING_YET;
    },
    touched: () => void call('touch', {}),
    now: options.now,
  };
}
