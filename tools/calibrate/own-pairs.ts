/** One line of a file of pairs. */
export interface Pair {
  readonly same: boolean;
  readonly one: string;
  readonly other: string;
}

/**
 * Reads `same<TAB>PICTURE<TAB>PICTURE` and `different<TAB>PICTURE<TAB>PICTURE`; empty lines and lines that begin with `#`
 * say nothing. A picture whose file's name begins with `card` is scaled up as a card's portrait is.
 *
 * @throws Error that names the first line that is neither.
 */
export function pairsOf(text: string): readonly Pair[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const [word, one, other, ...more] = line.trimEnd().split('\t');
    if ((word !== 'same' && word !== 'different') || !one || !other || more.length > 0)
      throw new Error(`line ${index + 1} is not "same" or "different" and two pictures, apart by tabs`);
    return [{ same: word === 'same', one, other }];
  });
}
