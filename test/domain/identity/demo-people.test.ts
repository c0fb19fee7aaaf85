import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCitizenNumber } from '#domain/identity/citizen-number.ts';

const people: { id: string; number: string; birth: string; sex: string; name: string; address: string }[] =
  JSON.parse(readFileSync(new URL('../../../resources/demo/people.json', import.meta.url), 'utf8'));

describe('the invented residents', () => {
  it.each(people.map((person) => [person.id, person] as const))('%s has a consistent number', (_, person) => {
    expect(parseCitizenNumber(person.number)).toMatchObject({
      ok: true,
      value: { birth: person.birth, sex: person.sex },
    });
  });

  it('fit on a card', () => {
    for (const person of people) {
      expect(person.name.length).toBeLessThanOrEqual(15);
      expect(person.address.length).toBeLessThanOrEqual(35);
    }
  });
});
