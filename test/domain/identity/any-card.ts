import fc from 'fast-check';
import type { CalendarDate } from '#domain/identity/calendar-date.ts';
import type { CardKind, CardRecord } from '#domain/identity/card-record.ts';
import { citizenNumberCheckCharacter } from '#domain/identity/citizen-number.ts';
import { icaoCheckDigit } from '#domain/identity/icao-check-digit.ts';

/** Ideographs of several planes, private-use characters of all three areas, a middle dot. */
const CHINESE = [...'王李张刘陈杨𬀩䶮㛃〇·\ue863\uf8ff\u{f0021}\u{10fffd}\u{2f81a}'];

function text(units: readonly string[], most: number): fc.Arbitrary<string> {
  const unit = fc.constantFrom(...units);
  // Fields end in U+0020: a text that begins or ends with one would not come back.
  return fc
    .string({ unit, minLength: 1, maxLength: most })
    .filter((made) => made.length <= most && made.trim() === made && made !== '');
}

const chinese = (most: number) => text(CHINESE, most);
const latin = (most: number) => text([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ', '-', ',', ' ', ' '], most);
const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`));
const letters = fc.stringMatching(/^[A-Z]{3}$/);

function dayBetween(first: string, last: string): fc.Arbitrary<CalendarDate> {
  return fc
    .date({ min: new Date(first), max: new Date(last), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10) as CalendarDate);
}

const everyCard = {
  birth: dayBetween('1900-01-01', '2026-01-01'),
  validFrom: dayBetween('2004-01-01', '2026-12-31'),
  validUntil: fc.oneof(dayBetween('2027-01-01', '2060-12-31'), fc.constant('long-term' as const)),
};
const anySex = fc.constantFrom('male', 'female', 'unknown', 'not-stated');
/** Whether a sex is told; which one, the number says. */
const toldSex = fc.constantFrom('told', 'unknown', 'not-stated');

const compact = (date: CalendarDate) => date.replaceAll('-', '');
const checked = (body: string) => body + citizenNumberCheckCharacter(body);

/** A citizen number, and the sex that goes with it. */
function numbered(person: {
  readonly region: string;
  readonly birth: CalendarDate;
  readonly sequence: string;
  readonly told: 'told' | 'unknown' | 'not-stated';
}) {
  const { region, birth, sequence, told } = person;
  const sex = Number(sequence) % 2 === 1 ? ('male' as const) : ('female' as const);
  return { number: checked(region + compact(birth) + sequence), sex: told === 'told' ? sex : told };
}

const resident = fc
  .record({
    ...everyCard,
    name: chinese(15),
    ethnicCode: digits(2),
    address: chinese(35),
    authority: chinese(15),
    region: digits(6),
    sequence: digits(3),
    told: toldSex,
  })
  .map(({ region, sequence, told, ...card }): CardRecord => {
    return { kind: 'resident', ...card, ...numbered({ ...card, region, sequence, told }) };
  });

const residencePermit = fc
  .record({
    ...everyCard,
    name: chinese(15),
    address: chinese(35),
    authority: chinese(15),
    travelPermit: fc.stringMatching(/^[HM]?\d{8}$/),
    issues: digits(2),
    region: fc.constantFrom('810000', '820000', '830000'),
    sequence: digits(3),
    told: toldSex,
  })
  .map(({ region, sequence, told, ...card }): CardRecord => {
    return { kind: 'residence-permit', ...card, ...numbered({ ...card, region, sequence, told }) };
  });

const foreigner2017 = fc
  .record({
    ...everyCard,
    sex: anySex,
    latinName: latin(60),
    chineseName: fc.option(chinese(15)),
    nationality: letters,
    version: digits(2),
    acceptingAuthority: digits(4),
    region: digits(4),
    sequence: digits(1),
  })
  .map(({ region, sequence, ...card }): CardRecord => {
    const body = card.nationality + region + compact(card.birth).slice(2) + sequence;
    return { kind: 'foreigner-2017', ...card, number: body + icaoCheckDigit(body) };
  });

const foreigner2023 = fc
  .record({
    ...everyCard,
    sex: anySex,
    latinName: latin(46),
    chineseName: fc.option(chinese(15)),
    nationality: letters,
    renewals: digits(2),
    earlierNumberLink: fc.option(digits(3)),
    regionAndCountry: digits(5),
    sequence: digits(3),
  })
  .map(({ regionAndCountry, sequence, ...card }): CardRecord => {
    return {
      kind: 'foreigner-2023',
      ...card,
      number: checked(`9${regionAndCountry}${compact(card.birth)}${sequence}`),
    };
  });

/** Sound cards of invented people, for fast-check. */
export const ANY_CARD: Readonly<Record<CardKind, fc.Arbitrary<CardRecord>>> = {
  resident,
  'residence-permit': residencePermit,
  'foreigner-2017': foreigner2017,
  'foreigner-2023': foreigner2023,
};
