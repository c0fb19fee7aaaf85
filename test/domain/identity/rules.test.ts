import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageBand } from '#domain/identity/age-rule.ts';
import type { CalendarDate } from '#domain/identity/calendar-date.ts';
import { cardValidity } from '#domain/identity/card-validity.ts';
import { ethnicGroupName } from '#domain/identity/ethnic-groups.ts';
import { maskName, maskNumber } from '#domain/identity/masking.ts';

const day = (text: string) => text as CalendarDate;

describe('age rule', () => {
  it.each([
    ['2012-11-24', 'under-14'],
    ['2012-11-23', '14-17'],
    ['2008-11-24', '14-17'],
    ['2008-11-23', 'adult'],
    ['2030-01-01', 'under-14'],
  ])('someone born on %s is %s on 2026-11-23', (birth, band) => {
    expect(ageBand({ birth: day(birth), day: day('2026-11-23') })).toBe(band);
  });

  it('gives someone born on 29 February a birthday on 1 March', () => {
    expect(ageBand({ birth: day('2008-02-29'), day: day('2026-02-28') })).toBe('14-17');
    expect(ageBand({ birth: day('2008-02-29'), day: day('2026-03-01') })).toBe('adult');
  });
});

describe('validity of a card', () => {
  const card = { validFrom: day('2016-07-01'), validUntil: day('2036-07-01') };
  it.each([
    ['2016-06-30', 'not-yet-valid'],
    ['2016-07-01', 'valid'],
    ['2036-07-01', 'valid'],
    ['2036-07-02', 'expired'],
  ])('on %s it is %s', (on, validity) => {
    expect(cardValidity({ card, day: day(on) })).toBe(validity);
  });

  it('never expires when it is long-term', () => {
    const longTerm = { ...card, validUntil: 'long-term' as const };
    expect(cardValidity({ card: longTerm, day: day('2999-01-01') })).toBe('valid');
  });
});

describe('masking', () => {
  it.each([
    ['11010119900307002X', '110***********002X'],
    ['12345', '*****'],
    ['', ''],
  ])('number %j is shown as %j', (number, masked) => {
    expect(maskNumber(number)).toBe(masked);
  });

  it.each([
    ['张三', '张*'],
    ['欧阳示例', '欧***'],
    ['𬀩明', '𬀩*'],
    ['龑', '*'],
    ['', ''],
  ])('name %j is shown as %j', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it('covers the birth in every number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{17}[\dX]$/), (number) => {
        expect(maskNumber(number).slice(3, 14)).toBe('*'.repeat(11));
      }),
    );
  });
});

describe('ethnic groups', () => {
  it('names the codes of GB/T 3304', () => {
    expect(ethnicGroupName({ code: '01', language: 'zh-CN' })).toBe('汉');
    expect(ethnicGroupName({ code: '56', language: 'en' })).toBe('Jino');
    expect(ethnicGroupName({ code: '98', language: 'zh-CN' })).toBe('外国血统中国籍人士');
  });

  it.each(['57', '96', '00', '99', 'toString'])(
    'show the code %s, which has no name there, as it is',
    (code) => {
      expect(ethnicGroupName({ code, language: 'zh-CN' })).toBe(code);
      expect(ethnicGroupName({ code, language: 'en' })).toBe(code);
    },
  );
});
