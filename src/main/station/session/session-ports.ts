import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import type { RandomBytes } from '#domain/clock.ts';
import type { Application } from '#domain/enrolment/application.ts';
import type { ConsentText } from '#domain/enrolment/consent-text.ts';
import type { Language } from '#domain/language.ts';
import type { SlipFacts } from '#domain/session/snapshot.ts';
import type { Timers } from '#drivers/timers.ts';
import type { StationClock } from '#station/clock/station-clock.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type {
  AuditTrail,
  CameraInspector,
  CheckDesk,
  EnrolmentDesk,
  FaceConductor,
  FaceEmbedder,
  FaceListener,
  PortraitDecoder,
  SlipPrinter,
} from '#station/ports.ts';

/** What the session needs of the drivers; the driver link is one. */
export interface SessionDrivers {
  send(command: DriverCommand): void;
  onReport(listener: (report: DriverReport) => void): () => void;
  device(role: 'reader' | 'scanner'): Extract<DriverReport, { type: 'device' }> | null;
  /** Ends the drivers' process and starts a fresh one. */
  renew(): void;
}

/** What the session needs of the desk beyond handing enrolments over. */
export interface SessionDesk extends EnrolmentDesk {
  /** X25519 key that password verifiers are sealed to; null before provisioning. */
  credentialKey(): Uint8Array | null;
}

/** Remembers, across restarts, which phone codes were used at this station. */
export interface UsedPhoneCodes {
  /** `codeId`: the 16 random octets of a code. */
  has(codeId: Uint8Array): boolean;
  /** On a disk that cannot be written the code is not remembered, which is logged. */
  add(codeId: Uint8Array): void;
}

/** Who tells whose face a picture shows; what was told is forgotten with the session. */
export interface SessionFaces extends FaceEmbedder {
  /** A face is going to be asked about. */
  warm(): void;
  /** Ends whatever may still hold a citizen's face in its memory. */
  rest(): void;
}

export type ConductorFactory = (session: {
  readonly sessionId: string;
  readonly listener: FaceListener;
}) => FaceConductor;

/** Draws the receipt as a PDF. */
export type SlipDrawer = (
  slip: SlipFacts & { readonly language: Language; readonly simulated: boolean },
) => Promise<Uint8Array<ArrayBuffer>>;

export interface SessionParts {
  readonly drivers: SessionDrivers;
  readonly desk: SessionDesk;
  readonly checkDesk: CheckDesk;
  readonly usedPhoneCodes: UsedPhoneCodes;
  readonly createConductor: ConductorFactory;
  readonly cameraInspector: CameraInspector;
  readonly faces: SessionFaces;
  readonly portraitDecoder: PortraitDecoder;
  readonly drawSlip: SlipDrawer;
  readonly slipPrinter: SlipPrinter;
  readonly consentText: (language: Language, application: Application) => ConsentText;
  readonly audit: AuditTrail;
  readonly log: StationLog;
  /** The station's best estimate of the time, which the packet is dated with too; never the bare wall clock. */
  readonly clock: Pick<StationClock, 'now'>;
  readonly timers: Timers;
  readonly randomBytes: RandomBytes;
  /** Renewal of whatever the host keeps of a citizen, its renderer above all. Awaited before the next session. */
  readonly onEnd: () => Promise<void>;
}

export interface SessionSettings {
  readonly stationName: string;
  /** The station itself is for demonstration, whatever its devices are. */
  readonly demo: boolean;
  /** The screen lights the face before the first action. */
  readonly flash: boolean;
  readonly idleWarningMs: number;
  readonly idleResetMs: number;
  readonly decisionWaitMs: number;
  /** Chinese unless set. */
  readonly openingLanguage?: Language;
}
