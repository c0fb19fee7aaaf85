import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Language } from '#domain/language.ts';

function load(language: Language): Readonly<Record<string, string>> {
  const file = resolve(import.meta.dirname, `../../../resources/locales/citizen.${language}.json`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

const TEXTS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  'zh-CN': load('zh-CN'),
  en: load('en'),
};

/** What a citizen reads in a language; throws for a key that the locale does not have. */
export function textOf(language: Language, key: string): string {
  const text = TEXTS[language][key];
  if (text === undefined) throw new Error(`${language} has no text "${key}"`);
  return text;
}
