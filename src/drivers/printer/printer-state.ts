import { type DriverReport, NO_HEALTH } from '#contract/driver-messages.ts';
import type { PrintFault } from '#contract/receipt.ts';
import { type DeviceState, deviceReport } from '../connection/device-state.ts';
import { backOff } from '../timers.ts';
import type { StatusQuestion } from './escpos-commands.ts';
import type { PrinterStanding } from './printer-status.ts';

/** Milliseconds between two looks at a printer that has nothing to do. */
export const IDLE_PAUSE = 3000;
/** ... and at one that prints. */
export const PRINTING_PAUSE = 300;
/** After a question without an answer: long enough that a late answer is not taken for the next one's. */
export const SILENT_PAUSE = 1000;
/** What a receipt may take beyond its time on the line, milliseconds. */
export const PRINTING_PATIENCE = 12_000;
/** Rounds without an answer before the connection is made anew. */
const MOST_SILENCES = 2;

/** `waiting`: nothing of it has been sent. `printing`: it may have come out, in part or whole. */
export interface PrintJob {
  readonly request: number;
  readonly stage: 'waiting' | 'printing';
  /**
   * Whether the printer has answered what was asked after the last line, and no question that was asked since has gone
   * without an answer. `meanwhile`: one is out.
   */
  readonly toldDone: 'no' | 'meanwhile' | 'yes';
  /**
   * Whether a question went without an answer after the receipt was sent. Then the printer may have lost its power: it is
   * asked in turn once more, and believed when it answers that too.
   */
  readonly doubt: 'none' | 'silent' | 'asked-again' | 'answered-again';
  /** Monotonic time until which it is waited for, once it has been sent. */
  readonly patience: number;
}

export type PrinterPhase =
  /** Not connected; a pause is under way. */
  | { readonly name: 'absent' }
  | { readonly name: 'connecting' }
  /** One question of a round is out. */
  | { readonly name: 'asking'; readonly heard: readonly number[] }
  /** Between two rounds. */
  | { readonly name: 'resting' };

export interface PrinterState {
  readonly phase: PrinterPhase;
  readonly job: PrintJob | null;
  /** What is known of the printer on this connection. */
  readonly standing: PrinterStanding | null;
  /** Last told about the device. */
  readonly told: { readonly state: DeviceState; readonly detail: string | null } | null;
  /** Connections in a row that failed or fell silent. */
  readonly failures: number;
  /** Rounds in a row without an answer. */
  readonly silences: number;
  /** The connection ended while a receipt was out: its rest may still lie in the printer. */
  readonly leftOver: boolean;
  readonly profile: { readonly model: string; readonly simulated: boolean; readonly place: string };
}

export type PrinterEvent =
  | { readonly type: 'start' }
  | { readonly type: 'connected' }
  | { readonly type: 'connect-failed'; readonly detail: string }
  /** An octet with the fixed bits of a status, while a question is out. */
  | { readonly type: 'status'; readonly octet: number; readonly at: number }
  /** No answer in time, or more than one. */
  | { readonly type: 'silent'; readonly at: number }
  /** The answer to what was asked after the last line of a receipt. */
  | { readonly type: 'told-in-turn' }
  | { readonly type: 'elapsed' }
  | { readonly type: 'print'; readonly request: number }
  /** The receipt was handed to the line, which takes so many milliseconds for it. */
  | { readonly type: 'sent'; readonly lineTime: number; readonly at: number }
  | { readonly type: 'lost'; readonly detail: string };

/** Done in their order. `ask`, `connect` and `send` end in an event, as do the pauses. */
export type PrinterAction =
  | { readonly do: 'connect' }
  | { readonly do: 'ask'; readonly question: StatusQuestion }
  | { readonly do: 'wait'; readonly milliseconds: number }
  /** Hands the receipt to the line. */
  | { readonly do: 'send' }
  /** Asks in turn once more, behind everything that the printer has not printed yet. */
  | { readonly do: 'ask-in-turn' }
  /** Throws away what the printer has not printed yet: it must not come out for the next citizen. */
  | { readonly do: 'throw-away' }
  /** Closes the connection; the pause ends early when the device appears. */
  | { readonly do: 'disconnect'; readonly milliseconds: number };

export interface PrinterStep {
  readonly state: PrinterState;
  readonly reports: readonly DriverReport[];
  readonly actions: readonly PrinterAction[];
}

export function initialPrinterState(profile: PrinterState['profile']): PrinterState {
  return {
    phase: { name: 'absent' },
    job: null,
    standing: null,
    told: null,
    failures: 0,
    silences: 0,
    leftOver: false,
    profile,
  };
}

/** Tells how the device stands, when that is news. */
export function tellDevice(state: PrinterState, deviceState: DeviceState, words: string | null): PrinterStep {
  const detail = words?.slice(0, 400) ?? null;
  if (state.told?.state === deviceState && state.told.detail === detail)
    return { state, reports: [], actions: [] };
  const report = deviceReport({
    device: { role: 'printer', ...state.profile },
    state: deviceState,
    detail,
    health: NO_HEALTH,
  });
  return { state: { ...state, told: { state: deviceState, detail } }, reports: [report], actions: [] };
}

export function tellStanding(state: PrinterState, standing: PrinterStanding): PrinterStep {
  return tellDevice(
    { ...state, standing },
    standing.fault === null ? 'ready' : 'out-of-service',
    standing.detail,
  );
}

/** Ends the job under way, if there is one. */
export function endJob(state: PrinterState, fault: PrintFault | null): PrinterStep {
  const { job } = state;
  if (job === null) return { state, reports: [], actions: [] };
  return {
    state: { ...state, job: null },
    reports: [{ type: 'printed', request: job.request, fault }],
    actions: [],
  };
}

export function ask(state: PrinterState, heard: readonly number[]): PrinterStep {
  const question = ([1, 2, 3, 4] as const)[heard.length] ?? 1;
  return {
    state: { ...state, phase: { name: 'asking', heard } },
    reports: [],
    actions: [{ do: 'ask', question }],
  };
}

export function rest(state: PrinterState, milliseconds: number): PrinterStep {
  return {
    state: { ...state, phase: { name: 'resting' } },
    reports: [],
    actions: [{ do: 'wait', milliseconds }],
  };
}

/** Ends the connection and makes a new one after a pause. What was being printed may have come out. */
export function reconnect(state: PrinterState, detail: string): PrinterStep {
  const isOut = state.job?.stage === 'printing';
  const ended = endJob(state, isOut ? 'unknown' : 'offline');
  const told = tellDevice(ended.state, 'absent', detail);
  return {
    state: {
      ...told.state,
      phase: { name: 'absent' },
      standing: null,
      silences: 0,
      leftOver: state.leftOver || isOut,
      failures: state.failures + 1,
    },
    reports: [...ended.reports, ...told.reports],
    actions: [{ do: 'disconnect', milliseconds: backOff(state.failures) }],
  };
}

export function isGivenUp(state: PrinterState): boolean {
  return state.silences >= MOST_SILENCES;
}

/** One step after another; what the later one does comes last. (A module may not export `then`: it would count as a promise.) */
export function followedBy(first: PrinterStep, next: (state: PrinterState) => PrinterStep): PrinterStep {
  const second = next(first.state);
  return {
    state: second.state,
    reports: [...first.reports, ...second.reports],
    actions: [...first.actions, ...second.actions],
  };
}
