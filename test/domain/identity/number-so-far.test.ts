import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { citizenNumberCheckCharacter, parseCitizenNumber } from '#domain/identity/citizen-number.ts';
import {
  NUMBER_LENGTH,
  NUMBER_PARTS,
  numberSoFarFault,
  partOfFault,
  typeIntoNumber,
} from '#domain/identity/number-so-far.ts';

const withCheck = (digits: string) => digits + citizenNumberCheckCharacter(digits);

const PROVINCES = [11, 15, 23, 37, 44, 46, 50, 54, 61, 65, 71, 81, 83, 91];
const birthday = fc
  .date({ min: new Date('1800-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10).replaceAll('-', ''));
const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
/** A number that a resident could have. */
const soundNumber = fc
  .tuple(fc.constantFrom(...PROVINCES), digits(4), birthday, digits(3))
  .map(([province, place, birth, order]) => withCheck(`${province}${place}${birth}${order}`));
/** What the keypad lets in, up to a whole number: digits, and an X in the last place. */
const typed = fc
  .array(fc.constantFrom(...'0123456789X'), { maxLength: 24 })
  .map((keys) => keys.reduce(typeIntoNumber, ''));

describe('a number that is being typed', () => {
  it.each([
    ['', null],
    ['0', 'no-such-region'],
    ['4', null],
    ['44', null],
    ['16', 'no-such-region'],
    ['440103', null],
    ['4401033', 'no-such-year'],
    ['44010317', 'no-such-year'],
    ['44010321', 'no-such-year'],
    ['4401031990', null],
    ['44010319902', 'no-such-month'],
    ['440103199013', 'no-such-month'],
    ['440103199000', 'no-such-month'],
    ['440103199006', null],
    ['4401031990064', 'no-such-day'],
    ['44010319900631', 'no-such-day'],
    ['44010319900600', 'no-such-day'],
    ['4401031990023', 'no-such-day'],
    ['4401031990022', null],
    ['44010319900229', 'no-such-day'],
    ['44010320000229', null],
    ['44010319000229', 'no-such-day'],
    ['44010319900614013', null],
    ['440103199006140133', null],
    ['440103199006140134', 'wrong-check-character'],
    ['11010519491231002X', null],
  ])('%j: %s', (text, fault) => {
    expect(numberSoFarFault(text)).toBe(fault);
  });

  it('is never faulted on the way to a sound number', () => {
    fc.assert(
      fc.property(soundNumber, (number) => {
        for (let length = 0; length <= NUMBER_LENGTH; length += 1) {
          expect(numberSoFarFault(number.slice(0, length))).toBeNull();
        }
      }),
    );
  });

  it('keeps its fault, whatever is typed after it', () => {
    fc.assert(
      fc.property(typed, digits(NUMBER_LENGTH), (start, more) => {
        const fault = numberSoFarFault(start);
        fc.pre(fault !== null);
        expect(numberSoFarFault([...more].reduce(typeIntoNumber, start))).toBe(fault);
      }),
    );
  });

  it('without a fault can still become a sound number', () => {
    fc.assert(
      fc.property(typed, (start) => {
        fc.pre(numberSoFarFault(start) === null);
        expect(endings(start).some((number) => parseCitizenNumber(number).ok)).toBe(true);
      }),
    );
  });

  it('is whole and without a fault only when the station takes it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PROVINCES), digits(16), (province, rest) => {
        const number = withCheck(`${province}${rest}`.slice(0, NUMBER_LENGTH - 1));
        if (numberSoFarFault(number) === null) expect(parseCitizenNumber(number).ok).toBe(true);
      }),
    );
  });

  it('is faulted for any one wrong digit', () => {
    fc.assert(
      fc.property(soundNumber, fc.nat(16), fc.integer({ min: 1, max: 9 }), (number, at, step) => {
        const digit = (Number(number.charAt(at)) + step) % 10;
        const changed = number.slice(0, at) + String(digit) + number.slice(at + 1);
        expect(numberSoFarFault(changed)).not.toBeNull();
        expect(parseCitizenNumber(changed).ok).toBe(false);
      }),
    );
  });
});

describe('the keys', () => {
  it('let an X in as the last character only, in either case', () => {
    expect(typeIntoNumber('1101051949123100', 'X')).toBe('1101051949123100');
    expect(typeIntoNumber('11010519491231002', 'x')).toBe('11010519491231002X');
  });

  it.each(['Enter', 'a', '', '12', '１', ' ', '\u0661'])('let %j in nowhere', (key) => {
    expect(typeIntoNumber('4401', key)).toBe('4401');
    expect(typeIntoNumber('11010519491231002', key)).toBe('11010519491231002');
  });

  it('make 18 characters at most', () => {
    fc.assert(fc.property(typed, (text) => text.length <= NUMBER_LENGTH));
  });
});

describe('the parts', () => {
  it('make up the whole number', () => {
    expect(NUMBER_PARTS.reduce((sum, { length }) => sum + length, 0)).toBe(NUMBER_LENGTH);
  });

  it('have each fault where its digits stand', () => {
    expect(partOfFault('no-such-region')).toBe('region');
    expect(partOfFault('no-such-day')).toBe('birth');
    expect(partOfFault('wrong-check-character')).toBe('last');
  });
});

/** Numbers that begin like this: enough of them that one is sound wherever one can be. */
function endings(start: string): readonly string[] {
  const years = ['1980', '2000', '1999', '1890', '2010'];
  const all: string[] = [];
  for (const province of PROVINCES.concat([
    12, 13, 14, 21, 22, 31, 32, 33, 34, 35, 36, 41, 42, 43, 45, 51, 52,
  ])) {
    const region = (start.slice(0, 6) + `${province}0101`.slice(Math.min(6, start.length))).slice(0, 6);
    for (const year of years) {
      for (const month of ['01', '10']) {
        for (const day of ['01', '10', '20', '30']) {
          const birth = `${year}${month}${day}`;
          const tail = `${region}${birth}001`;
          const number = start + tail.slice(start.length);
          all.push(number.length >= NUMBER_LENGTH ? number.slice(0, NUMBER_LENGTH) : withCheck(number));
        }
      }
    }
  }
  return all;
}
