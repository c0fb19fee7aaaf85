import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AUDIT_EVENTS, eventId, listed } from '#station/audit/audit-events.ts';
import type { EventType } from '#station/audit/event-type.ts';
import { CHECK_EVENTS } from '#station/audit/events/check-events.ts';
import { LINK_EVENTS } from '#station/audit/events/link-events.ts';
import { PACKET_EVENTS } from '#station/audit/events/packet-events.ts';
import { RECORD_EVENTS } from '#station/audit/events/record-events.ts';
import { SESSION_EVENTS } from '#station/audit/events/session-events.ts';
import { STAFF_EVENTS } from '#station/audit/events/staff-events.ts';
import { STATION_EVENTS } from '#station/audit/events/station-events.ts';
import { FIELD_KINDS, type FieldKind } from '#station/audit/field-kinds.ts';
import { AUDIT_WORDS } from '#station/audit/words.ts';

const types = Object.entries(AUDIT_EVENTS) as [keyof typeof AUDIT_EVENTS, EventType][];

describe('every type of event', () => {
  test('has a number of its own, in the thousand of its area', () => {
    const areas = [
      [STATION_EVENTS, 1],
      [SESSION_EVENTS, 2],
      [PACKET_EVENTS, 3],
      [LINK_EVENTS, 4],
      [STAFF_EVENTS, 5],
      [CHECK_EVENTS, 6],
      [RECORD_EVENTS, 9],
    ] as const;
    for (const [table, thousand] of areas) {
      for (const [type, { number }] of Object.entries(table) as [string, EventType][]) {
        expect(Math.floor(number / 1000), `${type} is numbered ${number}`).toBe(thousand);
      }
    }
    expect(areas.reduce((sum, [table]) => sum + Object.keys(table).length, 0)).toBe(types.length);
    expect(new Set(types.map(([type]) => eventId(type))).size).toBe(types.length);
  });

  test('says in both languages what it means, in whole sentences', () => {
    for (const [type, { zh, en }] of types) {
      expect(zh, type).toMatch(/^\p{Script=Han}.*。$/u);
      expect(en, type).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe('no personal data by construction', () => {
  const allFields = types.flatMap(([type, { fields }]) =>
    Object.keys(fields).map((name) => [type, name] as const),
  );
  const keptOf = (value: unknown) =>
    allFields.filter(
      ([type, name]) => Object.keys(listed({ type, fields: { [name]: value } }).fields).length > 0,
    );

  test.each([
    '欧阳若曦',
    'Li Na',
    'ouyang-ruoxi',
    'Zhang.Wei',
    '44010619900307742X',
    '440106199003077428',
    '440106900307742',
    '13800138000',
    '6222021234567890',
    '1990.3.7',
    '1990-03-07',
    '广州市越秀区北京路1号',
    'yuexiu-district',
    'EID1:6BFOXN*TS0BI$ZD',
    440106199003077000,
    440106900307742,
    13800138000,
    6222021234567890,
    ['Li', 'Na'],
    { name: 'Li' },
    null,
  ])('%s is kept by no field of any event', (secret) => {
    expect(keptOf(secret)).toEqual([]);
    const entry = listed({ type: String(secret), fields: { [String(secret)]: secret } });
    expect(JSON.stringify(entry.fields)).not.toContain(String(secret));
  });

  const syllable = fc.constantFrom(
    'zhang',
    'wei',
    'li',
    'na',
    'ou',
    'yang',
    'ruo',
    'xi',
    'chen',
    'jian',
    'guo',
  );
  const nameInPinyin = fc
    .tuple(fc.array(syllable, { minLength: 2, maxLength: 4 }), fc.constantFrom('', '-', '.', ' ', '_'))
    .map(([parts, between]) => parts.join(between));
  const number = fc
    .tuple(fc.integer({ min: 10, max: 18 }), fc.nat({ max: 999_999_999 }))
    .map(([length, digits]) => String(digits).padStart(length, '1'));
  const anyText = fc.string({ unit: 'grapheme', minLength: 1 });
  const chineseText = fc.string({
    unit: fc.integer({ min: 0x4e00, max: 0x9fff }).map((point) => String.fromCodePoint(point)),
    minLength: 1,
  });
  const words = new Set(AUDIT_WORDS);

  test('names, numbers, addresses and any other text find no field that takes them', () => {
    fc.assert(
      fc.property(fc.oneof(nameInPinyin, number, anyText, chineseText), (text) => {
        // A word of the program's own vocabulary says nothing of a person.
        fc.pre(!words.has(text));
        expect(keptOf(text)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('a number with more than nine digits finds none either', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        fc.pre(value < 0 || value > 999_999_999);
        expect(keptOf(value)).toEqual([]);
      }),
    );
  });

  test('the vocabulary has no name, no digits in a row and no text in it', () => {
    for (const word of AUDIT_WORDS) {
      expect(word).toMatch(/^[A-Za-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*$/);
      expect(word).not.toMatch(/\d{2}/);
    }
  });

  test('each kind takes what it is for', () => {
    const examples: Readonly<Record<FieldKind, unknown>> = {
      count: 42,
      flag: true,
      code: 'offline-too-long',
      badge: 'b0011223344556677',
      id: '0e9d3a14-7c1f-4b5e-8a40-5f1f5a2c7d10',
      hash: 'a'.repeat(64),
      version: '0.2.0',
    };
    for (const [kind, fits] of Object.entries(FIELD_KINDS))
      expect(fits(examples[kind as FieldKind]), kind).toBe(true);
  });
});
