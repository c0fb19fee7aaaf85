/** What the answers of a security module hold (GA/T 467-2019 chapter 7). */

export const TEXT_LENGTH = 256;
export const PHOTO_LENGTH = 1024;
/** Features of one finger. */
const FINGERPRINT_LENGTH = 512;
/** One newest address: 35 characters. */
const ADDRESS_LENGTH = 70;
/** Bytes of an answer with addresses. Unverified: some readers are said to answer up to four. */
export const ADDRESSES_LENGTHS: readonly number[] = [1, 2, 3, 4].map((count) => count * ADDRESS_LENGTH);
export const SAM_ID_LENGTH = 16;
export const CARD_NUMBER_LENGTH = 28;

/** How the length words in front of a reading are laid out: with 30 10 there are three, with 30 01 two. */
export type ReadingKind = 'read' | 'read-fingerprints';

const PHOTO_LENGTHS: readonly number[] = [0, PHOTO_LENGTH];
const FINGERPRINT_LENGTHS: readonly number[] = [0, FINGERPRINT_LENGTH, 2 * FINGERPRINT_LENGTH];

/** Bytes that a reading can have, the most last. */
export const READING_LENGTHS: Readonly<Record<ReadingKind, readonly number[]>> = {
  read: PHOTO_LENGTHS.map((photo) => 4 + TEXT_LENGTH + photo),
  'read-fingerprints': PHOTO_LENGTHS.flatMap((photo) =>
    FINGERPRINT_LENGTHS.map((fingerprints) => 6 + TEXT_LENGTH + photo + fingerprints),
  ),
};

interface ReadingShape {
  readonly photoFrom: number;
  readonly fingerprintsFrom: number;
}

/**
 * Where the fields of a reading lie; null when the length words do not fit the data.
 *
 * | bytes | 30 01 | 30 10 |
 * |---|---|---|
 * | 0-1 | text length, always 256, big-endian | as left |
 * | 2-3 | photo length, 1024, or 0 where there is none | as left |
 * | 4-5 | | fingerprint length, 0, 512 or 1024 |
 * | then | text, photo | text, photo, fingerprints |
 *
 * Whether a photo can be missing is unverified.
 */
function shapeOf(data: Uint8Array, kind: ReadingKind): ReadingShape | null {
  const head = kind === 'read' ? 4 : 6;
  if (data.length < head) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const text = view.getUint16(0);
  const photo = view.getUint16(2);
  const fingerprints = kind === 'read' ? 0 : view.getUint16(4);
  if (text !== TEXT_LENGTH) return null;
  if (!PHOTO_LENGTHS.includes(photo) || !FINGERPRINT_LENGTHS.includes(fingerprints)) return null;
  if (data.length !== head + text + photo + fingerprints) return null;
  return { photoFrom: head + text, fingerprintsFrom: head + text + photo };
}

export interface Reading {
  readonly text: Uint8Array<ArrayBuffer>;
  /** Zeros where the card has none. */
  readonly photo: Uint8Array<ArrayBuffer>;
  readonly fingerprints: Uint8Array<ArrayBuffer> | null;
}

/** The fields of a reading, in memory of their own; null when the length words do not fit the data. */
export function splitReading(data: Uint8Array, kind: ReadingKind): Reading | null {
  const shape = shapeOf(data, kind);
  if (shape === null) return null;
  const { photoFrom, fingerprintsFrom } = shape;
  const photo = new Uint8Array(PHOTO_LENGTH);
  photo.set(data.subarray(photoFrom, fingerprintsFrom));
  return {
    text: Uint8Array.from(data.subarray(photoFrom - TEXT_LENGTH, photoFrom)),
    photo,
    fingerprints: fingerprintsFrom === data.length ? null : Uint8Array.from(data.subarray(fingerprintsFrom)),
  };
}

/**
 * The security module's identity as text, from 16 bytes: two 16-bit and three 32-bit numbers, little-endian, written
 * `05.01-20231231-0001234567-0123456789`.
 */
export function samIdText(data: Uint8Array): string {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const group = (value: number, digits: number) => String(value).padStart(digits, '0');
  return [
    `${group(view.getUint16(0, true), 2)}.${group(view.getUint16(2, true), 2)}`,
    group(view.getUint32(4, true), 8),
    group(view.getUint32(8, true), 10),
    group(view.getUint32(12, true), 10),
  ].join('-');
}

/** Invented modules say 99 where real ones have their maker's number. Such a reader is never taken for a real one. */
export function isSimulatedSam(samId: string): boolean {
  return samId.startsWith('99.');
}

/**
 * How many addresses were written onto a card after it was issued, as answered to 30 03: each 35 characters of UTF-16LE,
 * filled up with blanks, or with NULs by some readers; one of nothing else is none.
 */
export function countNewestAddresses(data: Uint8Array): number {
  let count = 0;
  for (let at = 0; at + ADDRESS_LENGTH <= data.length; at += ADDRESS_LENGTH) {
    // The octets of a blank are 20 and 00.
    if (data.subarray(at, at + ADDRESS_LENGTH).some((octet) => octet !== 0x20 && octet !== 0)) count += 1;
  }
  return count;
}
