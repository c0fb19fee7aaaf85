import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { OtherCardKind } from '#domain/identity/accepted-cards.ts';
import type { CalendarDate } from '#domain/identity/calendar-date.ts';
import type { CardRecord } from '#domain/identity/card-record.ts';

const day = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, 'not YYYY-MM-DD'),
  v.transform((text) => text as CalendarDate),
);
const text = v.pipe(v.string(), v.minLength(1));

const everyCard = {
  sex: v.picklist(['male', 'female', 'unknown', 'not-stated']),
  birth: day,
  number: text,
  validFrom: day,
  validUntil: v.union([day, v.literal('long-term')]),
};

const OtherCardSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('residence-permit'),
    ...everyCard,
    name: text,
    address: text,
    authority: text,
    travelPermit: text,
    issues: text,
  }),
  v.strictObject({
    kind: v.literal('foreigner-2017'),
    ...everyCard,
    latinName: text,
    chineseName: v.nullable(text),
    nationality: text,
    version: text,
    acceptingAuthority: text,
  }),
  v.strictObject({
    kind: v.literal('foreigner-2023'),
    ...everyCard,
    latinName: text,
    chineseName: v.nullable(text),
    nationality: text,
    renewals: text,
    earlierNumberLink: v.nullable(text),
  }),
]);

/** An invented person with a card for which no e-ID is issued. */
export interface OtherCard {
  readonly id: string;
  readonly invented: true;
  readonly card: Extract<CardRecord, { kind: OtherCardKind }>;
  readonly note: { readonly 'zh-CN': string; readonly en: string };
}

const OtherCardsSchema: v.GenericSchema<unknown, readonly OtherCard[]> = v.array(
  v.strictObject({
    id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)),
    invented: v.literal(true),
    card: OtherCardSchema,
    note: v.strictObject({ 'zh-CN': v.string(), en: v.string() }),
  }),
);

/** Reads a file like `resources/demo/other-cards.json`. Throws with the file and the place of the fault. */
export function loadOtherCards(file: URL | string): readonly OtherCard[] {
  const checked = v.safeParse(OtherCardsSchema, JSON.parse(readFileSync(file, 'utf8')));
  if (checked.success) return checked.output;
  const issue = checked.issues[0];
  throw new Error(`${String(file)}: ${v.getDotPath(issue) ?? 'the whole file'}: ${issue.message}`);
}
