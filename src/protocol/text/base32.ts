/**
 * Crockford's base32: no I, L, O or U, so that a code survives being read out and typed. Reading takes lower case,
 * spaces and hyphens, O for 0 and I or L for 1.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Five bits a character, the first bits first. `bits` must be a multiple of 5 that the bytes hold. */
export function base32Encode(bytes: Uint8Array, bits: number): string {
  let text = '';
  for (let at = 0; at < bits; at += 5) {
    const pair = ((bytes[at >> 3] ?? 0) << 8) | (bytes[(at >> 3) + 1] ?? 0);
    text += ALPHABET[(pair >> (11 - (at & 7))) & 31];
  }
  return text;
}

/** Undefined for a character that is none. Bits beyond the last whole character are zero. */
export function base32Decode(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.ceil((text.length * 5) / 8));
  for (const [index, character] of [...text].entries()) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return undefined;
    const at = index * 5;
    const shifted = value << (11 - (at & 7));
    bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (shifted >> 8);
    if ((shifted & 255) !== 0) bytes[(at >> 3) + 1] = (bytes[(at >> 3) + 1] ?? 0) | (shifted & 255);
  }
  return bytes;
}

/** What a person typed, in the alphabet's own letters. */
export function base32Tidy(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
}

export function inGroupsOfFour(text: string, separator = '-'): string {
  return (text.match(/.{1,4}/g) ?? []).join(separator);
}
