import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AUDIT_EVENTS } from '#station/audit/audit-events.ts';
import { numbersIn, renderAuditDocument } from '../../tools/audit-document/render.ts';

const written = readFileSync(new URL('../../docs/audit-events.md', import.meta.url), 'utf8');

describe('docs/audit-events.md', () => {
  it('says what the code says now (else: npm run document:audit)', () => {
    expect(written).toBe(renderAuditDocument(written));
    expect(numbersIn(written).size).toBeGreaterThanOrEqual(Object.keys(AUDIT_EVENTS).length);
  });

  it('cannot be written when a number that it has given out would name another event', () => {
    const other = written.replace('| E-1010 | `station.started`', '| E-1010 | `station.woken`');
    expect(() => renderAuditDocument(other)).toThrow('E-1010 belongs to "station.woken"');
  });

  it('keeps events that are written no more, since old chains hold them', () => {
    const older = `${written}\n| E-1999 | \`station.polished\` |\n`;
    expect(renderAuditDocument(older)).toContain('## Written no more');
    expect(numbersIn(renderAuditDocument(older)).get('E-1999')).toBe('station.polished');
  });
});
