import { expect, it } from 'vitest';
import { openHall } from './hall.ts';

it('a terminal set to open in English waits in English, and does so again after a citizen who chose Chinese', async () => {
  const hall = openHall({ openingLanguage: 'en' });
  expect(hall.sessions.snapshot().language).toBe('en');
  hall.touch('start');
  hall.sessions.act({ type: 'choose-language', language: 'zh-CN' });
  expect(hall.sessions.snapshot().language).toBe('zh-CN');
  hall.touch('cancel', 'confirm-cancel');
  await hall.nextCitizen();
  expect(hall.sessions.snapshot().language).toBe('en');
});

it('a terminal that is set to nothing waits in Chinese', () => {
  expect(openHall().sessions.snapshot().language).toBe('zh-CN');
});
