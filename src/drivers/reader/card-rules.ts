import type { CardReadFault } from '#contract/driver-messages.ts';
import { assertNever } from '#domain/result.ts';
import type { SdtResponse } from '../framing/sdt.ts';
import type { CardTries, ReaderPhase, ReaderState, ReaderStep } from './reader-state.ts';
import {
  ask,
  cardFault,
  gone,
  isSimulated,
  outOfService,
  present,
  RESTING,
  WAITING_FOR_REMOVAL,
} from './reader-state.ts';
import { type ReadingKind, splitReading } from './sdt-answers.ts';
import type { StatusClass } from './sdt-status.ts';
import { classifyStatus, describeStatus } from './sdt-status.ts';

/** How often one card is tried again before a fault is told. */
const RETRIES = 2;

export function isModuleDown(status: number): boolean {
  return classifyStatus(status).kind === 'out-of-service';
}

/** A card that was read before answers 30 03 with its extra address or with "none stored". */
export function liesThereRead(response: SdtResponse): boolean {
  return response.status === 0x90 || response.status === 0x91;
}

/** Nothing more can be done with this card: it has to leave. */
function giveUp(state: ReaderState, fault: CardReadFault, detail: string): ReaderStep {
  const reports = state.mode === 'read' ? [cardFault(fault, detail)] : [];
  return ask(state, WAITING_FOR_REMOVAL, reports);
}

/** Begins again at finding the card, or tells the fault when that was tried often enough. */
export function tryAgain(
  state: ReaderState,
  card: CardTries,
  how: { readonly fault: CardReadFault; readonly detail: string; readonly asked: 'reset' | 'find' },
): ReaderStep {
  if (card.retries >= RETRIES || state.mode === 'watch') return giveUp(state, how.fault, how.detail);
  return ask(state, {
    name: 'retrying',
    asked: how.asked,
    card: { ...card, retries: card.retries + 1 },
  });
}

export function refused(state: ReaderState, card: CardTries, status: number): ReaderStep {
  const detail = describeStatus(status);
  const what: StatusClass = classifyStatus(status);
  switch (what.kind) {
    case 'retry':
      return tryAgain(state, card, { fault: what.fault, detail, asked: 'find' });
    case 'reset-and-retry':
      return tryAgain(state, card, { fault: what.fault, detail, asked: 'reset' });
    case 'give-up':
      return giveUp(state, what.fault, detail);
    case 'out-of-service':
      return outOfService(state, detail);
    case 'success':
    case 'no-card':
      // Success of another command, or 80 to a select or read: the card has moved.
      return tryAgain(state, card, { fault: 'lift-and-replace', detail, asked: 'find' });
    default:
      return assertNever(what);
  }
}

export function onFound(state: ReaderState, at: number, retries: number): ReaderStep {
  const told = present(state);
  return told.state.mode === 'read'
    ? ask(told.state, { name: 'found', asked: 'select', card: { foundAt: at, retries } }, told.reports)
    : ask(told.state, RESTING, told.reports);
}

/** Which command reads the whole card. */
export function readingKind(state: ReaderState): ReadingKind {
  return state.profile.quirks.readsFingerprints ? 'read-fingerprints' : 'read';
}

export function onRead(
  state: ReaderState,
  { asked, card }: Extract<ReaderPhase, { name: 'reading' }>,
  response: SdtResponse,
  at: number,
): ReaderStep {
  // Nobody wants the card any more: what was read is not even unpacked.
  if (state.mode === 'watch') return ask(state, WAITING_FOR_REMOVAL);
  const fields = splitReading(response.data, asked);
  if (fields === null) {
    return tryAgain(state, card, {
      fault: 'unreadable',
      detail: 'the answer to read names other lengths than it has',
      asked: 'find',
    });
  }
  return ask({ ...state, mode: 'watch', failures: 0 }, WAITING_FOR_REMOVAL, [
    {
      type: 'card.read',
      ...fields,
      samId: state.samId ?? '',
      simulated: isSimulated(state),
      tookMs: Math.max(0, at - card.foundAt),
    },
  ]);
}

/** The card has gone in the middle of it. */
function left(state: ReaderState): ReaderStep {
  const told = gone(state);
  const fault = cardFault('put-back', 'the card left the field while it was read');
  return ask(told.state, RESTING, state.mode === 'read' ? [fault, ...told.reports] : told.reports);
}

export function onRetry(
  state: ReaderState,
  phase: Extract<ReaderPhase, { name: 'retrying' }>,
  response: SdtResponse,
): ReaderStep {
  switch (phase.asked) {
    case 'reset':
      return ask(state, { ...phase, asked: 'find' });
    case 'find':
      if (response.status === 0x9f) return onFound(state, phase.card.foundAt, phase.card.retries);
      // Where a card that was read is found again, one that is not found has gone.
      return state.profile.quirks.presence === 'find'
        ? left(state)
        : ask(state, { ...phase, asked: 'extra-address' });
    case 'extra-address':
      // Still there but not to be found again: it counts as read until it has been lifted.
      return liesThereRead(response)
        ? giveUp(state, 'lift-and-replace', 'the card has to leave the field before another try')
        : left(state);
    default:
      return assertNever(phase.asked);
  }
}
