import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assembledTable, buildPinyin } from '../../../tools/build-pinyin/build-pinyin.ts';
import { gb2312Levels } from '../../../tools/build-pinyin/pinyin-table.ts';

const packagesFolder = resolve(import.meta.dirname, '../../../node_modules');
const table = assembledTable(packagesFolder);
const lines = table.split('\n');
const readings = new Map(
  lines
    .filter((line) => /^[a-z']+\t/.test(line))
    .map((line) => {
      const [reading = '', surnames = '', characters = ''] = line.split('\t');
      return [reading, { surnames, characters }] as const;
    }),
);
const everyCharacter = new Set([...readings.values()].flatMap(({ characters }) => [...characters]));

describe('the built table', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'build-pinyin-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is the pinned one, written once', () => {
    const target = join(folder, 'resources/pinyin/pinyin-table.txt');
    expect(buildPinyin({ packagesFolder, target })).toBe('built');
    expect(readFileSync(target, 'utf8')).toBe(table);
    expect(buildPinyin({ packagesFolder, target })).toBe('present');
    expect(readdirSync(join(folder, 'resources/pinyin'))).toEqual(['pinyin-table.txt']);
  });

  it('replaces a table that was altered', () => {
    const target = join(folder, 'pinyin-table.txt');
    writeFileSync(target, table.replace('张', '弓'));
    expect(buildPinyin({ packagesFolder, target })).toBe('built');
    expect(readFileSync(target, 'utf8')).toBe(table);
  });

  it('carries the notices of the packages that its readings are from', () => {
    expect(table).toMatch(/^# pinyin-pro\n# MIT License/);
    expect(table).toContain('# pinyinlite\n# The MIT License');
  });
});

describe('what the table reaches', () => {
  it('is every character of GB/T 2312', () => {
    const characters = [...gb2312Levels().keys()];
    expect(characters).toHaveLength(6763);
    expect(characters.filter((character) => !everyCharacter.has(character))).toEqual([]);
  });

  it('is every unified ideograph of the first block that has a reading, and names beyond the basic plane', () => {
    expect(everyCharacter.size).toBeGreaterThan(26_000);
    for (const rare of '䶮堃喆龑旻昇珺贠奭翀鄯㛃𫖮𬭎𬤊𬀩〇') expect(everyCharacter).toContain(rare);
  });

  it('is drawn by the font that comes with the terminal', () => {
    const glyphs = codePointsOf(
      readFileSync(
        join(packagesFolder, '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
      ),
    );
    const undrawn = [...everyCharacter].filter((character) => !glyphs.has(character.codePointAt(0) ?? 0));
    expect(undrawn).toEqual([]);
  });

  it('is ordered: each candidate once, surnames of one character before the tab, of two under both readings', () => {
    for (const [reading, { surnames, characters }] of readings) {
      const singles = reading.includes("'") ? surnames.split(' ') : [...surnames];
      expect(new Set(singles).size).toBe(singles.length);
      expect(new Set(characters).size).toBe([...characters].length);
      for (const surname of singles) expect([...surname]).toHaveLength(reading.includes("'") ? 2 : 1);
    }
    expect([...readings.keys()]).toEqual([...readings.keys()].sort());
  });
});

describe('surnames stand under the reading that they have as surnames', () => {
  it.each([
    ['单', 'shan'],
    ['解', 'xie'],
    ['仇', 'qiu'],
    ['区', 'ou'],
    ['曾', 'zeng'],
    ['查', 'zha'],
    ['朴', 'piao'],
    ['盖', 'ge'],
    ['任', 'ren'],
    ['华', 'hua'],
    ['乐', 'yue'],
    ['缪', 'miao'],
    ['翟', 'zhai'],
    ['乜', 'nie'],
    ['员', 'yun'],
    ['召', 'shao'],
    ['吕', 'lv'],
    ['尉迟', "yu'chi"],
    ['万俟', "mo'qi"],
    ['长孙', "zhang'sun"],
    ['欧阳', "ou'yang"],
    ['单于', "chan'yu"],
  ])('%s: %s', (surname, reading) => {
    expect(readings.get(reading)?.surnames).toContain(surname);
  });

  it('and not under the everyday one', () => {
    expect(readings.get('dan')?.surnames).not.toContain('单');
    expect(readings.get('ceng')?.surnames).not.toContain('曾');
    expect(readings.get('cha')?.surnames).not.toContain('查');
    expect(readings.get('dan')?.characters).toContain('单');
  });

  it('the most frequent first', () => {
    expect(readings.get('wang')?.surnames.slice(0, 2)).toBe('王汪');
    expect(readings.get('zhang')?.surnames.slice(0, 2)).toBe('张章');
    expect(readings.get('li')?.surnames.slice(0, 2)).toBe('李黎');
  });
});

/** Code points of a TrueType font's format 12 character map (ISO/IEC 14496-22, 5.2.1). */
function codePointsOf(font: Buffer): Set<number> {
  const found = new Set<number>();
  for (let table = 0; table < font.readUInt16BE(4); table += 1) {
    const record = 12 + 16 * table;
    if (font.toString('latin1', record, record + 4) !== 'cmap') continue;
    const cmap = font.readUInt32BE(record + 8);
    for (let encoding = 0; encoding < font.readUInt16BE(cmap + 2); encoding += 1) {
      const map = cmap + font.readUInt32BE(cmap + 4 + 8 * encoding + 4);
      if (font.readUInt16BE(map) !== 12) continue;
      for (let group = 0; group < font.readUInt32BE(map + 12); group += 1) {
        const at = map + 16 + 12 * group;
        for (let code = font.readUInt32BE(at); code <= font.readUInt32BE(at + 4); code += 1) found.add(code);
      }
    }
  }
  return found;
}
