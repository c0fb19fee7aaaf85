import type { ReaderDevice } from '#contract/device.ts';
import { type CardReadFault, type DriverReport, NO_HEALTH } from '#contract/driver-messages.ts';
import type { CommandFault } from '../command-session/command.ts';
import type { SdtResponse } from '../framing/sdt.ts';
import { backOff } from '../timers.ts';
import { isSimulatedSam, type ReadingKind } from './sdt-answers.ts';
import type { SdtCommandName } from './sdt-commands.ts';

/** Milliseconds between two looks at a module that is out of service. */
const OUT_OF_SERVICE_PAUSE = 5000;

export type ReaderMode = 'watch' | 'read';

/**
 * Where the reader stands. `asked` is the command whose answer is awaited, or null while waiting for time to pass.
 */
export type ReaderPhase =
  | { readonly name: 'absent'; readonly failures: number }
  | { readonly name: 'opening'; readonly asked: 'status' | 'sam-id' | 'extra-address' | null }
  | {
      readonly name: 'ready';
      readonly asked: 'find' | 'reset' | null;
      readonly misses: number;
      /** Looks in a row that were answered with neither a card nor none, or not at all. */
      readonly troubles: number;
    }
  | { readonly name: 'found'; readonly asked: 'select'; readonly card: CardTries }
  | { readonly name: 'reading'; readonly asked: ReadingKind; readonly card: CardTries }
  | {
      readonly name: 'retrying';
      readonly asked: 'reset' | 'find' | 'extra-address';
      readonly card: CardTries;
    }
  | {
      readonly name: 'wait-removal';
      readonly asked: 'extra-address' | 'find' | null;
      readonly misses: number;
      readonly left: LeftCard;
    }
  | { readonly name: 'faulted'; readonly asked: 'status' | null };

export interface CardTries {
  /** Monotonic time at which the card was found. */
  readonly foundAt: number;
  readonly retries: number;
  /** The fault that was told of the card which this one may be; null for one that is new. */
  readonly told: CardReadFault | null;
}

/** The card that lies there until it is taken away. */
export type LeftCard =
  /** `answers`: the module has said so, by its newest address. */
  | { readonly was: 'read'; readonly answers: boolean }
  /** `finds`: how often in a row it was found since it was tried, it or another in its place. */
  | { readonly was: 'refused'; readonly fault: CardReadFault; readonly finds: number };

export interface ReaderState {
  readonly phase: ReaderPhase;
  readonly mode: ReaderMode;
  readonly samId: string | null;
  /** What there is to say about the connection while all is well. */
  readonly line: string | null;
  /** Connections in a row that failed or fell silent before a card, or none, was found. */
  readonly failures: number;
  /** Whether the reader was told to be ready since it last was not. */
  readonly ready: boolean;
  /** What was last told about a card; told anew after every connection. */
  readonly told: 'nothing' | 'laid' | 'removed';
  readonly profile: ReaderProfile;
}

export type ReaderProfile = Pick<ReaderDevice, 'model' | 'pollInterval' | 'simulated' | 'quirks'>;

export type ReaderEvent =
  | { readonly type: 'start' }
  | { readonly type: 'mode'; readonly mode: ReaderMode }
  | { readonly type: 'connected'; readonly line: string | null }
  | { readonly type: 'connect-failed'; readonly detail: string }
  | { readonly type: 'answered'; readonly response: SdtResponse; readonly at: number }
  | { readonly type: 'failed'; readonly fault: CommandFault }
  | { readonly type: 'elapsed' }
  /** The connection ended while no command was under way. */
  | { readonly type: 'lost'; readonly detail: string };

/** The one thing the driver does next; each ends in exactly one event. */
export type ReaderAction =
  | { readonly do: 'connect' }
  | { readonly do: 'ask'; readonly command: SdtCommandName }
  | { readonly do: 'wait'; readonly milliseconds: number }
  /** Closes the connection; the wait ends early when the device appears. */
  | { readonly do: 'disconnect'; readonly milliseconds: number };

export interface ReaderStep {
  readonly state: ReaderState;
  readonly reports: readonly DriverReport[];
  /** Null when what is under way goes on. */
  readonly action: ReaderAction | null;
}

export function initialReaderState(profile: ReaderProfile): ReaderState {
  return {
    phase: { name: 'absent', failures: 0 },
    mode: 'watch',
    samId: null,
    line: null,
    failures: 0,
    ready: false,
    told: 'nothing',
    profile,
  };
}

type DeviceState = Extract<DriverReport, { type: 'device' }>['state'];

export function device(state: ReaderState, deviceState: DeviceState, detail: string | null): DriverReport {
  return {
    type: 'device',
    role: 'reader',
    state: deviceState,
    model: state.profile.model,
    samId: state.samId,
    simulated: isSimulated(state),
    detail: detail === null ? null : detail.slice(0, 400),
    health: NO_HEALTH,
  };
}

export function isSimulated(state: ReaderState): boolean {
  return state.profile.simulated || (state.samId !== null && isSimulatedSam(state.samId));
}

/** A look for a card in a field that was empty, or not looked at, before. */
export const LOOKING = { name: 'ready', asked: 'find', misses: 0, troubles: 0 } as const;
/** The same after a pause. */
export const RESTING = { ...LOOKING, asked: null } as const;

/** Waits for a card that is done with to be taken away. */
export function waitingForRemoval(left: LeftCard) {
  return { name: 'wait-removal', asked: null, misses: 0, left } as const;
}

/** A card lay there and somebody wanted it. */
function readsCard({ phase, mode }: ReaderState): boolean {
  const busy = phase.name === 'found' || phase.name === 'reading' || phase.name === 'retrying';
  return busy && mode === 'read';
}

/** `status` is the module's SW3, where that is what speaks against the card. */
export function cardFault(
  fault: CardReadFault,
  detail: string,
  status: number | null = null,
): Extract<DriverReport, { type: 'card.fault' }> {
  return { type: 'card.fault', fault, detail, status };
}

export function ask(
  state: ReaderState,
  phase: ReaderPhase & { readonly asked: SdtCommandName | null },
  reports: readonly DriverReport[] = [],
): ReaderStep {
  const command = phase.asked;
  return command === null
    ? {
        state: { ...state, phase },
        reports,
        action: { do: 'wait', milliseconds: state.profile.pollInterval },
      }
    : { state: { ...state, phase }, reports, action: { do: 'ask', command } };
}

/** Ends the connection and begins a new one after a pause. A card that was being read is to be laid down anew. */
export function reconnect(state: ReaderState, deviceState: DeviceState, detail: string): ReaderStep {
  const failures = state.failures + 1;
  const next: ReaderState = {
    ...state,
    samId: null,
    line: null,
    failures,
    ready: false,
    told: 'nothing',
    phase: { name: 'absent', failures },
  };
  const interrupted = readsCard(state) ? [cardFault('put-back', detail.slice(0, 400))] : [];
  return {
    state: next,
    reports: [...interrupted, device(next, deviceState, detail)],
    action: { do: 'disconnect', milliseconds: backOff(state.failures) },
  };
}

/** The module works with no card; one that was being read is told so. */
export function outOfService(state: ReaderState, detail: string, status: number | null = null): ReaderStep {
  const next: ReaderState = {
    ...state,
    ready: false,
    told: 'nothing',
    phase: { name: 'faulted', asked: null },
  };
  const interrupted = readsCard(state) ? [cardFault('out-of-service', detail, status)] : [];
  return {
    state: next,
    reports: [...interrupted, device(next, 'out-of-service', detail)],
    action: { do: 'wait', milliseconds: OUT_OF_SERVICE_PAUSE },
  };
}

/** The module answers whether a card lies there, which is what a reader is for. */
export function well(state: ReaderState): { state: ReaderState; reports: DriverReport[] } {
  const next: ReaderState = { ...state, failures: 0, ready: true };
  return { state: next, reports: state.ready ? [] : [device(next, 'ready', next.line)] };
}

export function present(state: ReaderState): { state: ReaderState; reports: DriverReport[] } {
  return state.told === 'laid'
    ? { state, reports: [] }
    : { state: { ...state, told: 'laid' }, reports: [{ type: 'card.laid' }] };
}

export function gone(state: ReaderState): { state: ReaderState; reports: DriverReport[] } {
  return state.told === 'removed'
    ? { state, reports: [] }
    : { state: { ...state, told: 'removed' }, reports: [{ type: 'card.removed' }] };
}
