import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CalendarDate } from '#domain/identity/calendar-date.ts';
import type { ResidentCard } from '#domain/identity/card-record.ts';
import { citizenNumberCheckCharacter } from '#domain/identity/citizen-number.ts';
import { textBlock } from '../domain/identity/card-text-block.ts';

/** An invented resident, and whether the register knows them. */
export interface Person {
  readonly card: ResidentCard;
  readonly registered: boolean;
}

function person(told: {
  readonly name: string;
  readonly birth: string;
  readonly order: string;
  readonly validUntil?: string;
  readonly registered?: boolean;
}): Person {
  const digits = `440103${told.birth.replaceAll('-', '')}${told.order}`;
  return {
    registered: told.registered ?? true,
    card: {
      kind: 'resident',
      name: told.name,
      sex: Number(told.order) % 2 === 1 ? 'male' : 'female',
      ethnicCode: '01',
      birth: told.birth as CalendarDate,
      address: '广东省广州市荔湾区虚构路7号302房',
      number: `${digits}${citizenNumberCheckCharacter(digits)}`,
      authority: '广州市公安局荔湾分局',
      validFrom: '2016-01-01' as CalendarDate,
      validUntil: (told.validUntil ?? '2036-01-01') as ResidentCard['validUntil'],
    },
  };
}

/** The number that is written on the cards of nobody else. */
export const PEOPLE = {
  lin: person({ name: '林测安', birth: '1990-06-14', order: '011' }),
  mei: person({ name: '梅拟真', birth: '1994-03-27', order: '022' }),
  planted: person({ name: '欧阳谛听雪', birth: '1985-11-30', order: '357' }),
  stranger: person({ name: '无登记', birth: '1987-09-21', order: '079', registered: false }),
  teenager: person({ name: '方少年', birth: '2010-11-02', order: '046' }),
  expired: person({ name: '陆过期', birth: '1979-04-30', order: '057', validUntil: '2025-06-01' }),
} as const;

/** The chip's text block of a card. */
export function chipText(card: ResidentCard): Uint8Array {
  const compact = (date: string) => (date === 'long-term' ? '长期' : date.replaceAll('-', ''));
  return textBlock({
    name: card.name,
    sex: card.sex === 'male' ? '1' : '2',
    ethnicCode: card.ethnicCode,
    birth: compact(card.birth),
    address: card.address,
    number: card.number,
    authority: card.authority,
    validFrom: compact(card.validFrom),
    validUntil: compact(card.validUntil),
  });
}

/** The population register's seed. */
export function writePeopleFile(folder: string): string {
  const file = join(folder, 'people.json');
  const people = Object.values(PEOPLE).map(({ card, registered }) => ({ ...card, registered }));
  writeFileSync(file, JSON.stringify(people));
  return file;
}
