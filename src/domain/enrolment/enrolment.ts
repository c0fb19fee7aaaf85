import type { ResidentCard } from '../identity/card-record.ts';
import type { Language } from '../language.ts';
import type { LivenessEvidence } from '../liveness/evidence.ts';
import type { Application } from './application.ts';

/** `basic` is shown in black and white (face and number only), `full` in colour (chip read at a trusted terminal). */
export type Grade = 'basic' | 'full';

/** How far the station's clock can be believed when a record is made. */
export type ClockTrust = 'synchronised' | 'drifting' | 'doubtful' | 'unknown';

/** What a session produces: who, grade asked, evidence, consent. Exists in clear only in memory. */
export interface Enrolment {
  readonly schema: 1;
  /** UUIDv7. */
  readonly packetId: string;
  readonly stationId: string;
  readonly installation: number;
  /** Key that the packet is sealed to. */
  readonly sealingKid: Uint8Array;
  readonly application: Application;
  readonly createdAt: number;
  readonly clockTrust: ClockTrust;
  readonly holder: Holder;
  readonly phone: PairedPhone | null;
  readonly password: SealedPassword;
  readonly consent: Consent;
  readonly evidence: LivenessEvidence;
  readonly comparison: Comparison;
  readonly operator: string | null;
  readonly witness: string | null;
  readonly software: SoftwareIdentity;
  /** True when any device of the session was simulated; a registry in production mode refuses it. */
  readonly simulated: boolean;
}

/** Whom the enrolment is for: read from a chip, or typed by somebody without a card. */
export type Holder =
  | { readonly source: 'card'; readonly card: CardReading }
  | { readonly source: 'typed'; readonly typed: TypedIdentity };

export interface TypedIdentity {
  /** 18 characters, GB 11643, check character right. */
  readonly number: string;
  /** NFC, middle dots folded to U+00B7; null when a lost e-ID is reported, for which the number is enough. */
  readonly name: string | null;
}

/** Sealed by itself to the issuer's credential key: nobody but issuance can try guesses against it. */
export type SealedPassword =
  /** A new password's scrypt verifier. */
  | { readonly kind: 'chosen'; readonly verifier: Uint8Array }
  /** The password of the e-ID that exists, as typed: issuance derives with the salt that it holds, and counts tries. */
  | { readonly kind: 'proof'; readonly sealed: Uint8Array };

/** The card as read: raw bytes for the registry to judge again, and the station's parse of them. */
export interface CardReading {
  /** 256 bytes, GA/T 490 text block. */
  readonly text: Uint8Array;
  /** 1024 bytes, WLT-coded portrait. */
  readonly photo: Uint8Array;
  readonly record: ResidentCard;
  /** Security module that vouched for the card, e.g. `05.01-20231231-0001234567-0123456789`. */
  readonly samId: string;
}

export interface PairedPhone {
  /** Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Random id of the scanned code, 16 bytes; a station accepts each once. */
  readonly codeId: Uint8Array;
  /** The phone's own clock when it drew the code, milliseconds since 1970. */
  readonly phoneTime: number;
}

export interface Consent {
  readonly textVersion: string;
  /** SHA-256 of the text as shown. */
  readonly textSha256: Uint8Array;
  readonly language: Language;
  readonly at: number;
}

/** Why a comparison says what it says. All but `measured` leave it at "cannot tell". */
export const COMPARISON_REASONS = [
  /** The number was typed: there is no portrait of a card. */
  'no-card',
  /** Nothing here can read the card's portrait. */
  'no-decoder',
  /** The decoder failed, or had not answered when the enrolment was saved. */
  'decoder-failed',
  /** The card's picture was there, and no face could be read from it, or nothing was running that reads faces. */
  'card-face-unread',
  /** Too few frames of the person gave a face to compare with. */
  'too-few-frames',
  'measured',
] as const;

/** 1:1 comparison of the best frame with the card's portrait: advisory, three-valued. */
export interface Comparison {
  readonly result: 'same' | 'cannot-tell' | 'different';
  readonly reason: (typeof COMPARISON_REASONS)[number];
  /** Null unless measured. */
  readonly distance: number | null;
}

export interface SoftwareIdentity {
  readonly version: string;
  readonly models: readonly { readonly name: string; readonly sha256: Uint8Array }[];
}
