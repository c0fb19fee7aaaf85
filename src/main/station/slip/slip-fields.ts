import type { Language } from '#domain/language.ts';
import type { SlipContents } from './slip-sheet.ts';
import { SLIP_TEXTS, type SlipKey } from './slip-texts.ts';

/** The fields of a slip from top to bottom, in the citizen's language: the same on a page and on a narrow roll. */
export function slipFields(contents: SlipContents): readonly (readonly [SlipKey, string])[] {
  const { language, maskedName, application } = contents;
  return [
    ['application', SLIP_TEXTS[language][`application.${application}`]],
    ...(maskedName === null ? [] : ([['name', maskedName]] as const)),
    ['citizen-number', contents.maskedNumber],
    ['at', momentInChina(contents.at, language)],
    ['station', contents.station],
    ['sequence', String(contents.sequence)],
  ];
}

const MOMENTS: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  'zh-CN': momentFormat('zh-CN'),
  en: momentFormat('en-GB'),
};

/** China has one time zone; the machine's own must not change what is printed. */
function momentFormat(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
}

function momentInChina(epochMilliseconds: number, language: Language): string {
  return MOMENTS[language].format(epochMilliseconds);
}
