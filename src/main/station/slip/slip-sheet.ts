import type { Language } from '#domain/language.ts';
import type { SlipFacts } from '#domain/session/snapshot.ts';
import { PAGE, type Paper } from './paper.ts';
import type { SlipKey } from './slip-texts.ts';

export interface SlipContents extends SlipFacts {
  readonly language: Language;
  readonly simulated: boolean;
}

/** What every section of a slip draws with. */
export interface Sheet {
  readonly paper: Paper;
  readonly contents: SlipContents;
  readonly texts: Readonly<Record<SlipKey, string>>;
  /** Chinese beside the citizen's language, for the desk; null when the citizen reads Chinese. */
  readonly chinese: Readonly<Record<SlipKey, string>> | null;
}

export const MARGIN = 34;
export const WIDTH = PAGE.width - 2 * MARGIN;

/** Dark enough to print well without colour. */
export const INK = '#0e1f35';
export const SOFT = '#4a5a6e';
export const LINE = '#b8c3d1';
export const BLUE = '#0d4080';
export const TINT = '#eef3f9';
export const WARNING = '#96201a';
export const WARNING_TINT = '#fbebe8';

/** A text and, after an em space, its Chinese. */
export function bothLanguages({ texts, chinese }: Sheet, key: SlipKey): string {
  return chinese === null ? texts[key] : `${texts[key]}\u2003${chinese[key]}`;
}
