import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidatesFor } from '#renderer/citizen/name-keyboard/candidates.ts';
import { openPinyinTable } from '#renderer/citizen/name-keyboard/pinyin-table.ts';
import { partLetters, SEPARATOR } from '#renderer/citizen/name-keyboard/segments.ts';
import { READINGS, builtTable as table } from './built-table.ts';

const atStart = (letters: string) => candidatesFor({ table, letters, atStart: true });
const inside = (letters: string) => candidatesFor({ table, letters, atStart: false });
const texts = (candidates: readonly { readonly text: string }[]) => candidates.map(({ text }) => text);
const parted = (letters: string) =>
  partLetters(table, letters).map((segments) => segments.map((segment) => segment.letters).join('|'));

describe('parting letters into readings', () => {
  it.each([
    ['zhangsan', 'zhang|san'],
    ['zhangsanfeng', 'zhang|san|feng'],
    ['ouyangxiu', 'ou|yang|xiu'],
    ['xian', 'xian'],
    ["xi'an", "xi'|an"],
    ['lvmin', 'lv|min'],
    ['lyumin', 'lyu|min'],
    ['zhs', 'zh|s'],
    ['zhangs', 'zhang|s'],
    ['fangan', 'fang|an'],
    ['gu', 'gu'],
    ['m', 'm'],
    ['ng', 'ng'],
  ])('%s is %s', (letters, expected) => {
    expect(parted(letters)[0]).toBe(expected);
  });

  it('keeps the other ways too', () => {
    expect(parted('xian')).toContain('xi|an');
    expect(parted('fangan')).toContain('fan|gan');
  });

  it('takes the longest beginning that readings cover, and none of what no reading begins with', () => {
    expect(parted('zhangi')[0]).toBe('zhang');
    expect(parted('u')).toEqual([]);
    expect(parted("'")).toEqual([]);
  });

  it('covers every run of readings, whole and in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...READINGS), { minLength: 1, maxLength: 5 }), (run) => {
        expect(parted(run.join(SEPARATOR))[0]).toBe(
          run.map((one, at) => (at + 1 < run.length ? `${one}'` : one)).join('|'),
        );
        for (const way of parted(run.join(''))) expect(way.replaceAll('|', '')).toBe(run.join(''));
      }),
    );
  });
});

describe('the first character of a name', () => {
  it.each([
    ['zhang', '张'],
    ['shan', '单'],
    ['xie', '谢'],
    ['qiu', '邱'],
    ['zeng', '曾'],
    ['ou', '欧'],
    ['lv', '吕'],
    ['lyu', '吕'],
    ['xv', '徐'],
    ['yu', '于'],
  ])('%s begins with the surname %s', (letters, surname) => {
    expect(texts(atStart(letters))[0]).toBe(surname);
  });

  it.each([
    ['xie', '解'],
    ['qiu', '仇'],
    ['ou', '区'],
    ['zha', '查'],
  ])('%s offers the surname %s on its first page', (letters, surname) => {
    expect(texts(atStart(letters)).slice(0, 8)).toContain(surname);
  });

  it('may be a surname of two, which leads as a whole', () => {
    expect(atStart('ouyang')[0]).toEqual({ text: '欧阳', letters: 6 });
    expect(atStart('yuchi')[0]).toEqual({ text: '尉迟', letters: 5 });
    expect(texts(atStart('ouyangxue'))[0]).toMatch(/^欧阳.$/);
    expect(texts(atStart('ouyangxue'))).toContain('欧阳');
  });
});

describe('the other characters of a name', () => {
  it('begin with those of given names, not with surnames', () => {
    expect(texts(inside('li'))[0]).toBe('丽');
    expect(texts(inside('zi'))[0]).toBe('梓');
    expect(texts(inside('ouyang'))[0]).not.toBe('欧阳');
  });

  it('reach a rare character behind the everyday ones', () => {
    const yan = texts(inside('yan'));
    expect(yan.indexOf('䶮')).toBeGreaterThan(yan.indexOf('燕'));
    expect(texts(inside('yi'))).toContain('𫖮');
    expect(texts(inside('nue'))).toContain('虐');
  });
});

describe('several readings at once', () => {
  it('give whole names first, then the first character alone', () => {
    const found = atStart('zhangsan');
    expect(found[0]).toEqual({ text: '张三', letters: 8 });
    expect(found).toContainEqual({ text: '张', letters: 5 });
    expect(texts(found)).toContain('章');
  });

  it('are completed while the last one is typed', () => {
    expect(texts(atStart('zhangs'))[0]).toMatch(/^张.$/);
    expect(texts(atStart('zs'))[0]).toMatch(/^张.$/);
    expect(texts(atStart('zh'))[0]).toBe('张');
  });
});

describe('whatever is typed', () => {
  const letters = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz', SEPARATOR), maxLength: 24 }),
    fc.array(fc.constantFrom(...READINGS, 'zh', 's'), { maxLength: 6 }).map((run) => run.join('')),
  );

  it('each candidate stands once, and for letters that were typed', () => {
    fc.assert(
      fc.property(letters, fc.boolean(), (typed, first) => {
        const found = candidatesFor({ table, letters: typed, atStart: first });
        expect(new Set(texts(found)).size).toBe(found.length);
        for (const { text, letters: taken } of found) {
          expect(text).toMatch(/^[\p{Unified_Ideograph}〇]+$/u);
          expect(taken).toBeGreaterThan(0);
          expect(taken).toBeLessThanOrEqual(typed.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('every character of every reading can be chosen, at the start and inside', () => {
    for (const reading of READINGS) {
      const characters = table.entry(reading)?.characters ?? [];
      for (const found of [new Set(texts(atStart(reading))), new Set(texts(inside(reading)))]) {
        expect(characters.filter((character) => !found.has(character))).toEqual([]);
      }
    }
  });
});

describe('a table that is not whole', () => {
  it.each([
    ['empty', ''],
    ['without readings', '@surnames 张\n@given 梓\n'],
    ['without orders', 'zhang\t张\t张\n'],
    ['cut within a line', '@surnames 张\n@given 梓\nzhang'],
  ])('%s is refused', (_, text) => {
    expect(() => openPinyinTable(text)).toThrow(/pinyin table/);
  });
});
