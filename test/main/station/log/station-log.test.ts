import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStationLog, LOG_FIELDS, type LogFields, loggable } from '#station/log/station-log.ts';

function collecting() {
  const lines: string[] = [];
  const log = createStationLog({ write: (line) => lines.push(line), now: () => 1_700_000_000_000 });
  return { log, lines };
}

test('a line says when, how grave, what, and its codes and numbers', () => {
  const { log, lines } = collecting();
  log.warn('sync.retry', { packetId: '01890a5d-ac96-774b-bcce-b302099a8057', status: 503, ms: 12.5 });
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'warn',
    time: 1_700_000_000_000,
    code: 'sync.retry',
    packetId: '01890a5d-ac96-774b-bcce-b302099a8057',
    status: 503,
    ms: 12.5,
  });
});

const PERSONAL = [
  '欧阳若曦',
  '44010619900307742X',
  '440106199003077428',
  '13800138000',
  '广州市越秀区',
  'Li Na',
];

test.each(PERSONAL)('%s in a field, a code or an error does not reach the log', (secret) => {
  const { log, lines } = collecting();
  for (const field of LOG_FIELDS) log.info('x.y', { [field]: secret });
  log.info(secret);
  log.info('x.y', { [secret]: 1 } as LogFields);
  log.info('x.y', { person: secret } as LogFields);
  log.error('x.y', { error: new Error(`no such person: ${secret}`) });
  log.error('x.y', { error: Object.assign(new Error(secret), { code: secret, name: secret }) });
  log.error('x.y', { error: secret });
  log.error('x.y', { error: { name: secret } });
  expect(lines.length).toBe(LOG_FIELDS.length + 7);
  expect(lines.join('')).not.toContain(secret);
});

test('a citizen number handed over as a number is refused', () => {
  expect(loggable(Number('440106199003077428'))).toBe('[refused]');
});

test('an error leaves its class, its system code and places, not its message', () => {
  const { log, lines } = collecting();
  log.error('x.y', { error: Object.assign(new TypeError('secret words'), { code: 'ECONNRESET' }) });
  const { error } = JSON.parse(lines[0] ?? '');
  expect(error).toMatchObject({ class: 'TypeError', code: 'ECONNRESET' });
  expect(error.at[0]).toMatch(/^station-log\.test\.ts:\d+:\d+$/);
  expect(lines[0]).not.toContain('secret words');
});

test('no text with a space, a character beyond ASCII or six digits in a row is ever written', () => {
  const telling = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => /[^\x21-\x7e]|\d{6}/.test(text));
  fc.assert(
    fc.property(telling, (text) => {
      expect(loggable(text)).toBe('[refused]');
    }),
  );
});
