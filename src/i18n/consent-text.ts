import type { ConsentText } from '#domain/enrolment/consent-text.ts';
import type { Language } from '#domain/language.ts';
import en from '../../resources/locales/consent.en.json' with { type: 'json' };
import zh from '../../resources/locales/consent.zh-CN.json' with { type: 'json' };

const TEXTS: Readonly<Record<Language, ConsentText>> = { 'zh-CN': zh, en };

export function consentText(language: Language): ConsentText {
  return TEXTS[language];
}

/**
 * The text under the version that the station will record a consent to; null when this page was built with another,
 * so that nobody agrees to a text that was not shown.
 */
export function consentTextOf(wanted: {
  readonly language: Language;
  readonly version: string;
}): ConsentText | null {
  const text = consentText(wanted.language);
  return text.version === wanted.version ? text : null;
}
