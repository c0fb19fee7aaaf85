import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReadOffCard, judgePassword } from '#domain/enrolment/password-rules.ts';
import type { CalendarDate } from '#domain/identity/calendar-date.ts';

const judge = (password: string, repeat = password) => judgePassword({ password, repeat });
const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));

describe('a new password', () => {
  it.each(['27184590', '90318264', '11235813', '00000001', '12345687'])('%s is taken', (password) => {
    expect(judge(password)).toBeNull();
  });

  it.each(['', '1234567', '271845901', '2718459O', '２７１８４５９０', ' 2718459', '-2718459'])(
    '%j is not eight digits',
    (password) => {
      expect(judge(password)).toBe('wrong-length');
    },
  );

  it('must be entered twice the same', () => {
    expect(judge('27184590', '27184591')).toBe('different');
    expect(judge('27184590', '')).toBe('different');
  });

  it.each([
    ['all the same', '77777777'],
    ['counting up', '12345678'],
    ['counting up across zero', '78901234'],
    ['counting down', '98765432'],
    ['counting down across zero', '32109876'],
    ['one pair four times', '47474747'],
    ['one half twice', '39183918'],
    ['four pairs', '11223344'],
    ['two fours', '66669999'],
  ])('is refused when it is %s', (_, password) => {
    expect(judge(password)).toBe('too-simple');
  });

  it('is judged by its digits only, so that most of them pass', () => {
    const refused = Array.from({ length: 10_000 }, (_, index) =>
      String(index * 9973 + 317).padStart(8, '0'),
    ).filter((password) => judge(password) !== null);
    expect(refused.length).toBeLessThan(100);
  });

  it('is never taken when it repeats its own half', () => {
    fc.assert(
      fc.property(digits(4), (half) => {
        expect(judge(half + half)).toBe('too-simple');
      }),
    );
  });
});

describe('a password that can be read off the card', () => {
  const card = { birth: '1991-03-07' as CalendarDate, number: '440105199103074718' };
  const read = (password: string) => isReadOffCard({ ...card, password });

  it.each([
    ['the birth date', '19910307'],
    ['the short birth date at its end', '58910307'],
    ['the short birth date at its start', '91030758'],
    ['day, month, year', '07031991'],
    ['month, day, year', '03071991'],
    ['month, day and short year in the middle', '40307915'],
    ['the last six of the citizen number', '31074718'],
    ['the region of the citizen number', '44010552'],
  ])('holds %s', (_, password) => {
    expect(read(password)).toBe(true);
  });

  it.each(['27184590', '19920307', '03710391'])('%s does not', (password) => {
    expect(read(password)).toBe(false);
  });

  it('is any that shares six digits in a row with the number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12 }),
        digits(2),
        fc.integer({ min: 0, max: 2 }),
        (at, rest, cut) => {
          const password = rest.slice(0, cut) + card.number.slice(at, at + 6) + rest.slice(cut);
          expect(read(password)).toBe(true);
        },
      ),
    );
  });
});
