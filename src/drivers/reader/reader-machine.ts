import type { DriverReport } from '#contract/driver-messages.ts';
import { assertNever } from '#domain/result.ts';
import type { CommandFault } from '../command-session/command.ts';
import type { SdtResponse } from '../framing/sdt.ts';
import {
  isModuleDown,
  liesThereRead,
  MISSES,
  onFound,
  onRead,
  onRetry,
  onWaited,
  readingKind,
  refused,
  tryAgain,
} from './card-rules.ts';
import type { ReaderEvent, ReaderPhase, ReaderState, ReaderStep } from './reader-state.ts';
import {
  ask,
  cardFault,
  device,
  gone,
  LOOKING,
  outOfService,
  present,
  RESTING,
  reconnect,
  waitingForRemoval,
  well,
} from './reader-state.ts';
import { samIdText } from './sdt-answers.ts';
import { classifyStatus, describeStatus } from './sdt-status.ts';

/** Looks in a row that come to nothing at all before the reader counts as out of service. */
const TROUBLES = 5;

function onOpening(
  state: ReaderState,
  asked: 'status' | 'sam-id' | 'extra-address',
  response: SdtResponse,
): ReaderStep {
  switch (asked) {
    case 'status':
      return response.status === 0x90
        ? ask(state, { name: 'opening', asked: 'sam-id' })
        : reconnect(state, 'absent', describeStatus(response.status));
    case 'sam-id': {
      if (response.status !== 0x90) return reconnect(state, 'absent', describeStatus(response.status));
      // Not told to be ready yet: there are modules that know themselves and find no card.
      const known: ReaderState = { ...state, samId: samIdText(response.data) };
      return state.profile.quirks.presence === 'find'
        ? ask(known, LOOKING)
        : ask(known, { name: 'opening', asked: 'extra-address' });
    }
    case 'extra-address': {
      if (!liesThereRead(response)) return ask(state, LOOKING);
      const ready = well(state);
      const told = present(ready.state);
      const reports = [...ready.reports, ...told.reports, ...liftFirst(told.state)];
      return ask(told.state, waitingForRemoval({ was: 'read', answers: true }), reports);
    }
    default:
      return assertNever(asked);
  }
}

/** A card is read once; it has to be lifted before it can be read again. */
function liftFirst(state: ReaderState): DriverReport[] {
  return state.mode === 'read' ? [cardFault('lift-and-replace', 'the card was read before')] : [];
}

type Ready = Extract<ReaderPhase, { name: 'ready' }>;

function onLooked(state: ReaderState, phase: Ready, response: SdtResponse, at: number): ReaderStep {
  if (phase.asked === 'reset') return ask(state, { ...phase, asked: null });
  const { status } = response;
  if (status === 0x9f) {
    const ready = well(state);
    return onFound(ready.state, { foundAt: at, retries: 0, told: null }, ready.reports);
  }
  const { kind } = classifyStatus(status);
  if (kind !== 'no-card') {
    return troubled(state, phase, {
      detail: describeStatus(status),
      next: kind === 'reset-and-retry' ? 'reset' : null,
    });
  }
  const ready = well(state);
  const misses = phase.misses + 1;
  if (state.told === 'laid' && misses < MISSES) {
    return ask(ready.state, { ...RESTING, misses }, ready.reports);
  }
  const told = gone(ready.state);
  return ask(told.state, { ...RESTING, misses }, [...ready.reports, ...told.reports]);
}

/** What has been told about a card stays so: there is no knowing. */
function troubled(
  state: ReaderState,
  phase: Ready,
  how: { readonly detail: string; readonly next: 'reset' | null },
): ReaderStep {
  const troubles = phase.troubles + 1;
  return troubles < TROUBLES
    ? ask(state, { ...phase, asked: how.next, troubles })
    : outOfService(state, how.detail);
}

function onAnswer(state: ReaderState, response: SdtResponse, at: number): ReaderStep {
  const { phase } = state;
  if (phase.name === 'absent' || phase.asked === null) return { state, reports: [], action: null };
  const { status } = response;
  if (isModuleDown(status)) return outOfService(state, describeStatus(status), status);
  switch (phase.name) {
    case 'opening':
      return onOpening(state, phase.asked, response);
    case 'ready':
      return onLooked(state, phase, response, at);
    case 'found':
      return status === 0x90
        ? ask(state, { name: 'reading', asked: readingKind(state), card: phase.card })
        : refused(state, phase.card, status);
    case 'reading':
      return status === 0x90 ? onRead(state, phase, response, at) : refused(state, phase.card, status);
    case 'retrying':
      return onRetry(state, phase, response);
    case 'wait-removal':
      return onWaited(state, phase, response, at);
    case 'faulted':
      // Working again, it seems: look whether a card lies there.
      return status === 0x90
        ? ask(state, { name: 'opening', asked: 'sam-id' })
        : reconnect(state, 'absent', describeStatus(status));
    default:
      return assertNever(phase);
  }
}

export function describeFault(fault: CommandFault, command: string): string {
  switch (fault.reason) {
    case 'timeout':
      return `no answer to ${command}`;
    case 'cut-short':
      return `the answer to ${command} ended after ${fault.received} bytes`;
    case 'damaged':
      return `the answer to ${command} was damaged`;
    case 'out-of-step':
      return `an answer that does not belong to ${command}`;
    case 'no-barrier':
      return 'the reader does not answer';
    case 'lost':
      return fault.detail;
    default:
      return assertNever(fault);
  }
}

function onFault(state: ReaderState, fault: CommandFault): ReaderStep {
  const { phase } = state;
  const command = phase.name === 'absent' ? 'connect' : (phase.asked ?? 'nothing');
  const detail = describeFault(fault, command);
  if (fault.reason === 'lost') return reconnect(state, 'absent', detail);
  // A reader that was well gets one quick new connection before it counts as absent.
  if (fault.reason === 'no-barrier') {
    return reconnect(state, state.failures === 0 ? 'connecting' : 'absent', detail);
  }
  switch (phase.name) {
    case 'absent':
      return { state, reports: [], action: null };
    case 'opening':
    case 'faulted':
      return reconnect(state, 'absent', detail);
    case 'ready':
      return troubled(state, phase, { detail, next: null });
    case 'wait-removal':
      return ask(state, { ...phase, asked: null });
    case 'found':
    case 'reading':
    case 'retrying':
      return tryAgain(state, phase.card, { ...cardFault('unreadable', detail), asked: 'find' });
    default:
      return assertNever(phase);
  }
}

function onElapsed(state: ReaderState): ReaderStep {
  const { phase } = state;
  switch (phase.name) {
    case 'absent':
      return {
        state: { ...state, phase: { name: 'opening', asked: null } },
        reports: [],
        action: { do: 'connect' },
      };
    case 'ready':
      return ask(state, { ...phase, asked: 'find' });
    case 'wait-removal':
      return ask(state, {
        ...phase,
        asked: state.profile.quirks.presence === 'find' ? 'find' : 'extra-address',
      });
    case 'faulted':
      return ask(state, { ...phase, asked: 'status' });
    case 'opening':
    case 'found':
    case 'reading':
    case 'retrying':
      return { state, reports: [], action: null };
    default:
      return assertNever(phase);
  }
}

/** The reader's rules: what it does next after an event, and what it tells. Pure. */
export function stepReader(state: ReaderState, event: ReaderEvent): ReaderStep {
  switch (event.type) {
    case 'start':
      return {
        state: { ...state, phase: { name: 'opening', asked: null } },
        reports: [device(state, 'connecting', null)],
        action: { do: 'connect' },
      };
    case 'mode': {
      const next: ReaderState = { ...state, mode: event.mode };
      const reports = state.phase.name === 'wait-removal' ? liftFirst(next) : [];
      return { state: next, reports, action: null };
    }
    case 'connected':
      return ask({ ...state, line: event.line }, { name: 'opening', asked: 'status' });
    case 'connect-failed':
      return reconnect(state, 'absent', event.detail);
    case 'answered':
      return onAnswer(state, event.response, event.at);
    case 'failed':
      return onFault(state, event.fault);
    case 'elapsed':
      return onElapsed(state);
    case 'lost':
      return reconnect(state, 'absent', event.detail);
    default:
      return assertNever(event);
  }
}
