import type { Application } from '#domain/enrolment/application.ts';
import { type ConsentSource, type ConsentText, consentTextFor } from '#domain/enrolment/consent-text.ts';
import type { Language } from '#domain/language.ts';
import en from '../../../../resources/locales/consent.en.json' with { type: 'json' };
import chinese from '../../../../resources/locales/consent.zh-CN.json' with { type: 'json' };

const SOURCES: Readonly<Record<Language, ConsentSource>> = { 'zh-CN': chinese, en };

/** The text that the screen shows in a language: the same files are built into the renderer. */
export function consentText(language: Language, application: Application): ConsentText {
  return consentTextFor(SOURCES[language], application);
}
