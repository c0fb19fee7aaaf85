import { columnsOf, isWide } from './printed-text.ts';

/** Marks that no line begins with: they stay with what they close (GB/T 15834). */
const CLOSING = /^[，。、；：！？）》」』】”’…—%℃]/u;
/** Marks that no line ends with. */
const OPENING = /[（《「『【“‘]$/u;

/**
 * Breaks a text into lines of so many columns. Latin words and numbers stay whole unless one is longer than a line; a
 * line may end after any Chinese character, but for the marks that belong to what comes before or after.
 */
export function breakLines(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  const end = () => {
    lines.push(line.trimEnd());
    line = '';
  };
  for (const piece of unbreakable(text)) {
    if (columnsOf(line) + columnsOf(piece.trimEnd()) > columns && line.trimEnd() !== '') end();
    if (columnsOf(piece.trimEnd()) <= columns) {
      line += line === '' ? piece.trimStart() : piece;
      continue;
    }
    for (const character of piece) {
      if (columnsOf(line + character) > columns) end();
      line += character;
    }
  }
  if (line.trimEnd() !== '' || lines.length === 0) end();
  return lines;
}

/** Pieces between which a line may end, each with the spaces that follow it. */
function unbreakable(text: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const part of parts(text)) {
    const joins =
      piece === '' || OPENING.test(piece) || (CLOSING.test(part) && !piece.endsWith(' ')) || part === ' ';
    if (!joins) {
      pieces.push(piece);
      piece = '';
    }
    piece += part;
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
}

/** Words of narrow characters, single wide characters, single spaces. */
function* parts(text: string): Iterable<string> {
  let word = '';
  for (const character of text) {
    if (character !== ' ' && !isWide(character)) {
      word += character;
      continue;
    }
    if (word !== '') yield word;
    word = '';
    yield character;
  }
  if (word !== '') yield word;
}
