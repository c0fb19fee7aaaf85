import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '#domain/language.ts';
import { citizenCatalogues } from '#i18n/citizen-messages.ts';
import { nameWithLineBreaks, withLineBreaks } from '#i18n/line-breaks.ts';

const plainly = (text: string) => text.replaceAll(/[\u200b\u2060]/g, '').replaceAll('\u00a0', ' ');
const phrases = (text: string) => withLineBreaks('zh-CN', text).split('\u200b');

describe('a text as it is drawn', () => {
  it('breaks in Chinese between words, and tears no term that the dictionary does not know', () => {
    expect(phrases('请到人工窗口继续办理')).toEqual(['请到', '人工', '窗口', '继续', '办理']);
    expect(phrases('本终端尚未启用，请使用其他终端')).toEqual(['本终端尚未启用，请使用其他终端']);
    for (const term of ['二维码', '配对码', '全功能级', '扫码器', '身份证']) {
      expect(
        phrases(`请在您自己的手机上出示${term}以便继续办理`).some((phrase) => phrase.includes(term)),
      ).toBe(true);
    }
  });

  it('begins no line with a single character but a conjunction', () => {
    const single = Object.values(citizenCatalogues['zh-CN'])
      .flatMap((text) => phrases(text).slice(1))
      .filter((phrase) => /^[^和或与及](?:\P{Script=Han}|$)/u.test(phrase));
    expect(single).toEqual([]);
  });

  it('keeps a conjunction with what follows it, and a number with what it counts', () => {
    expect(phrases('查询进度或核对回执时')).toEqual(['查询', '进度', '或核对回执时']);
    expect(withLineBreaks('zh-CN', '密码是 8 位数字')).toBe('密码是 8\u00a0位数字');
  });

  it('keeps e-ID and 8-digit together in English', () => {
    expect(withLineBreaks('en', 'Set an 8-digit password for your e-ID.')).toBe(
      'Set an 8-\u2060digit password for your e-\u2060ID.',
    );
    expect(withLineBreaks('en', 'Black-and-white, 2026-11-23')).toBe('Black-and-white, 2026-11-23');
  });

  it('is the text itself but for the marks', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LANGUAGES), fc.string({ unit: 'grapheme' }), (language, text) => {
        const plain = plainly(text);
        expect(plainly(withLineBreaks(language, plain))).toBe(plain);
      }),
    );
    for (const language of LANGUAGES) {
      for (const text of Object.values(citizenCatalogues[language])) {
        expect(plainly(withLineBreaks(language, text))).toBe(text);
      }
    }
  });
});

describe('a name of several parts', () => {
  it('may go on in a new line behind its middle dots only', () => {
    expect(nameWithLineBreaks('阿卜杜热合曼·示例')).toBe('阿卜杜热合曼\u2060·\u200b示例');
    expect(nameWithLineBreaks('林示远')).toBe('林示远');
  });
});
