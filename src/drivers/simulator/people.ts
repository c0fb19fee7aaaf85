import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { CalendarDate } from '#domain/identity/calendar-date.ts';
import type { ResidentCard } from '#domain/identity/card-record.ts';

const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, 'not YYYY-MM-DD'));

/** An invented resident whose card can be laid on the simulated reader. */
const DemoPersonSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)),
  /** Which rendered head is this person's; also names the portrait. */
  head: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)),
  name: v.pipe(v.string(), v.maxLength(15)),
  sex: v.picklist(['male', 'female']),
  ethnicCode: v.pipe(v.string(), v.regex(/^\d{2}$/)),
  birth: day,
  address: v.pipe(v.string(), v.maxLength(35)),
  number: v.pipe(v.string(), v.length(18)),
  authority: v.pipe(v.string(), v.maxLength(15)),
  validFrom: day,
  validUntil: v.union([day, v.literal('long-term')]),
  /** False for someone whom the population register does not know. */
  registered: v.boolean(),
  note: v.strictObject({ 'zh-CN': v.string(), en: v.string() }),
});
export type DemoPerson = v.InferOutput<typeof DemoPersonSchema>;
export const DemoPeopleSchema = v.array(DemoPersonSchema);

/** Reads a file like `resources/demo/people.json`. Throws with the file and the place of the fault. */
export function loadPeople(file: URL | string): readonly DemoPerson[] {
  const checked = v.safeParse(DemoPeopleSchema, JSON.parse(readFileSync(file, 'utf8')));
  if (checked.success) return checked.output;
  const issue = checked.issues[0];
  throw new Error(`${String(file)}: ${v.getDotPath(issue) ?? 'the whole file'}: ${issue.message}`);
}

/** What the card of an invented resident says. */
export function residentCardOf(person: DemoPerson): ResidentCard {
  const { name, sex, ethnicCode, address, number, authority, validUntil } = person;
  return {
    kind: 'resident',
    name,
    sex,
    ethnicCode,
    birth: person.birth as CalendarDate,
    address,
    number,
    authority,
    validFrom: person.validFrom as CalendarDate,
    validUntil: validUntil as ResidentCard['validUntil'],
  };
}
