import { assertNever } from '#domain/result.ts';

/** One command to a scanner. */
export interface TriggerCommand {
  /** As the maker's manual and the answer call it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** How one maker's scanners are told to look, and to stop. */
export interface TriggerWords {
  readonly on: readonly TriggerCommand[];
  readonly off: readonly TriggerCommand[];
  /** What a fresh connection is told while no code is wanted. */
  readonly opening: readonly TriggerCommand[];
  /** Milliseconds that an answer may take; null where none comes. */
  readonly answerTime: number | null;
}

/** Milliseconds that a freshly opened device gets before the first command. */
export const SETTLE_TIME = 300;
/** Milliseconds between two commands. Newland asks for 50; it hurts no other. */
export const COMMAND_GAP = 50;
/** Milliseconds between a code and the next command to look: time to say that no more is wanted. */
export const AFTER_SCAN = 500;
/**
 * Milliseconds after which a scanner that has seen nothing is told anew, since most stop looking by themselves after a
 * time that is set in the scanner. That the command does no harm while it still looks is unverified.
 */
export const LOOK_AGAIN = 5000;
/** Milliseconds between an answer that did not come and the next try. */
export const AFTER_SILENCE = 1000;
/** How often in a row a command is said again because the scanner asks for it. */
export const MOST_REPEATS = 3;

/** What the scanner has been told. */
export interface TriggerState {
  readonly words: TriggerWords;
  readonly wanted: 'on' | 'off';
  readonly connected: boolean;
  /** Still to be said, in this order. */
  readonly queue: readonly TriggerCommand[];
  /** What was said last and wants an answer by `deadline`. */
  readonly awaited: { readonly command: TriggerCommand; readonly deadline: number } | null;
  /** Monotonic time before which nothing may be said. */
  readonly notBefore: number;
  /** Monotonic time at which everything is said again, or null. */
  readonly again: number | null;
  /** Answers in a row that did not come. */
  readonly missed: number;
  /** How often the scanner has asked in a row for a command again. */
  readonly repeats: number;
}

export type TriggerEvent =
  | { readonly type: 'opened' | 'closed' | 'elapsed' }
  | { readonly type: 'wanted'; readonly what: 'on' | 'off' }
  /** A code was read, or the scanner gave up: it has stopped looking. */
  | { readonly type: 'looked' }
  /** `command` is null where an answer does not say what it answers. */
  | { readonly type: 'answered'; readonly command: string | null; readonly refusal: string | null }
  /** The scanner has not understood what was said last. */
  | { readonly type: 'repeat' };

export type TriggerEffect =
  | { readonly do: 'write'; readonly bytes: Uint8Array }
  | { readonly do: 'accepted' }
  | { readonly do: 'refused'; readonly command: string; readonly refusal: string }
  | { readonly do: 'unanswered'; readonly command: string; readonly inARow: number }
  /** An answer that nobody waits for. */
  | { readonly do: 'stranger' };

export interface TriggerStep {
  readonly state: TriggerState;
  readonly effects: readonly TriggerEffect[];
}

export function initialTriggerState(words: TriggerWords): TriggerState {
  return {
    words,
    wanted: 'off',
    connected: false,
    queue: [],
    awaited: null,
    notBefore: 0,
    again: null,
    missed: 0,
    repeats: 0,
  };
}

/** When {@link stepTrigger} wants to hear that time has passed; null: never. */
export function triggerDue(state: TriggerState): number | null {
  if (!state.connected) return null;
  if (state.awaited !== null) return state.awaited.deadline;
  return state.queue.length > 0 ? state.notBefore : state.again;
}

/** What is said to a scanner, one command at a time. Pure; `at` is monotonic. */
export function stepTrigger(state: TriggerState, event: TriggerEvent, at: number): TriggerStep {
  switch (event.type) {
    case 'opened': {
      const { words, wanted } = state;
      const queue = wanted === 'on' ? words.on : words.opening;
      const opened = { ...initialTriggerState(words), wanted, connected: true, queue };
      return goOn({ ...opened, notBefore: at + SETTLE_TIME }, at);
    }
    case 'closed':
      return { state: { ...initialTriggerState(state.words), wanted: state.wanted }, effects: [] };
    case 'wanted': {
      if (state.wanted === event.what) return { state, effects: [] };
      const queue = state.connected ? state.words[event.what] : [];
      return goOn({ ...state, wanted: event.what, queue, again: null }, at);
    }
    case 'looked': {
      // Whatever it answers, it is alive.
      const seen = { ...state, missed: 0 };
      const idle = state.wanted === 'off' || state.queue.length > 0;
      return idle ? { state: seen, effects: [] } : goOn({ ...seen, again: at + AFTER_SCAN }, at);
    }
    case 'answered':
      return onAnswer(state, event, at);
    case 'repeat':
      return onRepeat(state, at);
    case 'elapsed':
      return goOn(state, at);
    default:
      return assertNever(event);
  }
}

function onAnswer(
  state: TriggerState,
  answer: Extract<TriggerEvent, { type: 'answered' }>,
  at: number,
): TriggerStep {
  const asked = state.awaited?.command.name;
  if (asked === undefined || (answer.command !== null && answer.command !== asked)) {
    return { state, effects: [{ do: 'stranger' }] };
  }
  const effect: TriggerEffect =
    answer.refusal === null ? { do: 'accepted' } : { do: 'refused', command: asked, refusal: answer.refusal };
  const next = goOn({ ...state, awaited: null, missed: 0, repeats: 0 }, at);
  return { state: next.state, effects: [effect, ...next.effects] };
}

function onRepeat(state: TriggerState, at: number): TriggerStep {
  const { awaited, repeats } = state;
  if (awaited === null) return { state, effects: [{ do: 'stranger' }] };
  if (repeats >= MOST_REPEATS) {
    return onAnswer(state, { type: 'answered', command: null, refusal: 'asks for it again' }, at);
  }
  return goOn({ ...sayAgain(state, awaited.command), repeats: repeats + 1 }, at);
}

/** What was wanted meanwhile goes first: then nothing needs to be said again. */
function sayAgain(state: TriggerState, command: TriggerCommand): TriggerState {
  const { words, wanted, queue } = state;
  const outdated = queue.length > 0 && queue[0] === words[wanted][0];
  return { ...state, awaited: null, queue: outdated ? queue : [command, ...queue] };
}

/** Says what may be said now, one command. */
function goOn(state: TriggerState, at: number): TriggerStep {
  if (!state.connected) return { state, effects: [] };
  const { awaited, words, wanted } = state;
  if (awaited !== null) {
    if (at < awaited.deadline) return { state, effects: [] };
    // Whether it was heard is not known: to stop is said again as well as to look.
    const missed = state.missed + 1;
    return {
      state: { ...sayAgain(state, awaited.command), notBefore: at + AFTER_SILENCE, missed },
      effects: [{ do: 'unanswered', command: awaited.command.name, inARow: missed }],
    };
  }
  if (state.queue.length === 0) {
    if (state.again === null || at < state.again) return { state, effects: [] };
    return goOn({ ...state, queue: words[wanted], again: null }, at);
  }
  const [command, ...queue] = state.queue;
  if (command === undefined || at < state.notBefore) return { state, effects: [] };
  return {
    state: {
      ...state,
      queue,
      awaited: words.answerTime === null ? null : { command, deadline: at + words.answerTime },
      notBefore: at + COMMAND_GAP,
      again: wanted === 'on' && queue.length === 0 ? at + LOOK_AGAIN : null,
    },
    effects: [{ do: 'write', bytes: command.bytes }],
  };
}
