import type { Language } from '../language.ts';
import type { Action } from '../liveness/action.ts';
import type { LivenessReason } from '../liveness/verdict.ts';
import type { DeviceState, Outcome } from './chart-event.ts';
import type { FaceView } from './face-phase.ts';
import type {
  CameraProblem,
  CardProblem,
  ClosedReason,
  EidCodeProblem,
  FreezeReason,
  NameProblem,
  NumberProblem,
  PasswordProblem,
  PhoneProblem,
  ScreenName,
  SlipPrint,
  SlipProblem,
  TicketReason,
  Visit,
} from './snapshot.ts';
import { isGone } from './visits.ts';

/** Tries of the face step before a person decides. */
export const FACE_TRIES = 2;

/**
 * Where the card is, as far as the reader has told. A card is `out-of-sight` when the reader dropped out under it: it
 * may lie there still, and only a working reader can say that it was lifted.
 */
export type CardPlace = 'away' | 'lying' | 'out-of-sight';

/** What is true of the station whoever stands before it. Survives the end of a session. */
export interface StationFacts {
  /** The chart before this one failed: whatever it led has to be ended before anything else. */
  readonly unfinished: boolean;
  /** A wipe failed: only the end of the station's process takes what it left behind. */
  readonly wipeFailed: boolean;
  /** False until the station has first told how it stands. */
  readonly known: boolean;
  readonly provisioned: boolean;
  readonly frozen: FreezeReason | null;
  readonly online: boolean;
  readonly reader: DeviceState;
  readonly scanner: DeviceState;
  readonly card: CardPlace;
  /** A card was there when the session that it belonged to had ended. It is not read again until it was lifted. */
  readonly cardLeft: boolean;
  /** Of the screen that waits for a citizen. */
  readonly openingLanguage: Language;
}

/** What the station is set to, and what is left to a chart in whose place another failed. */
export type ChartInput =
  | Partial<Pick<StationFacts, 'unfinished' | 'cardLeft' | 'openingLanguage'>>
  | undefined;

/** What the session has come to. Classifications only: nothing here may name or describe a person. */
export interface SessionFacts {
  readonly language: Language;
  /** What the citizen came for; null until chosen. */
  readonly visit: Visit | null;
  /** The step that help, tickets and idle refer to. */
  readonly step: ScreenName;
  readonly phoneProblem: PhoneProblem | null;
  /** A phone was scanned and confirmed; false after "no phone". */
  readonly phonePaired: boolean;
  readonly passwordProblem: PasswordProblem | null;
  readonly numberProblem: NumberProblem | null;
  readonly nameProblem: NameProblem | null;
  readonly cardProblem: CardProblem | null;
  /** A card was read and accepted, or a number typed, so that a new password leads past that step. */
  readonly holderKnown: boolean;
  readonly slipProblem: SlipProblem | null;
  readonly eidProblem: EidCodeProblem | null;
  /** The holder's phone can answer to what was checked last. */
  readonly challenged: boolean;
  /** Movements that this citizen is not asked for, in the order of `ACTIONS`. */
  readonly exchanges: readonly Action[];
  /** Tries of the face step that are over, 0 to {@link FACE_TRIES}. */
  readonly triesSpent: number;
  /** A part of this try's plan was shown, so that giving up the try spends it. */
  readonly promptSeen: boolean;
  readonly faceView: FaceView;
  readonly faceReason: LivenessReason;
  readonly cameraProblem: CameraProblem;
  readonly saveFault: 'storage-full' | 'storage-failed';
  readonly outcome: Outcome;
  readonly slipPrint: SlipPrint;
  readonly ticketReason: TicketReason;
  readonly renewed: boolean;
}

export interface ChartContext {
  readonly station: StationFacts;
  readonly session: SessionFacts;
}

export const DEFAULT_LANGUAGE: Language = 'zh-CN';

export const FRESH_SESSION: SessionFacts = {
  language: DEFAULT_LANGUAGE,
  visit: null,
  step: 'language',
  phoneProblem: null,
  phonePaired: false,
  passwordProblem: null,
  numberProblem: null,
  nameProblem: null,
  cardProblem: null,
  holderKnown: false,
  slipProblem: null,
  eidProblem: null,
  challenged: false,
  exchanges: [],
  triesSpent: 0,
  promptSeen: false,
  faceView: { phase: 'starting-camera' },
  faceReason: 'no-face',
  cameraProblem: 'missing',
  saveFault: 'storage-failed',
  outcome: { kind: 'not-yet' },
  slipPrint: { state: 'printing' },
  ticketReason: 'cannot-do-this',
  renewed: false,
};

export const UNKNOWN_STATION: StationFacts = {
  unfinished: false,
  wipeFailed: false,
  known: false,
  provisioned: false,
  frozen: null,
  online: false,
  reader: 'connecting',
  scanner: 'connecting',
  card: 'away',
  cardLeft: false,
  openingLanguage: DEFAULT_LANGUAGE,
};

/**
 * Why no new session may start, the most telling reason first; null when one may. A session under way is never ended by
 * any of them.
 *
 * A device that is missing closes only the visits that need it (`visits.ts`), so that one of the two is enough to open.
 * A terminal with neither is taken for broken, although a number could be typed at it: whoever comes would find nearly
 * everything crossed out. A card that was left keeps it closed even when the reader has gone since: only a reader can
 * tell that the card was lifted.
 */
export function closedReason(station: StationFacts): ClosedReason | null {
  if (station.wipeFailed) return 'restart-needed';
  if (!station.known) return 'starting';
  if (!station.provisioned) return 'not-provisioned';
  if (station.frozen !== null) return station.frozen;
  if (station.cardLeft) return 'card-left';
  if (station.reader === 'ready' || station.scanner === 'ready') return null;
  return isGone(station.reader) && isGone(station.scanner) ? 'devices-missing' : 'starting';
}
