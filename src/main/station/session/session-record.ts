import type { Consent, PairedPhone } from '#domain/enrolment/enrolment.ts';
import type { AwaitedDecision, SavedEnrolment } from '#station/ports.ts';

export interface CardBytes {
  /** 256 bytes, GA/T 490 text block. */
  readonly text: Uint8Array;
  /** 1024 bytes, WLT-coded. */
  readonly photo: Uint8Array;
  /** The reader's security module: names a device, not a person. */
  readonly samId: string;
}

export interface Picture {
  readonly mime: string;
  readonly bytes: Uint8Array;
}

export type IssuedDecision = Extract<AwaitedDecision, { kind: 'issued' }>;

/**
 * Everything personal that one session gathers, as octets that can be zeroed. Strings are made from them for the length
 * of one call (a snapshot, a slip, the enrolment) and never kept here. Setting a value zeroes the one before.
 */
export class SessionRecord {
  /** UUID, random: names the session in the audit chain and in the liveness plan. */
  readonly sessionId: string;
  consent: Consent | null = null;
  /** What became of the card's portrait. Until a decoder has answered it counts as one that failed. */
  portraitDecoding: 'no-decoder' | 'decoder-failed' | 'decoded' = 'decoder-failed';
  saved: SavedEnrolment | null = null;
  #phone: PairedPhone | null = null;
  #passwordDigits: Uint8Array | null = null;
  #passwordVerifier: Uint8Array | null = null;
  #card: CardBytes | null = null;
  #cardPortrait: Picture | null = null;
  #portrait: Uint8Array | null = null;
  #issued: Uint8Array | null = null;
  #wiped = false;

  constructor(sessionId: string) {
    this.sessionId = sessionId;
  }

  /** False once the session is over: what arrives later belongs to nobody. */
  get live(): boolean {
    return !this.#wiped;
  }

  get phone(): PairedPhone | null {
    return this.#phone;
  }
  set phone(phone: PairedPhone | null) {
    zero(this.#phone?.publicKey, this.#phone?.codeId);
    this.#phone = this.#keep(phone, phone?.publicKey, phone?.codeId);
  }

  /** ASCII digits, from the moment they were chosen until the card was there to compare them with. */
  get passwordDigits(): Uint8Array | null {
    return this.#passwordDigits;
  }
  set passwordDigits(digits: Uint8Array | null) {
    zero(this.#passwordDigits);
    this.#passwordDigits = this.#keep(digits, digits);
  }

  /** Sealed to the credential key: the station cannot open it either. */
  get passwordVerifier(): Uint8Array | null {
    return this.#passwordVerifier;
  }
  set passwordVerifier(verifier: Uint8Array | null) {
    zero(this.#passwordVerifier);
    this.#passwordVerifier = this.#keep(verifier, verifier);
  }

  get card(): CardBytes | null {
    return this.#card;
  }
  set card(card: CardBytes | null) {
    zero(this.#card?.text, this.#card?.photo);
    this.#card = this.#keep(card, card?.text, card?.photo);
  }

  get cardPortrait(): Picture | null {
    return this.#cardPortrait;
  }
  set cardPortrait(picture: Picture | null) {
    zero(this.#cardPortrait?.bytes);
    this.#cardPortrait = this.#keep(picture, picture?.bytes);
  }

  /** JPEG of the best frame. */
  get portrait(): Uint8Array | null {
    return this.#portrait;
  }
  set portrait(jpeg: Uint8Array | null) {
    zero(this.#portrait);
    this.#portrait = this.#keep(jpeg, jpeg);
  }

  /** The e-ID as it came back; kept as octets, read for the length of one call. */
  readIssued(): IssuedDecision | null {
    return this.#issued === null
      ? null
      : (JSON.parse(new TextDecoder().decode(this.#issued)) as IssuedDecision);
  }
  keepIssued(decision: IssuedDecision): void {
    zero(this.#issued);
    const octets = new TextEncoder().encode(JSON.stringify(decision));
    this.#issued = this.#keep(octets, octets);
  }

  /** Zeroes every octet and drops every reference. Whatever is set afterwards is zeroed at once. */
  wipe(): void {
    this.#wiped = true;
    this.phone = null;
    this.passwordDigits = null;
    this.passwordVerifier = null;
    this.card = null;
    this.cardPortrait = null;
    this.portrait = null;
    zero(this.#issued);
    this.#issued = null;
    zero(this.consent?.textSha256);
    this.consent = null;
    this.saved = null;
  }

  #keep<T>(value: T, ...octets: (Uint8Array | null | undefined)[]): T | null {
    if (!this.#wiped) return value;
    zero(...octets);
    return null;
  }
}

/** Overwrites octets with zeros. */
export function zero(...arrays: (Uint8Array | null | undefined)[]): void {
  for (const array of arrays) array?.fill(0);
}
