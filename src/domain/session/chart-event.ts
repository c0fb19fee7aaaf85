import type { DecisionReason } from '../enrolment/decision.ts';
import type { AgeBand } from '../identity/age-rule.ts';
import type { CardValidity } from '../identity/card-validity.ts';
import type { LivenessReason } from '../liveness/verdict.ts';
import type { CitizenEvent } from './citizen-event.ts';
import type { FaceView } from './face-phase.ts';
import type {
  CameraProblem,
  CardProblem,
  EidCodeProblem,
  FreezeReason,
  NameProblem,
  NumberProblem,
  PasswordProblem,
  PhoneProblem,
  SlipFault,
  SlipProblem,
} from './snapshot.ts';

export type DeviceState = 'absent' | 'connecting' | 'ready' | 'out-of-service';

/** What became of an enrolment, without anything about the person. */
export type Outcome =
  | { readonly kind: 'issued' }
  | { readonly kind: 'collect' }
  | { readonly kind: 'revoked' }
  | { readonly kind: 'referred'; readonly reason: DecisionReason }
  | { readonly kind: 'rejected'; readonly reason: DecisionReason }
  | { readonly kind: 'offline' }
  | { readonly kind: 'not-yet' };

/** What the station tells the chart. Classifications only: no event carries anything that names a person. */
export type StationEvent =
  | {
      readonly type: 'standing.changed';
      readonly provisioned: boolean;
      readonly frozen: FreezeReason | null;
      readonly online: boolean;
    }
  | {
      readonly type: 'device.changed';
      readonly role: 'reader' | 'scanner';
      readonly state: DeviceState;
    }
  | { readonly type: 'card.laid' }
  | { readonly type: 'card.removed' }
  | { readonly type: 'card.refused'; readonly problem: CardProblem }
  | {
      readonly type: 'card.accepted';
      readonly age: AgeBand;
      readonly validity: CardValidity;
      /** The chosen password holds the birth date or a piece of the citizen number. */
      readonly passwordGuessable: boolean;
    }
  | { readonly type: 'phone.accepted' }
  | { readonly type: 'phone.refused'; readonly problem: PhoneProblem }
  | { readonly type: 'password.accepted' }
  | { readonly type: 'password.refused'; readonly problem: PasswordProblem }
  | {
      readonly type: 'number.accepted';
      readonly age: AgeBand;
      /** The chosen password holds the birth date or a piece of the number. */
      readonly passwordGuessable: boolean;
    }
  | { readonly type: 'number.refused'; readonly problem: NumberProblem }
  | { readonly type: 'name.accepted' }
  | { readonly type: 'name.refused'; readonly problem: NameProblem }
  /** What became of the packet that a slip names is known. */
  | { readonly type: 'slip.found' }
  | { readonly type: 'slip.refused'; readonly problem: SlipProblem }
  /** There is a verdict; `challenged` while the holder's phone can still answer. */
  | { readonly type: 'eid.checked'; readonly challenged: boolean }
  | { readonly type: 'eid.refused'; readonly problem: EidCodeProblem }
  | { readonly type: 'face.view'; readonly view: FaceView }
  | { readonly type: 'face.passed' }
  | { readonly type: 'face.failed'; readonly reason: LivenessReason }
  | { readonly type: 'camera.failed'; readonly problem: CameraProblem }
  | { readonly type: 'saved' }
  | { readonly type: 'save.failed'; readonly reason: 'storage-full' | 'storage-failed' }
  | { readonly type: 'decided'; readonly outcome: Outcome }
  | { readonly type: 'slip.printed' }
  | { readonly type: 'slip.not-printed'; readonly reason: SlipFault }
  /** A page came up, for the first time or after a reload or a crash: no camera runs in it yet. */
  | { readonly type: 'screen.attached' }
  /** Something of the session may still be in the station's memory. */
  | { readonly type: 'wipe.failed' }
  /** The fresh renderer is there; fresh drivers tell by themselves. */
  | { readonly type: 'renewed' }
  /** No fresh renderer could be had: what the old one showed is not known to be gone. */
  | { readonly type: 'renewal.failed' }
  /** Whoever worked at the console has left it. */
  | { readonly type: 'staff.left' }
  /** Somebody did something on the screen, whether or not it changes anything. */
  | { readonly type: 'touched' }
  /** From the host or staff: end whatever runs and wipe. */
  | { readonly type: 'reset' };

export type ChartEvent = CitizenEvent | StationEvent;
