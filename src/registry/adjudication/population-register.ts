import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { Sex } from '#domain/identity/card-record.ts';

/** What the population register says of a citizen number. */
export interface RegisteredPerson {
  readonly name: string;
  readonly sex: Sex;
  /** `YYYY-MM-DD`. */
  readonly birth: string;
}

/** A pilot connects the authority's register here; the reference one is a seeded file of invented residents. */
export interface PopulationRegister {
  find(citizenNumber: string): Promise<RegisteredPerson | null>;
}

const PeopleFileSchema = v.array(
  v.object({
    name: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
    sex: v.picklist(['male', 'female', 'unknown', 'not-stated']),
    birth: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, 'not YYYY-MM-DD')),
    number: v.pipe(v.string(), v.regex(/^\d{17}[\dX]$/, 'not a citizen number')),
    registered: v.boolean(),
  }),
);

/** Reads a seeded register. Throws with the place of the first fault, never with a field's content. */
export async function readPopulationFile(file: string): Promise<PopulationRegister> {
  const text = await readFile(file, 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (fault) {
    throw new Error(`the population file ${file} is not JSON`, { cause: fault });
  }
  const checked = v.safeParse(PeopleFileSchema, value);
  if (!checked.success) {
    const place = v.getDotPath(checked.issues[0]) ?? 'the whole';
    throw new Error(
      `the population file ${file} is wrong at ${place}: expected ${checked.issues[0].expected}`,
    );
  }
  const people = new Map<string, RegisteredPerson>();
  for (const person of checked.output) {
    if (!person.registered) continue;
    people.set(person.number, { name: person.name, sex: person.sex, birth: person.birth });
  }
  return { find: async (citizenNumber) => people.get(citizenNumber) ?? null };
}
