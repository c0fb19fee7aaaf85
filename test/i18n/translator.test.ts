import { describe, expect, it } from 'vitest';
import { formatDay, formatMoment } from '#i18n/dates.ts';
import { makeTranslate } from '#i18n/translator.ts';

const catalogues = {
  'zh-CN': { greeting: '您好，{name}', plain: '帮助' },
  en: { greeting: 'Hello {name}', plain: 'Help' },
};

describe('a translator', () => {
  it('speaks the language that it was made for', () => {
    expect(makeTranslate({ catalogues, language: 'zh-CN' })('plain')).toBe('帮助');
    expect(makeTranslate({ catalogues, language: 'en' })('plain')).toBe('Help');
  });

  it('fills placeholders, each time anew', () => {
    const t = makeTranslate({ catalogues, language: 'en' });
    expect(t('greeting', { name: 'A' })).toBe('Hello A');
    expect(t('greeting', { name: 'B' })).toBe('Hello B');
  });

  it('refuses to leave a hole where a value is missing', () => {
    expect(() => makeTranslate({ catalogues, language: 'en' })('greeting')).toThrow(/name/);
  });
});

describe('dates', () => {
  const lateInLondon = Date.UTC(2026, 10, 22, 18, 5);

  it('are those of China, whatever zone the terminal is set to', () => {
    expect(formatDay('zh-CN', lateInLondon)).toBe('2026年11月23日');
    expect(formatDay('en', lateInLondon)).toBe('23 November 2026');
  });

  it('count hours from 0 to 23', () => {
    expect(formatMoment('zh-CN', lateInLondon)).toContain('02:05');
    expect(formatMoment('en', Date.UTC(2026, 10, 22, 16, 0))).toContain('00:00');
  });
});
