import { ACTIONS } from '../liveness/action.ts';
import { assertNever } from '../result.ts';
import type { ChartState } from './accepts.ts';
import { overlayOf } from './accepts.ts';
import { closedReason, FACE_TRIES } from './chart-context.ts';
import type { FacePhase } from './face-phase.ts';
import type {
  CardProblem,
  CheckedEid,
  DeskTicket,
  Notices,
  Review,
  Screen,
  ScreenName,
  ShownEid,
  SlipFacts,
  SlipStatus,
  Snapshot,
  Visit,
} from './snapshot.ts';
import { applicationFor, planOf, unavailableVisits } from './visits.ts';

/**
 * What the session record can show. Each is asked for only by the screen that needs it, and what it returns lives no
 * longer than the snapshot it goes into.
 */
export interface RecordView {
  consentVersion(): string;
  phoneLastFour(): string;
  /** Base64 of the portrait that the citizen is asked about. */
  chosenPortrait(): string;
  review(): Review;
  eid(): ShownEid;
  slip(): SlipFacts;
  ticket(): DeskTicket;
  /** The name given before, or the one that the phone told; null when there is none. */
  suggestedName(): string | null;
  slipStatus(): SlipStatus;
  checked(): CheckedEid;
}

/** The picture of a session for the screen: a pure function of the chart's state and of what the record can show. */
export function snapshotOf(options: {
  readonly state: ChartState;
  readonly view: RecordView;
  readonly number: number;
  readonly idleSecondsLeft: number;
  /** Actions in a plan of the face step. */
  readonly actions: number;
  /** The screen lights the face during a try. */
  readonly flashes: boolean;
  readonly notices: Notices;
}): Snapshot {
  const { state } = options;
  const screen = screenOf(options);
  return {
    number: options.number,
    language: state.context.session.language,
    screen,
    progress: progressOf(screen.name, state.context.session.visit),
    canGoBack: overlayOf(state) === 'none' && state.can({ type: 'back' }),
    canCancel: state.matches('session'),
    helpOpen: overlayOf(state) === 'help',
    cancelAsked: overlayOf(state) === 'cancelAsked',
    idleSecondsLeft: isWarned(state) ? options.idleSecondsLeft : null,
    notices: options.notices,
  };
}

/** Before the choice of a visit the way is as long as the visit that most come for. */
function progressOf(screen: ScreenName, visit: Visit | null): Snapshot['progress'] {
  const { steps } = planOf(visit ?? 'full');
  const step = steps.findIndex((names) => names.includes(screen));
  return step < 0 ? null : { step: step + 1, of: steps.length };
}

export function isWarned(state: ChartState): boolean {
  return (
    state.matches({ session: { attention: 'warned' } }) || state.matches({ result: { attention: 'warned' } })
  );
}

function screenOf(options: {
  readonly state: ChartState;
  readonly view: RecordView;
  readonly actions: number;
  readonly flashes: boolean;
}): Screen {
  const { state, view } = options;
  const { session, station } = state.context;
  const value = state.value;
  if (typeof value === 'string') {
    switch (value) {
      case 'closed':
        return { name: 'closed', reason: closedReason(station) ?? 'starting' };
      case 'attract':
        return { name: 'attract' };
      case 'staff':
        return { name: 'staff' };
      case 'saving':
        return { name: 'saving' };
      case 'deciding':
        return { name: 'deciding' };
      default:
        return assertNever(value);
    }
  }
  if ('ending' in value) {
    if (typeof value.ending === 'object') {
      return { name: 'closed', reason: closedReason(station) ?? 'starting' };
    }
    return { name: value.ending === 'takeCard' ? 'take-card' : 'goodbye' };
  }
  if ('result' in value) {
    const shown = value.result.shown;
    switch (shown) {
      case 'outcome':
        return outcomeScreen(state, view);
      case 'slip':
        return { name: 'slip', slip: { ...view.slip(), print: session.slipPrint } };
      case 'ticket':
        return { name: 'ticket', ticket: view.ticket() };
      default:
        return assertNever(shown);
    }
  }
  const step = value.session.steps;
  if (typeof step === 'object') {
    if ('face' in step) {
      return {
        name: 'face',
        attempt: session.triesSpent === 0 ? 1 : 2,
        actions: Math.min(options.actions, ACTIONS.length - session.exchanges.length),
        flashes: options.flashes,
        view: facePhase(state, view),
      };
    }
    if ('exchange' in step) return { name: 'exchange', exchanged: session.exchanges };
    if ('checked' in step) return { name: 'checked', check: view.checked() };
    return {
      name: 'card',
      state: step.card === 'reading' ? 'reading' : 'waiting',
      problem: readerProblem(state) ?? session.cardProblem,
    };
  }
  switch (step) {
    case 'language':
      return { name: 'language' };
    case 'visit':
      return { name: 'visit', unavailable: unavailableVisits(station) };
    case 'consent':
      return { name: 'consent', textVersion: view.consentVersion() };
    case 'phone':
      return { name: 'phone', problem: scannerProblem(state) ?? session.phoneProblem };
    case 'phoneConfirm':
      return { name: 'phone-confirm', lastFour: view.phoneLastFour() };
    case 'password':
      return { name: 'password', purpose: passwordPurpose(state), problem: session.passwordProblem };
    case 'number':
      return { name: 'number', problem: session.numberProblem };
    case 'name':
      return { name: 'name', suggested: view.suggestedName(), problem: session.nameProblem };
    case 'scanSlip':
      return { name: 'scan-slip', problem: scannerProblem(state) ?? session.slipProblem };
    case 'status':
      return { name: 'status', status: view.slipStatus() };
    case 'scanEid':
      return { name: 'scan-eid', problem: scannerProblem(state) ?? session.eidProblem };
    case 'faceFailed':
      return {
        name: 'face-failed',
        reason: session.faceReason,
        triesLeft: session.triesSpent < FACE_TRIES ? 1 : 0,
      };
    case 'cameraProblem':
      return { name: 'camera-problem', problem: session.cameraProblem };
    case 'review':
      return { name: 'review', review: view.review() };
    case 'saveFailed':
      return { name: 'save-failed', reason: session.saveFault };
    default:
      return assertNever(step);
  }
}

function facePhase(state: ChartState, view: RecordView): FacePhase {
  const { faceView } = state.context.session;
  return faceView.phase === 'portrait' ? { ...faceView, jpegBase64: view.chosenPortrait() } : faceView;
}

/** Whether the password step asks for a new password or for the one of an e-ID that exists. */
export function passwordPurpose(state: ChartState): 'choose' | 'prove' {
  const { visit } = state.context.session;
  return visit !== null && planOf(visit).password === 'prove' ? 'prove' : 'choose';
}

function outcomeScreen(state: ChartState, view: RecordView): Screen {
  const { outcome, visit } = state.context.session;
  const application = applicationFor(visit);
  switch (outcome.kind) {
    case 'issued':
      return { name: 'issued', eid: view.eid() };
    case 'collect':
    case 'revoked':
      return { name: outcome.kind };
    case 'referred':
      return { name: 'waiting', application, reason: 'referred', detail: outcome.reason };
    case 'rejected':
      return { name: 'rejected', application, reason: outcome.reason };
    case 'offline':
      return { name: 'waiting', application, reason: 'offline', detail: null };
    case 'not-yet':
      return { name: 'waiting', application, reason: 'not-yet', detail: null };
    default:
      return assertNever(outcome);
  }
}

/** A device that fails while the citizen stands at its step is a problem on the screen, and not the end. */
function readerProblem(state: ChartState): CardProblem | null {
  switch (state.context.station.reader) {
    case 'ready':
      return null;
    case 'out-of-service':
      return 'reader-out-of-service';
    case 'absent':
    case 'connecting':
      return 'reader-missing';
  }
}

function scannerProblem(state: ChartState): 'scanner-missing' | null {
  return state.context.station.scanner === 'ready' ? null : 'scanner-missing';
}
