/** Base45 (RFC 9285): the densest text that a QR code's alphanumeric mode holds. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

export function base45Encode(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const first = bytes[at] ?? 0;
    const second = bytes[at + 1];
    const value = second === undefined ? first : first * 256 + second;
    text += `${ALPHABET[value % 45]}${ALPHABET[Math.floor(value / 45) % 45]}`;
    if (second !== undefined) text += ALPHABET[Math.floor(value / 2025)];
  }
  return text;
}

/** Undefined for other characters, a single character left over and groups above 16 (or 8) bits. */
export function base45Decode(text: string): Uint8Array | undefined {
  if (text.length % 3 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0));
  for (let from = 0, to = 0; from < text.length; from += 3, to += 2) {
    const group = [...text.slice(from, from + 3)].map((character) => ALPHABET.indexOf(character));
    if (group.includes(-1)) return undefined;
    const [c = 0, d = 0, e] = group;
    const value = c + d * 45 + (e ?? 0) * 2025;
    if (value > (e === undefined ? 0xff : 0xffff)) return undefined;
    if (e === undefined) {
      bytes[to] = value;
    } else {
      bytes[to] = value >> 8;
      bytes[to + 1] = value & 255;
    }
  }
  return bytes;
}
