import type { Language } from '#domain/language.ts';
import type { Translate } from './translator.ts';

/** Where a line may break (UAX #14, class ZW), and where it may not (WJ, GL). The first two have no width. */
const MAY_BREAK = '\u200b';
const MUST_NOT_BREAK = '\u2060';
/** Between a number and what it counts: 8 位. */
const FIXED_SPACE = '\u00a0';

/** One-character words that end a phrase, and those that begin one. All others stay with both neighbours. */
const ENDING: readonly string[] = ['的', '了'];
const BEGINNING: readonly string[] = ['和', '或', '与', '及'];
const HAN = /\p{Script=Han}/u;

const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' });

/**
 * A text as it is drawn, with invisible marks for its line breaks; for display only, never for what is hashed, sent or
 * compared. English keeps `e-ID` and `8-digit` together. Chinese, which the page draws with
 * `word-break: keep-all`, may break at its punctuation and, inside long clauses, between words.
 */
export function withLineBreaks(language: Language, text: string): string {
  if (language === 'en') return text.replaceAll(/\b(e|\d+)-(?=\p{L})/gu, `$1-${MUST_NOT_BREAK}`);
  return text
    .replaceAll(/([0-9A-Z]) (?=\p{Script=Han})/gu, `$1${FIXED_SPACE}`)
    .replaceAll(CLAUSES, (clause) => (clause.length > SHORT_CLAUSE ? betweenWords(clause) : clause));
}

/** A name of several parts, e.g. `阿卜杜热合曼·示例`: a line ends behind a middle dot, and never begins with one. */
export function nameWithLineBreaks(name: string): string {
  return name.replaceAll('·', `${MUST_NOT_BREAK}·${MAY_BREAK}`);
}

/** Texts drawn with {@link withLineBreaks}. */
export function breakLinesIn<Key extends string>(
  language: Language,
  translate: Translate<Key>,
): Translate<Key> {
  return (key, values) => withLineBreaks(language, translate(key, values));
}

/** A clause that fits a line of the narrowest column stays whole: a line had better end at its punctuation. */
const SHORT_CLAUSE = 8;
const CLAUSES = /[\p{L}\p{M}]+/gu;

/** The dictionary knows few of our terms and cuts them into single characters: those are not parted from neighbours. */
function betweenWords(clause: string): string {
  let drawn = '';
  let before = '';
  for (const { segment } of segmenter.segment(clause)) {
    if (mayBreakBetween(before, segment)) drawn += MAY_BREAK;
    drawn += segment;
    before = segment;
  }
  return drawn;
}

function mayBreakBetween(before: string, after: string): boolean {
  if (!HAN.test(before) || !HAN.test(after)) return false;
  const ends = before.length > 1 || ENDING.includes(before);
  const begins = after.length > 1 || BEGINNING.includes(after);
  return ends && begins;
}
