import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import type { CalendarDate } from './calendar-date.ts';
import { parseCompactDate } from './calendar-date.ts';
import { type FieldPlace, fieldText } from './card-block.ts';
import type { CardFault, CardField, CardKind, Sex } from './card-record.ts';

/** Reads a field's trimmed text; undefined when it is damaged. */
export type FieldForm<T> = (text: string) => T | undefined;

/** What stands where the last day would be on a card without one; common knowledge, unverified on real chips. */
export const LONG_TERM = '长期';

/** Reads the fields in the order of `forms`; the first that is damaged is named. */
export function readFields<Values extends { readonly [Name in CardField]?: unknown }>(card: {
  readonly block: Uint8Array;
  readonly kind: CardKind;
  readonly places: Readonly<Record<NoInfer<keyof Values>, FieldPlace>>;
  readonly forms: { readonly [Name in keyof Values]: FieldForm<Values[Name]> };
}): Result<Values, CardFault> {
  const { block, kind, places, forms } = card;
  const values: Partial<Values> = {};
  for (const field of Object.keys(forms) as (keyof Values & CardField)[]) {
    const value = forms[field](fieldText(block, places[field]));
    if (value === undefined) return err({ reason: 'damaged-field', kind, field });
    values[field] = value;
  }
  return ok(values as Values);
}

/**
 * Text of any planes, private-use characters included: registers wrote names with those before Unicode had the
 * ideograph, and the card's own spelling has to survive. Nothing that cannot be shown in a line as it stands: control
 * and non-characters, line separators, halves of characters, marks that reverse what follows.
 */
export const shownText: FieldForm<string> = (text) => {
  const notShown = /[\p{Cc}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Bidi_Control}]/u;
  return text === '' || !text.isWellFormed() || notShown.test(text) ? undefined : text;
};

/** GB/T 2261.1. */
export const sexCode: FieldForm<Sex> = (text) => {
  switch (text) {
    case '0':
      return 'unknown';
    case '1':
      return 'male';
    case '2':
      return 'female';
    case '9':
      return 'not-stated';
    default:
      return undefined;
  }
};

/** YYYYMMDD. */
export const day: FieldForm<CalendarDate> = (text) => orUndefined(parseCompactDate(text));

/** YYYYMMDD, or {@link LONG_TERM}. */
export const lastDay: FieldForm<CalendarDate | 'long-term'> = (text) =>
  text === LONG_TERM ? 'long-term' : day(text);

/** ISO 3166-1 alpha-3 by its form: states come and go. */
export const countryLetters: FieldForm<string> = (text) => (/^[A-Z]{3}$/.test(text) ? text : undefined);

export const digits =
  (count: number): FieldForm<string> =>
  (text) =>
    text.length === count && /^\d+$/.test(text) ? text : undefined;

/** Null for a field that is left blank. */
export const optional =
  <T>(form: FieldForm<T>): FieldForm<T | null> =>
  (text) =>
    text === '' ? null : form(text);

/** What a parser accepts. */
export const accepted =
  <T>(parse: (text: string) => Result<T, unknown>): FieldForm<T> =>
  (text) =>
    orUndefined(parse(text));

function orUndefined<T>(read: Result<T, unknown>): T | undefined {
  return read.ok ? read.value : undefined;
}
