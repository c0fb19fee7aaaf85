import type { EidVerdict, HolderProof } from '../eid/eid-verdict.ts';
import type { Application } from '../enrolment/application.ts';
import type { DecisionReason } from '../enrolment/decision.ts';
import type { Grade } from '../enrolment/enrolment.ts';
import type { Language } from '../language.ts';
import type { Action } from '../liveness/action.ts';
import type { LivenessReason } from '../liveness/verdict.ts';
import type { FacePhase } from './face-phase.ts';

/** What the citizen's screen shows now. The station owns it; the renderer only draws it. */
export interface Snapshot {
  /** Grows by one with every change; a renderer drops what is older than what it shows. */
  readonly number: number;
  readonly language: Language;
  readonly screen: Screen;
  /** Position among the session's steps, or null outside a session. */
  readonly progress: { readonly step: number; readonly of: number } | null;
  readonly canGoBack: boolean;
  readonly canCancel: boolean;
  readonly helpOpen: boolean;
  readonly cancelAsked: boolean;
  /** Seconds until the session is wiped, shown with "more time"; null while nobody idles. */
  readonly idleSecondsLeft: number | null;
  readonly notices: Notices;
}

export interface Notices {
  readonly simulated: boolean;
  readonly offline: boolean;
  readonly stationName: string;
}

/** What a citizen can come for. */
export const VISITS = ['full', 'basic', 'upgrade', 'report-lost', 'status', 'check'] as const;
export type Visit = (typeof VISITS)[number];

export type NumberProblem = 'wrong-length' | 'not-digits' | 'wrong-check-character' | 'no-such-birth';
export type NameProblem = 'empty' | 'too-long' | 'not-a-name';
export type SlipProblem = 'not-ours' | 'forged' | 'scanner-missing';
export type EidCodeProblem = 'not-ours' | 'scanner-missing';
export type PhoneProblem = 'not-ours' | 'bad-signature' | 'used-before' | 'scanner-missing';
export type PasswordProblem = 'wrong-length' | 'different' | 'too-simple';
export type CardProblem =
  | 'reader-missing'
  | 'put-back'
  | 'lift-and-replace'
  /** No card that the reader knows. */
  | 'wrong-card'
  /** Identity cards of another kind, for which the terminal issues no e-ID. */
  | 'residence-permit'
  | 'foreigner-card'
  | 'unreadable'
  | 'refused'
  | 'expired'
  | 'reader-out-of-service';
export type CameraProblem =
  | 'missing'
  | 'refused'
  | 'busy'
  | 'too-slow'
  | 'too-small'
  | 'upside-down'
  | 'virtual'
  | 'tracker-failed';
export type TicketReason =
  | 'guardian'
  | 'face-not-passed'
  | 'cannot-do-this'
  | 'card-problem'
  | 'camera-problem'
  | 'no-phone';
export type ClosedReason =
  | 'restart-needed'
  | 'not-provisioned'
  /** Neither reader nor scanner: with one of them some visits can be offered. */
  | 'devices-missing'
  | 'card-left'
  | 'offline-too-long'
  | 'storage-full'
  | 'chain-broken'
  | 'certificate-expired'
  | 'starting';
/** Why a provisioned station takes no new sessions; uploads and exports go on. */
export type FreezeReason = Extract<
  ClosedReason,
  'offline-too-long' | 'storage-full' | 'chain-broken' | 'certificate-expired'
>;

/** No personal data: a slip of paper or a code that a desk continues from. */
export interface DeskTicket {
  readonly station: string;
  readonly at: number;
  readonly step: string;
  readonly reason: TicketReason;
  /** Short number to call out, e.g. `A-042`. */
  readonly label: string;
}

export type Screen =
  | { readonly name: 'closed'; readonly reason: ClosedReason }
  | { readonly name: 'attract' }
  | { readonly name: 'language' }
  /** Visits that a missing device rules out just now are shown, and not offered. */
  | { readonly name: 'visit'; readonly unavailable: readonly Visit[] }
  | { readonly name: 'consent'; readonly textVersion: string }
  | { readonly name: 'phone'; readonly problem: PhoneProblem | null }
  | { readonly name: 'phone-confirm'; readonly lastFour: string }
  /** A new password is typed twice, the one of an e-ID that exists once. */
  | {
      readonly name: 'password';
      readonly purpose: 'choose' | 'prove';
      readonly problem: PasswordProblem | null;
    }
  | { readonly name: 'number'; readonly problem: NumberProblem | null }
  /** `suggested` is the name that the paired phone told, to be taken or changed. */
  | { readonly name: 'name'; readonly suggested: string | null; readonly problem: NameProblem | null }
  | { readonly name: 'card'; readonly state: 'waiting' | 'reading'; readonly problem: CardProblem | null }
  | {
      readonly name: 'face';
      readonly attempt: 1 | 2;
      /** Actions in this plan, for the dots of progress; what they are stays secret until each is due. */
      readonly actions: number;
      /** The screen will light the face: the citizen is told beforehand. */
      readonly flashes: boolean;
      readonly view: FacePhase;
    }
  | { readonly name: 'face-failed'; readonly reason: LivenessReason; readonly triesLeft: 0 | 1 }
  /** Which movements the citizen cannot make; those are not asked for. */
  | { readonly name: 'exchange'; readonly exchanged: readonly Action[] }
  | { readonly name: 'camera-problem'; readonly problem: CameraProblem }
  | { readonly name: 'review'; readonly review: Review }
  | { readonly name: 'saving' }
  | { readonly name: 'save-failed'; readonly reason: 'storage-full' | 'storage-failed' }
  | { readonly name: 'deciding' }
  | { readonly name: 'issued'; readonly eid: ShownEid }
  /** Issued to somebody without a phone: a desk hands it over. */
  | { readonly name: 'collect' }
  /** The lost e-ID has ended. */
  | { readonly name: 'revoked' }
  | {
      readonly name: 'waiting';
      /** An e-ID that is reported lost still counts while the report waits: the screen has to say so. */
      readonly application: Application;
      readonly reason: 'offline' | 'not-yet' | 'referred';
      readonly detail: DecisionReason | null;
    }
  | { readonly name: 'rejected'; readonly application: Application; readonly reason: DecisionReason }
  | { readonly name: 'slip'; readonly slip: ShownSlip }
  | { readonly name: 'ticket'; readonly ticket: DeskTicket }
  | { readonly name: 'scan-slip'; readonly problem: SlipProblem | null }
  | { readonly name: 'status'; readonly status: SlipStatus }
  | { readonly name: 'scan-eid'; readonly problem: EidCodeProblem | null }
  | { readonly name: 'checked'; readonly check: CheckedEid }
  /** Staff work on the terminal; the console is what they see. */
  | { readonly name: 'staff' }
  | { readonly name: 'take-card' }
  | { readonly name: 'goodbye' };

export type ScreenName = Screen['name'];

export interface Review {
  readonly application: Application;
  /** Null when a lost e-ID is reported. */
  readonly name: string | null;
  readonly maskedNumber: string;
  /** Of the card; null without one. */
  readonly validUntil: string | null;
  readonly phoneLastFour: string | null;
  /** Portrait taken at the terminal, as a data URL (JPEG). */
  readonly portrait: string;
  /** Portrait of the card's chip, as a data URL, when a decoder is plugged in. */
  readonly cardPortrait: string | null;
}

export interface ShownEid {
  readonly grade: Grade;
  readonly maskedName: string;
  /** 16 characters; random, no function of the citizen number. */
  readonly subject: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** `EID1:` text for the QR code. */
  readonly code: string;
  /** Portrait as a data URL, shown on this screen only. */
  readonly portrait: string;
  readonly simulated: boolean;
}

/** What a slip says. */
export interface SlipFacts {
  readonly packetId: string;
  /** Null when a lost e-ID is reported. */
  readonly maskedName: string | null;
  readonly maskedNumber: string;
  readonly application: Application;
  readonly at: number;
  readonly station: string;
  readonly sequence: number;
  readonly state: 'issued' | 'collect' | 'revoked' | 'waiting' | 'referred' | 'rejected';
  /** `EIDS1:` text: the station's signed statement, for anyone to check. */
  readonly statement: string;
}

/** Why no paper slip came out. After `unknown` one may have: the printer fell silent while it printed. */
export type SlipFault = 'no-printer' | 'no-paper' | 'cover-open' | 'jammed' | 'offline' | 'unknown';

/** Where the paper slip is. What did not come out is on the screen, to be photographed. */
export type SlipPrint =
  | { readonly state: 'printing' }
  | { readonly state: 'printed' }
  | { readonly state: 'not-printed'; readonly reason: SlipFault };

export interface ShownSlip extends SlipFacts {
  readonly print: SlipPrint;
}

/** What became of the packet that a slip names. Nothing of the person: whoever finds a slip may scan it. */
export type SlipStatus =
  | KnownSlip
  /** Another station's slip, and nobody to ask: nothing that it claims was verified, and nothing of it is shown. */
  | { readonly state: 'cannot-tell' };

/** A slip that this station made, or that the registry vouches for. */
export interface KnownSlip {
  readonly packetId: string;
  readonly application: Application;
  readonly station: string;
  readonly at: number;
  readonly state: /** Saved at this station, not yet delivered. */
    | 'waiting-here'
    /** At the registry, undecided. */
    | 'held'
    | 'issued'
    | 'collect'
    | 'revoked'
    | 'referred'
    | 'rejected'
    /** The registry has not heard of it: it waits at the station that it names. */
    | 'not-arrived';
  readonly reason: DecisionReason | null;
}

export interface CheckedEid {
  readonly verdict: EidVerdict;
  /** Null when it is not an e-ID of ours. */
  readonly eid: {
    readonly maskedName: string;
    /** 16 characters. */
    readonly subject: string;
    readonly grade: Grade;
    readonly issuedAt: number;
    readonly expiresAt: number;
  } | null;
  /** When the status list that was asked was signed; null when none was needed or there. */
  readonly statusAsOf: number | null;
  readonly holder: HolderProof;
  /** `EIDN1:` text for the holder's phone to scan and sign; null when no phone can or has to answer. */
  readonly challenge: string | null;
}
