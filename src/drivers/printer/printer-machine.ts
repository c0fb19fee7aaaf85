import type { PrintFault } from '#contract/receipt.ts';
import { assertNever } from '#domain/result.ts';
import {
  ask,
  endJob,
  followedBy,
  IDLE_PAUSE,
  isGivenUp,
  PRINTING_PATIENCE,
  PRINTING_PAUSE,
  type PrinterEvent,
  type PrinterState,
  type PrinterStep,
  type PrintJob,
  reconnect,
  rest,
  SILENT_PAUSE,
  tellDevice,
  tellStanding,
} from './printer-state.ts';
import { standingOf } from './printer-status.ts';

/**
 * The rules of a receipt printer: what it does next after an event, and what it tells. Pure.
 *
 * Its state is asked in rounds of four questions, one question at a time: before a receipt, while one prints, and every
 * few seconds otherwise. A receipt has come out when the printer answers what is asked after its last line; a printer
 * that passes over that question has printed it when it is still well after {@link PRINTING_PATIENCE}. One that was silent
 * meanwhile may have lost its power: it has to answer that question and the same once more.
 */
export function stepPrinter(state: PrinterState, event: PrinterEvent): PrinterStep {
  const nothing: PrinterStep = { state, reports: [], actions: [] };
  switch (event.type) {
    case 'start':
      return connect(state);
    case 'connected':
      return state.phase.name === 'connecting' ? onConnected(state) : nothing;
    case 'connect-failed':
      return state.phase.name === 'connecting' ? reconnect(state, event.detail) : nothing;
    case 'status': {
      if (state.phase.name !== 'asking') return nothing;
      const [first, second, third, fourth] = [...state.phase.heard, event.octet];
      const answered: PrinterState = { ...state, silences: 0, job: afterAnswer(state.job) };
      if (first === undefined || second === undefined || third === undefined || fourth === undefined)
        return ask(answered, [...state.phase.heard, event.octet]);
      const standing = standingOf([first, second, third, fourth]);
      const told = tellStanding({ ...answered, failures: 0 }, standing);
      return followedBy(told, (next) => afterRound(next, event.at));
    }
    case 'silent':
      return state.phase.name === 'asking' ? onSilence(state, event.at) : nothing;
    case 'told-in-turn':
      // What comes before the last line has left is a disturbance of the line, not an answer.
      return state.job?.stage === 'printing' && !isBeingSent(state)
        ? { ...nothing, state: { ...state, job: toldInTurn(state.job, state.phase) } }
        : nothing;
    case 'elapsed':
      if (state.phase.name === 'absent') return connect(state);
      return state.phase.name === 'resting' && !isBeingSent(state) ? ask(state, []) : nothing;
    case 'print':
      return onPrint(state, event.request);
    case 'sent': {
      if (state.job === null) return nothing;
      const patience = event.at + event.lineTime + PRINTING_PATIENCE;
      return rest({ ...state, job: { ...state.job, patience } }, event.lineTime + PRINTING_PAUSE);
    }
    case 'lost':
      return state.phase.name === 'absent' ? nothing : reconnect(state, event.detail);
    default:
      return assertNever(event);
  }
}

function connect(state: PrinterState): PrinterStep {
  const step = state.failures === 0 ? tellDevice(state, 'connecting', null) : null;
  return {
    state: { ...(step?.state ?? state), phase: { name: 'connecting' } },
    reports: step?.reports ?? [],
    actions: [{ do: 'connect' }],
  };
}

function onConnected(state: PrinterState): PrinterStep {
  const asked = ask({ ...state, leftOver: false }, []);
  return state.leftOver ? { ...asked, actions: [{ do: 'throw-away' }, ...asked.actions] } : asked;
}

/** The whole state was told just now. */
function afterRound(state: PrinterState, at: number): PrinterStep {
  const { job } = state;
  const fault = state.standing?.fault ?? null;
  if (job === null) return rest(state, IDLE_PAUSE);
  if (job.stage === 'waiting') {
    if (fault !== null) return followedBy(endJob(state, fault), (next) => rest(next, IDLE_PAUSE));
    const sending: PrintJob = { ...job, stage: 'printing', patience: Number.POSITIVE_INFINITY };
    return { state: { ...state, job: sending, phase: RESTING }, reports: [], actions: [{ do: 'send' }] };
  }
  // The roll may end with this receipt: once its last line is printed and cut it is the citizen's.
  if (isPrinted(job) && (fault === null || fault === 'no-paper'))
    return followedBy(endJob(state, null), (next) => rest(next, IDLE_PAUSE));
  if (fault !== null) return giveUp(state, fault);
  if (at >= job.patience && job.doubt !== 'none') return giveUp(state, 'unknown');
  if (at >= job.patience) return followedBy(endJob(state, null), (next) => rest(next, IDLE_PAUSE));
  if (job.toldDone === 'no' || job.doubt !== 'silent') return rest(state, PRINTING_PAUSE);
  const asked: PrinterStep = {
    state: { ...state, job: { ...job, doubt: 'asked-again' } },
    reports: [],
    actions: [{ do: 'ask-in-turn' }],
  };
  return followedBy(asked, (next) => rest(next, PRINTING_PAUSE));
}

/** What has not come out yet must not come out for the next citizen. */
function giveUp(state: PrinterState, fault: PrintFault): PrinterStep {
  const ended = endJob(state, fault);
  const thrown: PrinterStep = { ...ended, actions: [...ended.actions, { do: 'throw-away' }] };
  return followedBy(thrown, (next) => rest(next, IDLE_PAUSE));
}

/**
 * Without a silence the one answer is enough. With one it may be the noise of a plug: a printer that has lost its power
 * answers only what it is asked again, one that was busy answers both.
 */
function isPrinted({ toldDone, doubt }: PrintJob): boolean {
  return toldDone !== 'no' && (doubt === 'none' || doubt === 'answered-again');
}

function toldInTurn(job: PrintJob, phase: PrinterState['phase']): PrintJob {
  const toldDone = phase.name === 'asking' ? 'meanwhile' : 'yes';
  return { ...job, toldDone, doubt: job.doubt === 'asked-again' ? 'answered-again' : job.doubt };
}

/** The question that was out has been answered. */
function afterAnswer(job: PrintJob | null): PrintJob | null {
  return job?.toldDone === 'meanwhile' ? { ...job, toldDone: 'yes' } : job;
}

/** The question that was out has not been answered. A printer that is busy may tell that it is done meanwhile. */
function inDoubt(job: PrintJob): PrintJob {
  return { ...job, toldDone: job.toldDone === 'meanwhile' ? 'yes' : 'no', doubt: 'silent' };
}

const RESTING = { name: 'resting' } as const;

/** Handed to the line, which has not taken it yet: no question goes between. */
function isBeingSent({ job }: PrinterState): boolean {
  return job?.stage === 'printing' && job.patience === Number.POSITIVE_INFINITY;
}

function onSilence(before: PrinterState, at: number): PrinterStep {
  const isPrinting = before.job?.stage === 'printing' && !isBeingSent(before);
  const job = isPrinting && before.job !== null ? inDoubt(before.job) : before.job;
  const state: PrinterState = { ...before, job, silences: before.silences + 1 };
  // Some printers answer nothing while they print.
  if (job?.stage === 'printing' && at < job.patience) return rest(state, SILENT_PAUSE);
  if (job?.stage === 'printing') return reconnect(state, noAnswer(state));
  return isGivenUp(state) ? reconnect(state, noAnswer(state)) : rest(state, SILENT_PAUSE);
}

function noAnswer({ profile }: PrinterState): string {
  return `${profile.place} does not answer: is the printer switched on?`;
}

function onPrint(state: PrinterState, request: number): PrinterStep {
  const nothing: PrinterStep = { state, reports: [], actions: [] };
  // One receipt at a time: the station asks for the next when it knows what became of this one.
  if (state.phase.name === 'absent' || state.job !== null)
    return { ...nothing, reports: [{ type: 'printed', request, fault: 'offline' }] };
  const waiting: PrinterState = {
    ...state,
    job: { request, stage: 'waiting', toldDone: 'no', doubt: 'none', patience: 0 },
  };
  // After a silence the pause is waited out: an answer may still be under way.
  return state.phase.name === 'resting' && state.silences === 0
    ? ask(waiting, [])
    : { ...nothing, state: waiting };
}
