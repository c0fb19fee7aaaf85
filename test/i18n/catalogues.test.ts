import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { APPLICATIONS } from '#domain/enrolment/application.ts';
import { LANGUAGES } from '#domain/language.ts';
import { citizenCatalogues } from '#i18n/citizen-messages.ts';
import { consentText, consentTextOf } from '#i18n/consent-text.ts';
import { consoleCatalogues } from '#i18n/console-messages.ts';
import { dockCatalogues } from '#i18n/dock-messages.ts';
import { nameKeyboardCatalogues } from '#i18n/name-keyboard-messages.ts';
import { phoneCatalogues } from '#i18n/phone-messages.ts';
import type { Catalogues } from '#i18n/translator.ts';
import { messagesCalledFor } from './messages-called-for.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (pattern: string) =>
  globSync(pattern, { cwd: root }).map((file) => ({
    file,
    source: readFileSync(resolve(root, file), 'utf8'),
  }));

const CATALOGUES: readonly {
  readonly name: string;
  readonly catalogues: Catalogues<string>;
  readonly sources: readonly string[];
}[] = [
  {
    name: 'citizen',
    catalogues: citizenCatalogues,
    sources: ['src/renderer/citizen/{*,!(name-keyboard)/**/*}.{ts,tsx}'],
  },
  {
    name: 'name keyboard',
    catalogues: nameKeyboardCatalogues,
    sources: ['src/renderer/citizen/name-keyboard/*.{ts,tsx}'],
  },
  { name: 'console', catalogues: consoleCatalogues, sources: ['src/renderer/console/**/*.{ts,tsx}'] },
  { name: 'dock', catalogues: dockCatalogues, sources: ['src/renderer/dock/**/*.{ts,tsx}'] },
  {
    name: 'phone',
    catalogues: phoneCatalogues,
    sources: ['src/phone/**/*.{ts,tsx}'],
  },
];

/** Names of a message's placeholders, sorted. */
function placeholdersOf(message: string): string[] {
  return new IntlMessageFormat(message, 'en')
    .getAst()
    .flatMap((element) => ('value' in element && element.type !== 0 ? [String(element.value)] : []))
    .sort();
}

describe.each(CATALOGUES)('the $name texts', ({ catalogues, sources }) => {
  const zh = catalogues['zh-CN'];
  const en = catalogues.en;

  it('have the same keys in every language', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  });

  it('are nowhere empty and have no stray spaces', () => {
    for (const language of LANGUAGES) {
      const faults = Object.entries(catalogues[language]).filter(
        ([, text]) => text !== text.trim() || text === '' || text.includes('  '),
      );
      expect(faults).toEqual([]);
    }
  });

  it('have the same placeholders in every language', () => {
    const faults = Object.keys(zh).filter(
      (key) => placeholdersOf(zh[key] ?? '').join() !== placeholdersOf(en[key] ?? '').join(),
    );
    expect(faults).toEqual([]);
  });

  it('are used, each of them, and whatever is used is there', () => {
    const called = messagesCalledFor(sources.flatMap((pattern) => read(pattern)).map(({ source }) => source));
    const keys = Object.keys(zh);
    expect(keys.filter((key) => !called.some((call) => call.test(key)))).toEqual([]);
    expect(called.filter((call) => !keys.some((key) => call.test(key))).map(String)).toEqual([]);
  });

  it('are written with the punctuation of their language', () => {
    const halfWidth = Object.entries(zh).filter(([, text]) => /[一-鿿][,;:!?]|[,;!?][一-鿿]/.test(text));
    const fullWidth = Object.entries(en).filter(
      ([key, text]) => /[，。；：！？（）]/.test(text) && !key.startsWith('language.'),
    );
    expect([...halfWidth, ...fullWidth]).toEqual([]);
  });
});

describe('texts in the sources', () => {
  const views = read('src/{renderer,ui,phone}/**/*.tsx');

  it('hold no Chinese outside the locales', () => {
    expect(views.filter(({ source }) => /[㐀-鿿，。！？]/.test(source)).map(({ file }) => file)).toEqual([]);
  });

  it('hold no English words between tags or in attributes that people read', () => {
    const words =
      />\s*[A-Z][a-z]+(?: [a-z]+)*[.!?]?\s*<\/|(?:aria-label|alt|title|placeholder)="[^"]*[a-z]{3,}/;
    expect(views.filter(({ source }) => words.test(source)).map(({ file }) => file)).toEqual([]);
  });
});

describe('the consent', () => {
  it('is shown under its own version only: a station that records another gets no text to agree to', () => {
    for (const language of LANGUAGES) {
      for (const application of APPLICATIONS) {
        const text = consentText(language, application);
        expect(consentTextOf({ language, version: text.version })).toEqual(text);
        expect(consentTextOf({ language, version: `${text.version}0` })).toBeNull();
      }
    }
  });

  it('has a version of its own for each application, the same in every language', () => {
    const versions = APPLICATIONS.map((application) => consentText('zh-CN', application).version);
    expect(new Set(versions).size).toBe(APPLICATIONS.length);
    expect(APPLICATIONS.map((application) => consentText('en', application).version)).toEqual(versions);
  });
});
