import type { Language } from '#domain/language.ts';

/** China has one time zone; a terminal's own zone setting must not change what a citizen reads. */
const timeZone = 'Asia/Shanghai';

const dayFormats: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  'zh-CN': new Intl.DateTimeFormat('zh-CN', { timeZone, year: 'numeric', month: 'long', day: 'numeric' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: 'long', day: 'numeric' }),
};

const momentFormats: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  'zh-CN': new Intl.DateTimeFormat('zh-CN', {
    timeZone,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }),
  en: new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }),
};

/** A day in China, e.g. `2026年11月23日`, `23 November 2026`. */
export function formatDay(language: Language, epochMilliseconds: number): string {
  return dayFormats[language].format(epochMilliseconds);
}

/** A day and time in China to the minute, e.g. `2026年11月23日 10:15`, `23 Nov 2026, 10:15`. */
export function formatMoment(language: Language, epochMilliseconds: number): string {
  return momentFormats[language].format(epochMilliseconds);
}
