import type { DriverReport } from '#contract/driver-messages.ts';
import { assertNever } from '#domain/result.ts';
import type { SdtResponse } from '../framing/sdt.ts';
import type { CardTries, LeftCard, ReaderPhase, ReaderState, ReaderStep } from './reader-state.ts';
import {
  ask,
  cardFault,
  gone,
  isSimulated,
  outOfService,
  present,
  RESTING,
  waitingForRemoval,
} from './reader-state.ts';
import { type ReadingKind, splitReading } from './sdt-answers.ts';
import type { StatusClass } from './sdt-status.ts';
import { classifyStatus, describeStatus } from './sdt-status.ts';

/** How often one card is tried again before a fault is told. */
const RETRIES = 2;
/** Looks in a row that find nothing before a card counts as taken away. */
export const MISSES = 2;
/** Finds in a row after which a card that was refused is tried afresh: another may have been laid in its place. */
const FINDS_BEFORE_FRESH_TRY = 10;

type CardFault = Extract<DriverReport, { type: 'card.fault' }>;

export function isModuleDown(status: number): boolean {
  return classifyStatus(status).kind === 'out-of-service';
}

/** A card that was read before answers 30 03 with its extra address or with "none stored". */
export function liesThereRead(response: SdtResponse): boolean {
  return response.status === 0x90 || response.status === 0x91;
}

/** Nothing more can be done with this card: it has to leave. What is known of it already is not told again. */
function giveUp(
  state: ReaderState,
  card: CardTries,
  told: CardFault,
  left: LeftCard = { was: 'refused', fault: told.fault, finds: 0 },
): ReaderStep {
  const isNews = state.mode === 'read' && told.fault !== card.told;
  return ask(state, waitingForRemoval(left), isNews ? [told] : []);
}

/** Begins again at finding the card, or tells the fault when that was tried often enough. */
export function tryAgain(
  state: ReaderState,
  card: CardTries,
  { asked, ...fault }: CardFault & { readonly asked: 'reset' | 'find' },
): ReaderStep {
  if (card.retries >= RETRIES || state.mode === 'watch') return giveUp(state, card, fault);
  return ask(state, {
    name: 'retrying',
    asked,
    card: { ...card, retries: card.retries + 1 },
  });
}

export function refused(state: ReaderState, card: CardTries, status: number): ReaderStep {
  const detail = describeStatus(status);
  const what: StatusClass = classifyStatus(status);
  switch (what.kind) {
    case 'retry':
      return tryAgain(state, card, { ...cardFault(what.fault, detail, status), asked: 'find' });
    case 'reset-and-retry':
      return tryAgain(state, card, { ...cardFault(what.fault, detail, status), asked: 'reset' });
    case 'give-up':
      return giveUp(state, card, cardFault(what.fault, detail, status));
    case 'out-of-service':
      return outOfService(state, detail, status);
    case 'success':
    case 'no-card':
      // Success of another command, or 80 to a select or read: the card has moved.
      return tryAgain(state, card, { ...cardFault('lift-and-replace', detail, status), asked: 'find' });
    default:
      return assertNever(what);
  }
}

export function onFound(
  state: ReaderState,
  card: CardTries,
  before: readonly DriverReport[] = [],
): ReaderStep {
  const told = present(state);
  const reports = [...before, ...told.reports];
  return told.state.mode === 'read'
    ? ask(told.state, { name: 'found', asked: 'select', card }, reports)
    : ask(told.state, RESTING, reports);
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
  if (state.mode === 'watch') return ask(state, waitingForRemoval({ was: 'read', answers: false }));
  const fields = splitReading(response.data, asked);
  if (fields === null) {
    return tryAgain(state, card, {
      ...cardFault('unreadable', 'the answer to read names other lengths than it has'),
      asked: 'find',
    });
  }
  return ask({ ...state, mode: 'watch' }, waitingForRemoval({ was: 'read', answers: false }), [
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
function left(state: ReaderState, card: CardTries): ReaderStep {
  const told = gone(state);
  const fault = cardFault('put-back', 'the card left the field while it was read');
  // One that was refused was to be taken away.
  const isWanted = state.mode === 'read' && card.told === null;
  return ask(told.state, RESTING, isWanted ? [fault, ...told.reports] : told.reports);
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
      if (response.status === 0x9f) return onFound(state, phase.card);
      // Where a card that was read is found again, one that is not found has gone.
      return state.profile.quirks.presence === 'find'
        ? left(state, phase.card)
        : ask(state, { ...phase, asked: 'extra-address' });
    case 'extra-address':
      // Still there but not to be found again: it counts as read until it has been lifted.
      return liesThereRead(response)
        ? giveUp(
            state,
            phase.card,
            cardFault('lift-and-replace', 'the card has to leave the field before another try'),
            { was: 'read', answers: true },
          )
        : left(state, phase.card);
    default:
      return assertNever(phase.asked);
  }
}

type WaitRemoval = Extract<ReaderPhase, { name: 'wait-removal' }>;

/** Looks whether a card that is done with lies there still. */
export function onWaited(
  state: ReaderState,
  phase: WaitRemoval,
  response: SdtResponse,
  at: number,
): ReaderStep {
  if (phase.asked === 'extra-address') {
    return liesThereRead(response)
      ? ask(state, waitingForRemoval({ was: 'read', answers: true }))
      : ask(state, { ...phase, asked: 'find' });
  }
  if (response.status === 0x9f) return onStillFound(state, phase, at);
  const misses = phase.misses + 1;
  if (misses < MISSES) return ask(state, { ...phase, asked: null, misses });
  const told = gone(state);
  return ask(told.state, RESTING, told.reports);
}

/** A card can be lifted and another laid down between two looks. */
function onStillFound(state: ReaderState, { left: card }: WaitRemoval, at: number): ReaderStep {
  switch (card.was) {
    case 'read': {
      // A module that never said that the card lies there read may find it all the same.
      if (!card.answers) return ask(state, waitingForRemoval(card));
      const told = gone(state);
      return onFound(told.state, { foundAt: at, retries: 0, told: null }, told.reports);
    }
    case 'refused': {
      const finds = card.finds + 1;
      return finds < FINDS_BEFORE_FRESH_TRY || state.mode === 'watch'
        ? ask(state, waitingForRemoval({ ...card, finds }))
        : onFound(state, { foundAt: at, retries: 0, told: card.fault });
    }
    default:
      return assertNever(card);
  }
}
