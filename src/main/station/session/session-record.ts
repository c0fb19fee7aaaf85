import type { FaceEmbedding } from '#domain/comparison/embedding.ts';
import type { Consent, PairedPhone, SealedPassword } from '#domain/enrolment/enrolment.ts';
import type { CheckedEid, SlipStatus } from '#domain/session/snapshot.ts';
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
  #password: SealedPassword | null = null;
  #phoneName: Uint8Array | null = null;
  #number: Uint8Array | null = null;
  #name: Uint8Array | null = null;
  #card: CardBytes | null = null;
  #cardPortrait: Picture | null = null;
  #portrait: Uint8Array | null = null;
  #shownPortrait: Uint8Array | null = null;
  #cardEmbedding: FaceEmbedding | null = null;
  #issued: Uint8Array | null = null;
  #slipStatus: Uint8Array | null = null;
  #checked: Uint8Array | null = null;
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

  /** UTF-8, the name that the phone told of its holder; a suggestion until the citizen confirms it. */
  get phoneName(): Uint8Array | null {
    return this.#phoneName;
  }
  set phoneName(name: Uint8Array | null) {
    zero(this.#phoneName);
    this.#phoneName = this.#keep(name, name);
  }

  /** ASCII, 18 characters, as typed and checked. */
  get number(): Uint8Array | null {
    return this.#number;
  }
  set number(number: Uint8Array | null) {
    zero(this.#number);
    this.#number = this.#keep(number, number);
  }

  /** UTF-8, as typed or confirmed, and normalised. */
  get name(): Uint8Array | null {
    return this.#name;
  }
  set name(name: Uint8Array | null) {
    zero(this.#name);
    this.#name = this.#keep(name, name);
  }

  /** ASCII digits, from the moment they were chosen until the holder was known to compare them with. */
  get passwordDigits(): Uint8Array | null {
    return this.#passwordDigits;
  }
  set passwordDigits(digits: Uint8Array | null) {
    zero(this.#passwordDigits);
    this.#passwordDigits = this.#keep(digits, digits);
  }

  /** Sealed to the credential key: the station cannot open it either. */
  get password(): SealedPassword | null {
    return this.#password;
  }
  set password(password: SealedPassword | null) {
    zero(sealedOctets(this.#password));
    this.#password = this.#keep(password, sealedOctets(password));
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

  /** Whose face the card's portrait shows. */
  get cardEmbedding(): FaceEmbedding | null {
    return this.#cardEmbedding;
  }
  set cardEmbedding(embedding: FaceEmbedding | null) {
    zero(this.#cardEmbedding);
    this.#cardEmbedding = this.#keep(embedding, embedding);
  }

  /** JPEG that the citizen may have taken again. */
  get shownPortrait(): Uint8Array | null {
    return this.#shownPortrait;
  }
  set shownPortrait(jpeg: Uint8Array | null) {
    zero(this.#shownPortrait);
    this.#shownPortrait = this.#keep(jpeg, jpeg);
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
    return read<IssuedDecision>(this.#issued);
  }
  keepIssued(decision: IssuedDecision | null): void {
    zero(this.#issued);
    this.#issued = this.#write(decision);
  }

  /** What became of the packet whose slip was shown last. */
  readSlipStatus(): SlipStatus | null {
    return read<SlipStatus>(this.#slipStatus);
  }
  keepSlipStatus(status: SlipStatus | null): void {
    zero(this.#slipStatus);
    this.#slipStatus = this.#write(status);
  }

  /** The verdict on the e-ID that was shown last. */
  readChecked(): CheckedEid | null {
    return read<CheckedEid>(this.#checked);
  }
  keepChecked(check: CheckedEid | null): void {
    zero(this.#checked);
    this.#checked = this.#write(check);
  }

  /** Zeroes every octet and drops every reference. Whatever is set afterwards is zeroed at once. */
  wipe(): void {
    this.#wiped = true;
    this.forget();
  }

  /** Zeroes and drops the same; the session goes on with nothing. */
  forget(): void {
    this.phone = null;
    this.phoneName = null;
    this.number = null;
    this.name = null;
    this.passwordDigits = null;
    this.password = null;
    this.card = null;
    this.cardPortrait = null;
    this.cardEmbedding = null;
    this.portraitDecoding = 'decoder-failed';
    this.portrait = null;
    this.shownPortrait = null;
    this.keepIssued(null);
    this.keepSlipStatus(null);
    this.keepChecked(null);
    zero(this.consent?.textSha256);
    this.consent = null;
    this.saved = null;
  }

  #write(value: unknown): Uint8Array | null {
    if (value === null) return null;
    const octets = new TextEncoder().encode(JSON.stringify(value));
    return this.#keep(octets, octets);
  }

  #keep<T>(value: T, ...octets: (Octets | null | undefined)[]): T | null {
    if (!this.#wiped) return value;
    zero(...octets);
    return null;
  }
}

/** A string for the length of one call. */
export function textOf(octets: Uint8Array | null): string | null {
  return octets === null ? null : new TextDecoder().decode(octets);
}

function read<T>(octets: Uint8Array | null): T | null {
  return octets === null ? null : (JSON.parse(new TextDecoder().decode(octets)) as T);
}

function sealedOctets(password: SealedPassword | null): Uint8Array | null {
  if (password === null) return null;
  return password.kind === 'chosen' ? password.verifier : password.sealed;
}

type Octets = Uint8Array | FaceEmbedding;

/** Overwrites octets with zeros. */
export function zero(...arrays: (Octets | null | undefined)[]): void {
  for (const array of arrays) array?.fill(0);
}
