/** Text that a font can show, and what was put in the place of what it cannot. */
export interface PrintableText {
  readonly text: string;
  /** Characters without a glyph, e.g. `U+2CE93`, each once. */
  readonly missing: readonly string[];
}

/**
 * Replaces each character that the font lacks by □ and its code, so that a rare name is never printed with a hole: the
 * desk reads the code and writes the character in by hand.
 */
export function printableText(text: string, hasGlyph: (codePoint: number) => boolean): PrintableText {
  const missing = new Set<string>();
  let printable = '';
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (hasGlyph(codePoint)) {
      printable += character;
    } else {
      const code = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
      missing.add(code);
      printable += `□(${code})`;
    }
  }
  return { text: printable, missing: [...missing] };
}
