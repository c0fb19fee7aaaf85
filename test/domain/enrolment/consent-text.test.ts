import { describe, expect, it } from 'vitest';
import { APPLICATIONS, type Application } from '#domain/enrolment/application.ts';
import { type ConsentSource, consentOctets, consentTextFor } from '#domain/enrolment/consent-text.ts';
import en from '../../../resources/locales/consent.en.json' with { type: 'json' };
import zh from '../../../resources/locales/consent.zh-CN.json' with { type: 'json' };

const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');

const SOURCES: readonly ConsentSource[] = [zh, en];
const textsOf = (application: Application) =>
  SOURCES.map((source) =>
    consentTextFor(source, application)
      .paragraphs.map(({ text }) => text)
      .join('\n'),
  );

describe('the consent texts', () => {
  it('are complete for each application, and have the same paragraphs in both languages', () => {
    for (const application of APPLICATIONS) {
      for (const source of SOURCES) {
        const { version, title, paragraphs } = consentTextFor(source, application);
        expect(version).toMatch(new RegExp(`^\\d+-${application}$`));
        const parts = [title, ...paragraphs.flatMap(({ heading, text }) => [heading, text])];
        expect(parts.filter((part) => part.trim() === '')).toEqual([]);
      }
    }
    expect(zh.version).toBe(en.version);
    expect(zh.paragraphs.length).toBe(en.paragraphs.length);
  });

  it('say a card is read where one is, and that none is where a number is typed', () => {
    for (const application of ['full', 'upgrade'] as const) {
      const [chinese, english] = textsOf(application);
      expect(chinese).toContain('身份证芯片中的');
      expect(english).toContain('From the chip of your card');
    }
    for (const application of ['basic', 'report-lost'] as const) {
      const [chinese, english] = textsOf(application);
      expect(chinese).not.toContain('芯片');
      expect(chinese).toContain('不读取身份证');
      expect(english).not.toContain('chip');
      expect(english).toContain('No card is read');
    }
  });

  it('speak of a phone, a name and a new password only where they are asked for', () => {
    const [chinese, english] = textsOf('report-lost');
    expect(chinese).not.toMatch(/手机|姓名和公民身份号码|由您设置/);
    expect(english).not.toMatch(/\bphone\b|The name and|that you choose/);
    for (const application of ['upgrade', 'report-lost'] as const) {
      expect(textsOf(application)[0]).not.toContain('由您设置');
      expect(textsOf(application)[1]).not.toContain('that you choose');
    }
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

describe('one text of several', () => {
  const source: ConsentSource = {
    version: '7',
    title: 'T',
    paragraphs: [
      { heading: 'A', text: 'for all' },
      { heading: 'B', text: { otherwise: 'most', 'report-lost': 'lost' } },
    ],
  };

  it('has the paragraphs of its application, and the shared ones', () => {
    expect(consentTextFor(source, 'report-lost')).toEqual({
      version: '7-report-lost',
      title: 'T',
      paragraphs: [
        { heading: 'A', text: 'for all' },
        { heading: 'B', text: 'lost' },
      ],
    });
    expect(consentTextFor(source, 'upgrade').paragraphs[1]?.text).toBe('most');
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
