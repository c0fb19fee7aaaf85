import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkPersonName,
  LONGEST_NAME,
  normalisePersonName,
  samePersonName,
} from '#domain/identity/person-name.ts';
import { err, ok } from '#domain/result.ts';

const DOTS = [
  '\u00b7',
  '\u2022',
  '\u2027',
  '\u2219',
  '\u22c5',
  '\u2e31',
  '\u0387',
  '\u30fb',
  '\uff65',
  '\u318d',
];
const ideograph = fc.oneof(
  fc.integer({ min: 0x4e00, max: 0x9fff }),
  fc.integer({ min: 0x3400, max: 0x4dbf }),
  fc.integer({ min: 0x20000, max: 0x2a6df }),
  fc.constant(0x3007),
);
const ideographs = (most: number) =>
  fc.array(ideograph, { minLength: 1, maxLength: most }).map((codes) => String.fromCodePoint(...codes));

describe('a name as it is compared', () => {
  it.each(DOTS)('%s joins like the middle dot U+00B7', (dot) => {
    expect(normalisePersonName(`古丽${dot}艾山`)).toBe('古丽·艾山');
    expect(samePersonName(`古丽${dot}艾山`, '古丽·艾山')).toBe(true);
  });

  it('loses the padding of cards and input methods, at the ends only', () => {
    expect(normalisePersonName('  苏小雨\u3000\u3000')).toBe('苏小雨');
    expect(normalisePersonName(' ANNA LIND ')).toBe('ANNA LIND');
  });

  it('is composed: accents and compatibility ideographs have one form', () => {
    expect(samePersonName('ZOE\u0308 LIND', 'ZO\u00cb LIND')).toBe(true);
    expect(samePersonName('\uf9d1小雨', '\u516d小雨')).toBe(true);
  });

  it('stays itself when normalised again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = normalisePersonName(text);
        expect(normalisePersonName(once)).toBe(once);
      }),
    );
  });

  it.each([
    ['traditional for simplified', '张三', '張三'],
    ['another of the same sound', '李娜', '李纳'],
    ['a missing dot', '古丽·艾山', '古丽艾山'],
    ['small letters for capitals', 'ANNA LIND', 'Anna Lind'],
    ['a space inside', '苏小雨', '苏 小雨'],
  ])('%s is another name', (_, one, other) => {
    expect(samePersonName(one, other)).toBe(false);
  });

  it('is the same name from either side, and differs after any ideograph is exchanged', () => {
    fc.assert(
      fc.property(ideographs(6), ideographs(6), (one, other) => {
        expect(samePersonName(one, other)).toBe(samePersonName(other, one));
        expect(samePersonName(one, other)).toBe(one === other);
      }),
    );
  });
});

describe('reading a name', () => {
  it.each([
    ['two characters', '苏雨'],
    ['a surname of two', '欧阳小雨'],
    ['a character beyond the basic plane', '王\u{2b5ae}'],
    ['a character of extension A', '王\u4dae'],
    ['zero as a name', '何〇'],
    ['parts joined by a dot', '阿依努尔·买买提'],
    ['Latin letters of a naturalised person', 'ANNA LIND'],
    ['accented letters', 'ZOË ÅSTRÖM'],
    ['fifteen units', '苏'.repeat(15)],
    ['a name that its card cut behind a dot', `${'古'.repeat(14)}·`],
  ])('takes %s', (_, name) => {
    expect(checkPersonName(name)).toEqual(ok(name));
  });

  it('gives back the normalised name', () => {
    expect(checkPersonName(' 古丽•艾山\u3000')).toEqual(ok('古丽·艾山'));
  });

  it.each([
    ['nothing', '', 'empty'],
    ['spaces', ' \u3000 ', 'empty'],
    ['sixteen units', '苏'.repeat(16), 'too-long'],
    ['eight characters beyond the basic plane, two units each', '\u{20000}'.repeat(8), 'too-long'],
    ['a digit', '苏1', 'not-a-name'],
    ['a full-width digit', '苏１', 'not-a-name'],
    ['full-width letters', 'ＡＮＮＡ', 'not-a-name'],
    ['a line break', '苏\n雨', 'not-a-name'],
    ['a line break at the end', '苏雨\n', 'not-a-name'],
    ['a NUL', '苏\0雨', 'not-a-name'],
    ['private use', '苏\ue863', 'not-a-name'],
    ['private use of plane 15', '苏\u{f0000}', 'not-a-name'],
    ['half a surrogate pair', '苏\ud840', 'not-a-name'],
    ['a direction mark', '苏\u202e雨', 'not-a-name'],
    ['a variation selector', '苏\ufe00', 'not-a-name'],
    ['kana', 'さくら', 'not-a-name'],
    ['a radical that looks like a character', '\u2f00', 'not-a-name'],
    ['only a dot', '·', 'not-a-name'],
    ['a dot at the beginning', '·艾山', 'not-a-name'],
    ['a dot at the end', '古丽·', 'not-a-name'],
    ['two dots', '古丽··艾山', 'not-a-name'],
    ['punctuation', '苏小雨。', 'not-a-name'],
  ] as const)('refuses %s', (_, text, fault) => {
    expect(checkPersonName(text)).toEqual(err(fault));
  });

  it('takes every short run of ideographs, and parts of it with a dot between', () => {
    fc.assert(
      fc.property(ideographs(3), ideographs(3), fc.constantFrom(...DOTS), (one, other, dot) => {
        expect(checkPersonName(one)).toEqual(ok(one));
        expect(checkPersonName(`${one}${dot}${other}`)).toEqual(ok(`${one}·${other}`));
      }),
    );
  });

  it('never answers with what it would refuse or change on a second reading, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({
        unit: fc.constantFrom('苏', 'A', ' ', '\u3000', '1', '\ud840', '\udc00', ...DOTS),
        maxLength: 18,
      }),
    );
    fc.assert(
      fc.property(text, (any) => {
        const read = checkPersonName(any);
        if (!read.ok) return;
        expect(checkPersonName(read.value)).toEqual(read);
        expect(read.value.length).toBeLessThanOrEqual(LONGEST_NAME);
        expect(read.value.isWellFormed()).toBe(true);
        expect(read.value).not.toMatch(/[\p{Cc}\p{Co}\p{Cs}\p{Nd}]/u);
        expect(samePersonName(any, read.value)).toBe(true);
      }),
    );
  });
});
