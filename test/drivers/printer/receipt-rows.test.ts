import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakLines } from '#drivers/printer/line-breaking.ts';
import { columnsOf } from '#drivers/printer/printed-text.ts';
import { layOutReceipt } from '#drivers/printer/receipt-rows.ts';

describe('a line', () => {
  it('breaks between Latin words and never within one that fits', () => {
    expect(breakLines('Please take a photo of this page', 12)).toEqual([
      'Please take',
      'a photo of',
      'this page',
    ]);
  });

  it('keeps numbers whole among Chinese characters', () => {
    expect(breakLines('请记住您设置的 8 位密码 20261123', 16)).toEqual([
      '请记住您设置的 8',
      '位密码 20261123',
    ]);
  });

  it('begins with no closing mark and ends with no opening one', () => {
    expect(breakLines('一二三四五六七八，九', 16)).toEqual(['一二三四五六七', '八，九']);
    expect(breakLines('一二三四五六七（八）', 16)).toEqual(['一二三四五六七', '（八）']);
  });

  it('splits only what is longer than a whole line', () => {
    expect(breakLines('x 0123456789abcdef', 8)).toEqual(['x', '01234567', '89abcdef']);
  });

  it('loses nothing but spaces and is never too wide', () => {
    const texts = fc.string({
      unit: fc.constantFrom(...'a 7-.,字（）。「」□é'),
      maxLength: 80,
    });
    fc.assert(
      fc.property(texts, fc.constantFrom(16, 21, 24, 32, 42, 48), (text, columns) => {
        const lines = breakLines(text, columns);
        for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });

  it('splits a word only where it stands alone', () => {
    const words = fc.array(fc.stringMatching(/^[a-z0-9]{1,16}$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(words, (list) => {
        expect(
          breakLines(list.join(' '), 16)
            .flatMap((line) => line.split(' '))
            .filter((word) => word !== ''),
        ).toEqual(list);
      }),
    );
  });
});

describe('a fact', () => {
  it('has its name at the left and its value at the right', () => {
    expect(layOutReceipt([{ kind: 'fact', name: '姓名', value: '林**' }], 32)).toMatchObject([
      { text: `姓名${' '.repeat(24)}林**` },
    ]);
  });

  it('takes two lines when they do not fit beside each other', () => {
    const rows = layOutReceipt(
      [{ kind: 'fact', name: 'Service 办理事项', value: 'Basic e-ID, black and white' }],
      32,
    );
    expect(rows).toMatchObject([{ text: 'Service 办理事项' }, { text: '     Basic e-ID, black and white' }]);
  });
});
