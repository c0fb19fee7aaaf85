import iconv from 'iconv-lite';

/**
 * Characters as a narrow printer takes them: GB 18030 in Chinese mode (`1C 26`). ASCII takes one octet and one column,
 * what has two octets takes two columns. The characters of four octets are left out: that the fonts of receipt printers
 * hold them is unverified, and one that does not prints rubbish in the middle of a name.
 */
export function encodePrinted(text: string): Uint8Array {
  return iconv.encode(printed(text), 'gb18030');
}

/** What stands on paper for a text: each character that cannot be printed becomes □ and its code, as on the page slip. */
export function printed(text: string): string {
  let result = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    result += isPrinted(character, code)
      ? character
      : `□(U+${code.toString(16).toUpperCase().padStart(4, '0')})`;
  }
  return result;
}

/** Columns on paper. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += isWide(character) ? 2 : 1;
  return columns;
}

export function isWide(character: string): boolean {
  return (character.codePointAt(0) ?? 0) > 0x7e;
}

function isPrinted(character: string, code: number): boolean {
  if (code >= 0x20 && code <= 0x7e) return true;
  const isPrivate = code >= 0xe000 && code <= 0xf8ff;
  if (code < 0xa0 || isPrivate || (code >= 0xd800 && code <= 0xdfff)) return false;
  return iconv.encode(character, 'gb18030').length === 2;
}
