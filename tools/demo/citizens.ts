import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Visit } from '#domain/session/snapshot.ts';
import { makeReferencePhone, type ReferencePhone } from '#phone/reference-phone.ts';
import type { Citizen, TypedSyllable } from './scripted-citizen.ts';

export type PhonedCitizen = Citizen & { readonly phone: ReferencePhone };

const PEOPLE = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../resources/demo/people.json'), 'utf8'),
) as readonly { readonly id: string; readonly name: string; readonly number: string }[];

/** How the two names sound, character by character. */
const SOUNDS = { lin: ['lin', 'shi', 'yuan'], mei: ['mei', 'ruo', 'li'] } as const;

/** The two invented people of the demo; each keeps the phone from visit to visit. */
export function citizens(options: { readonly now: () => number }): {
  readonly lin: (visit: Visit) => PhonedCitizen;
  readonly mei: (visit: Visit) => PhonedCitizen;
} {
  const one = (
    about: Pick<Citizen, 'who' | 'language' | 'password'> & { readonly person: 'lin' | 'mei' },
  ) => {
    const phone = makeReferencePhone({ seed: randomBytes(32), now: options.now });
    const typed = typedBy(about.person);
    return (visit: Visit): PhonedCitizen => ({ ...about, visit, phone, typed });
  };
  return {
    lin: one({ who: 'Lin', person: 'lin', language: 'zh-CN', password: '70318264' }),
    mei: one({ who: 'Mei', person: 'mei', language: 'en', password: '58204913' }),
  };
}

function typedBy(id: 'lin' | 'mei'): { readonly number: string; readonly name: readonly TypedSyllable[] } {
  const person = PEOPLE.find((each) => each.id === id);
  if (person === undefined) throw new Error(`there is no ${id} among the demo's people`);
  const sounds: readonly string[] = SOUNDS[id];
  const name = Array.from(person.name, (character, index) => ({ character, sound: sounds[index] ?? '' }));
  return { number: person.number, name };
}
