import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AuditEntry,
  decodeAuditEntry,
  encodeAuditEntry,
  FIRST_PREVIOUS,
} from '#protocol/audit-entry.ts';
import { hashOf } from '#protocol/hash.ts';
import { sampleAuditEntry } from './sample.ts';

describe('an audit entry', () => {
  test('comes back as it was', () => {
    expect(decodeAuditEntry(encodeAuditEntry(sampleAuditEntry))).toEqual({
      ok: true,
      value: sampleAuditEntry,
    });
  });

  test('chains: changing one changes what all later ones refer to', () => {
    const chain = (type: string) => {
      let previous: Uint8Array = FIRST_PREVIOUS;
      return [type, 'session.ended', 'packet.saved'].map((name, index) => {
        const entry: AuditEntry = { ...sampleAuditEntry, sequence: index + 1, previous, type: name };
        previous = hashOf(encodeAuditEntry(entry));
        return Buffer.from(previous).toString('hex');
      });
    };
    const one = chain('session.started');
    const other = chain('session.aborted');
    expect(one.some((hash, index) => hash === other[index])).toBe(false);
  });

  test.each<[string, Partial<AuditEntry>]>([
    ['type', { type: 'With Space' }],
    ['fields', { fields: { 'Not a name': 1 } }],
    ['fields.text', { fields: { text: 'x'.repeat(401) } }],
    ['fields.number', { fields: { number: Number.NaN } }],
    ['previous', { previous: new Uint8Array(31) }],
  ])('with a bad %s is not written', (where, change) => {
    expect(() => encodeAuditEntry({ ...sampleAuditEntry, ...change })).toThrow(`audit-entry.${where} `);
  });

  test('of any octets gives an entry that is written just so, or a reason', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => !decodeAuditEntry(octets).ok));
    const genuine = encodeAuditEntry(sampleAuditEntry);
    fc.assert(
      fc.property(fc.nat({ max: genuine.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const spoilt = genuine.slice();
        spoilt[at] = (spoilt[at] ?? 0) ^ difference;
        const entry = decodeAuditEntry(spoilt);
        if (entry.ok) expect(Buffer.compare(encodeAuditEntry(entry.value), spoilt)).toBe(0);
      }),
    );
  });
});
