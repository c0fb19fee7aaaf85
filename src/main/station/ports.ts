import type { Receipt } from '#contract/receipt.ts';
import type { FaceCommand } from '#contract/station-api.ts';
import type { Clock, RandomBytes } from '#domain/clock.ts';
import type { FaceEmbedding } from '#domain/comparison/embedding.ts';
import type { DecisionReason } from '#domain/enrolment/decision.ts';
import type { ClockTrust, Enrolment } from '#domain/enrolment/enrolment.ts';
import type { Action } from '#domain/liveness/action.ts';
import type { CameraIdentity, LivenessEvidence } from '#domain/liveness/evidence.ts';
import type { FlashColour } from '#domain/liveness/flash-colour.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import type { LivenessReason, Verdict } from '#domain/liveness/verdict.ts';
import type { Result } from '#domain/result.ts';
import type { FaceView } from '#domain/session/face-phase.ts';
import type { CheckedEid, FreezeReason, SlipFault, SlipStatus } from '#domain/session/snapshot.ts';
import type { AuditEvent } from '#station/audit/audit-events.ts';

export type { PortraitDecoder } from '#contract/portrait-decoder.ts';

/** What the station needs from the host and from outside; everything else it builds itself. */

/** Unwraps the station's Ed25519 seed once at start. It never signs: the seed lives in the station only. */
export interface KeyStore {
  readonly kind: 'file' | 'safe-storage' | 'tpm';
  /** True when the seed is not protected by hardware or the system's key ring; shown on the console. */
  readonly demoOnly: boolean;
  /** 32 bytes, or null when none was stored yet. */
  unwrapSeed(): Promise<Uint8Array | null>;
  storeSeed(seed: Uint8Array): Promise<void>;
}

/** Entry points that run in a process of their own. */
export type ChildName = 'drivers' | 'faces';

export interface ChildProcess {
  /** Structured clone. */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
  readonly pid: number | undefined;
}

/** Starts children: `utilityProcess.fork` in Electron, `child_process.fork` elsewhere. */
export interface ProcessHost {
  start(child: ChildName): ChildProcess;
}

/** Where the slip goes. A printer that fails leaves the slip on the screen. */
export interface SlipPrinter {
  print(slip: PrintableSlip): Promise<Result<void, SlipFault>>;
}

/** One slip in both forms: the printer takes the one that fits its paper. */
export interface PrintableSlip {
  readonly packetId: string;
  /** For a page. Whoever prints it wipes it. */
  pdf(): Promise<Uint8Array<ArrayBuffer>>;
  /** For a narrow roll. */
  receipt(): Receipt;
}

/** Names the camera by the system's own data. */
export interface CameraInspector {
  identify(camera: {
    readonly label: string;
    readonly deviceId: string;
  }): Promise<Result<CameraIdentity, 'virtual' | 'unknown'>>;
}

/** Why a picture gave no embedding. */
export const EMBEDDING_FAULTS = [
  'no-face',
  'several-faces',
  /** Two looks at the same picture did not find the same face. */
  'not-agreeing',
  'unreadable',
  'too-slow',
  'not-running',
] as const;
export type EmbeddingFault = (typeof EMBEDDING_FAULTS)[number];

/** Tells whose face a picture shows, in a process of its own. Never rejects. */
export interface FaceEmbedder {
  /** `card` pictures are small and are scaled up first. The caller wipes the bytes. */
  embed(picture: {
    readonly bytes: Uint8Array;
    readonly from: 'frame' | 'card';
  }): Promise<Result<FaceEmbedding, EmbeddingFault>>;
}

/** An operator's own network for presentation attacks; off unless one is plugged in. Never rejects. */
export interface PassiveNetwork {
  /** 0 (attack) to 1 (living), or null when it had nothing to say in time. */
  score(jpeg: Uint8Array): Promise<number | null>;
}

/** How the session hands an enrolment over and learns what became of it. */
export interface EnrolmentDesk {
  /**
   * Signs, seals and stores; "saved" may be said once this has returned. Wipes the plain bytes that it makes; the
   * contents stay the caller's, to try again or to wipe. Plans that were given up since the packet before are filled in.
   */
  save(contents: EnrolmentContents): Result<SavedEnrolment, 'storage-full' | 'storage-failed'>;
  /** Delivers now and waits for the registry's decision, at most `timeoutMs`. Never rejects. */
  awaitDecision(request: { readonly packetId: string; readonly timeoutMs: number }): Promise<AwaitedDecision>;
  /** A fresh nonce of the registry when online, else null. Never waits longer than 1 s. */
  registryNonce(): Promise<Uint8Array | null>;
  standing(): Standing;
  /** Called when anything that {@link standing} says may have changed. */
  onStandingChange(listener: () => void): void;
}

/** The enrolment without what the desk fills in itself. */
export type EnrolmentContents = Omit<
  Enrolment,
  | 'schema'
  | 'packetId'
  | 'stationId'
  | 'installation'
  | 'sealingKid'
  | 'createdAt'
  | 'clockTrust'
  | 'software'
>;

export interface SavedEnrolment {
  readonly packetId: string;
  readonly sequence: number;
  readonly envelopeSha256: Uint8Array;
  /** `EIDS1:` text: the signed statement on the slip. */
  readonly slipStatement: string;
  readonly createdAt: number;
}

export type AwaitedDecision =
  | {
      readonly kind: 'issued';
      readonly reason: DecisionReason;
      /** `EID1:` text. */
      readonly code: string;
      readonly subject: string;
      readonly maskedName: string;
      readonly issuedAt: number;
      readonly expiresAt: number;
    }
  /** Issued to somebody without a phone: a desk hands it over. */
  | { readonly kind: 'collect' }
  /** A lost e-ID was ended. */
  | { readonly kind: 'revoked' }
  | { readonly kind: 'referred'; readonly reason: DecisionReason }
  | { readonly kind: 'rejected'; readonly reason: DecisionReason }
  | { readonly kind: 'offline' }
  | { readonly kind: 'not-yet' };

export interface Standing {
  readonly provisioned: boolean;
  readonly online: boolean;
  readonly waiting: number;
  readonly clockTrust: ClockTrust;
  /** Why no new session may start, from the installation, the offline rule and the disk; null when one may. */
  readonly frozen: FreezeReason | null;
  /** Full days left before the offline rule freezes new sessions, once it warns of that; null before. */
  readonly daysLeft: number | null;
}

/** Checks what a citizen shows to the scanner. Offline as far as it can be. */
export interface CheckDesk {
  /** `code` is what was scanned. Makes a fresh challenge when the e-ID is bound to a phone. */
  checkEid(code: string): Promise<Result<CheckedEid, 'not-ours'>>;
  /** The phone's answer (`EIDA1:` text) to the challenge of the e-ID that was checked last. */
  checkAnswer(code: string): Promise<Result<CheckedEid, 'not-ours'>>;
  /** What became of the packet that a slip (`EIDS1:` text) names. Waits 3 s for the registry at most. */
  slipStatus(code: string): Promise<Result<SlipStatus, 'not-ours' | 'forged'>>;
  /** Forgets the e-ID that was checked last. */
  forget(): void;
}

/**
 * Leads one citizen through the liveness tries: chooses moments, gives one prompt at a time, stamps arrivals on the
 * station's clock, keeps the evidence and judges it. One conductor serves one session.
 */
export interface FaceConductor {
  /** `exchanges` are actions that this citizen is not asked for. */
  begin(attempt: 1 | 2, exchanges: readonly Action[]): Promise<void>;
  /** From the renderer; what is forged, late, out of order or too much is refused with a logged reason. */
  frames(batch: {
    readonly attempt: 1 | 2;
    readonly sentAt: number;
    readonly frames: readonly LandmarkFrame[];
  }): void;
  promptShown(prompt: {
    readonly attempt: 1 | 2;
    readonly index: number;
    readonly action: Action;
    readonly at: number;
  }): void;
  /** A flash stands on the screen. */
  flashShown(flash: {
    readonly attempt: 1 | 2;
    readonly index: number;
    readonly colour: FlashColour;
    readonly at: number;
  }): void;
  /** The citizen's word on the portrait that is shown. */
  choosePortrait(choice: 'keep' | 'retake'): void;
  keyFrame(picture: { readonly requestId: number; readonly at: number; readonly jpeg: Uint8Array }): void;
  /** Ends the try as abandoned. */
  abandon(): void;
  /** Evidence of all tries so far; the portrait is null until a try has passed. */
  evidence(): LivenessEvidence;
  /** Zeroes pictures and traces. */
  wipe(): void;
}

/** What a conductor tells the session while it works. */
export interface FaceListener {
  view(view: FaceView): void;
  /** The picture that the `portrait` view which follows asks about; the conductor's own, to be copied. */
  portrait(jpeg: Uint8Array): void;
  command(command: FaceCommand): void;
  passed(verdict: Verdict & { readonly result: 'live' | 'referred' }): void;
  failed(reason: LivenessReason): void;
}

/** Audit entries are typed and carry no personal data. */
export interface AuditTrail {
  record(event: AuditEvent): void;
}

export interface Environment {
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}
