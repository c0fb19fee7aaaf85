import type { Language } from '#domain/language.ts';
import en from '../../resources/locales/consent.en.json' with { type: 'json' };
import zh from '../../resources/locales/consent.zh-CN.json' with { type: 'json' };

/** What a citizen agrees to. The station records the version, the language and the hash of the text. */
export interface ConsentText {
  readonly version: string;
  readonly title: string;
  readonly paragraphs: readonly { readonly heading: string; readonly text: string }[];
}

const TEXTS: Readonly<Record<Language, ConsentText>> = { 'zh-CN': zh, en };

export function consentText(language: Language): ConsentText {
  return TEXTS[language];
}
