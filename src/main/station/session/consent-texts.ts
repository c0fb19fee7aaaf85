import type { ConsentText } from '#domain/enrolment/consent-text.ts';
import type { Language } from '#domain/language.ts';
import en from '../../../../resources/locales/consent.en.json' with { type: 'json' };
import chinese from '../../../../resources/locales/consent.zh-CN.json' with { type: 'json' };

const TEXTS: Readonly<Record<Language, ConsentText>> = { 'zh-CN': chinese, en };

/** The text that the screen shows in a language: the same files are built into the renderer. */
export function consentText(language: Language): ConsentText {
  return TEXTS[language];
}
