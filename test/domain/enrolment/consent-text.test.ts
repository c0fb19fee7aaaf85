import { describe, expect, it } from 'vitest';
import { consentOctets } from '#domain/enrolment/consent-text.ts';
import en from '../../../resources/locales/consent.en.json' with { type: 'json' };
import zh from '../../../resources/locales/consent.zh-CN.json' with { type: 'json' };

const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');

describe('the consent texts', () => {
  it('are complete, of one version, and have the same paragraphs in both languages', () => {
    for (const { version, title, paragraphs } of [zh, en]) {
      expect(version).toMatch(/^\d+$/);
      expect(paragraphs.length).toBeGreaterThan(0);
      const parts = [title, ...paragraphs.flatMap(({ heading, text }) => [heading, text])];
      expect(parts.filter((part) => part.trim() === '')).toEqual([]);
    }
    expect(zh.version).toBe(en.version);
    expect(zh.paragraphs.length).toBe(en.paragraphs.length);
  });

  it('name what a separate consent to sensitive data has to name (PIPL art. 17, 28 to 31)', () => {
    const chinese = JSON.stringify(zh);
    for (const word of [
      '敏感个人信息',
      '单独同意',
      '目的',
      '必要性',
      '人脸信息',
      '公民身份号码',
      '删除',
      '撤回',
      '监护人',
    ]) {
      expect(chinese).toContain(word);
    }
    const english = JSON.stringify(en).toLowerCase();
    for (const word of [
      'sensitive',
      'separate consent',
      'purpose',
      'necessary',
      'face',
      'citizen number',
      'delete',
      'withdraw',
      'guardian',
    ]) {
      expect(english).toContain(word);
    }
  });
});

describe('what is hashed', () => {
  const text = { version: '1', title: 'T', paragraphs: [{ heading: 'A', text: 'B' }] };

  it('is every part that is shown, in its order', () => {
    expect(Buffer.from(consentOctets(text)).toString()).toBe('1:1\n1:T\n1:A\n1:B');
  });

  it.each([
    ['version', { ...text, version: '2' }],
    ['title', { ...text, title: 'U' }],
    ['heading', { ...text, paragraphs: [{ heading: 'C', text: 'B' }] }],
    ['a blank', { ...text, paragraphs: [{ heading: 'A', text: 'B ' }] }],
    ['a line break between parts', { ...text, paragraphs: [{ heading: 'A\n1:B', text: '' }] }],
    ['order', { ...text, paragraphs: [{ heading: 'B', text: 'A' }] }],
  ])('changes with the %s', (_, other) => {
    expect(hex(consentOctets(other))).not.toBe(hex(consentOctets(text)));
  });
});
