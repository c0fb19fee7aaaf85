import { APPLICATIONS, type Application } from '#domain/enrolment/application.ts';
import { type ConsentSource, type ConsentText, consentTextFor } from '#domain/enrolment/consent-text.ts';
import type { Language } from '#domain/language.ts';
import en from '../../resources/locales/consent.en.json' with { type: 'json' };
import zh from '../../resources/locales/consent.zh-CN.json' with { type: 'json' };

const SOURCES: Readonly<Record<Language, ConsentSource>> = { 'zh-CN': zh, en };

/** Made once: a screen that is drawn again shows the same object. */
const TEXTS: Readonly<Record<Language, readonly ConsentText[]>> = {
  'zh-CN': APPLICATIONS.map((application) => consentTextFor(SOURCES['zh-CN'], application)),
  en: APPLICATIONS.map((application) => consentTextFor(SOURCES.en, application)),
};

export function consentText(language: Language, application: Application): ConsentText {
  return consentTextFor(SOURCES[language], application);
}

/**
 * The text under the version that the station will record a consent to; null when this page was built with another,
 * so that nobody agrees to a text that was not shown.
 */
export function consentTextOf(wanted: {
  readonly language: Language;
  readonly version: string;
}): ConsentText | null {
  return TEXTS[wanted.language].find(({ version }) => version === wanted.version) ?? null;
}
