import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '#domain/language.ts';

/** One catalogue of messages (ICU MessageFormat) in every language of the product. */
export type Catalogues<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>;

export type MessageValues = Readonly<Record<string, string | number>>;

/** Gives the text for a key, with its placeholders filled. */
export type Translate<Key extends string> = (key: Key, values?: MessageValues) => string;

/**
 * Binds a catalogue to a language. Messages are parsed once, when first used. A missing placeholder value is a bug and
 * throws; that every key exists in every language is a matter of types and of the catalogue tests.
 */
export function makeTranslate<Key extends string>(options: {
  readonly catalogues: Catalogues<Key>;
  readonly language: Language;
}): Translate<Key> {
  const messages = options.catalogues[options.language];
  const parsed = new Map<Key, IntlMessageFormat>();
  return (key, values) => {
    let message = parsed.get(key);
    if (!message) {
      message = new IntlMessageFormat(messages[key], options.language);
      parsed.set(key, message);
    }
    return String(message.format(values));
  };
}

/** A translator for each language, made once. */
export function translateEach<Key extends string>(
  catalogues: Catalogues<Key>,
): Readonly<Record<Language, Translate<Key>>> {
  return {
    'zh-CN': makeTranslate({ catalogues, language: 'zh-CN' }),
    en: makeTranslate({ catalogues, language: 'en' }),
  };
}
