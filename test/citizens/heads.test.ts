import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { HEADS } from './citizen-controls.ts';
import { IDENTITIES } from './generator/identities.ts';
import { EXPRESSIONS, PART_NAMES, type PackedHead } from './head-data.ts';
import { LEAST_ALIKE } from './impostors.ts';

const packed = (id: string) => readFileSync(new URL(`heads/${id}.json.gz`, import.meta.url));
const count = (base64: string) => Buffer.from(base64, 'base64').length / 2;

describe.each(HEADS)('the committed head of %s', (id) => {
  const bytes = packed(id);
  const head = JSON.parse(gunzipSync(bytes).toString('utf8')) as PackedHead;

  it('is small enough to be committed', () => {
    expect(bytes.length).toBeLessThan(400_000);
  });

  it('is whole: every triangle has its vertices, and the skin moves in every expression', () => {
    expect(head.id).toBe(id);
    expect(head.parts.map((part) => part.name)).toEqual(PART_NAMES);
    for (const part of head.parts) {
      const vertices = count(part.positions) / 3;
      expect(count(part.uvs)).toBe(2 * vertices);
      const index = Buffer.from(part.index, 'base64');
      const largest = Math.max(...new Uint16Array(index.buffer, index.byteOffset, index.length / 2));
      expect(largest).toBe(vertices - 1);
    }
    const skin = head.parts.find((part) => part.name === 'skin');
    for (const expression of EXPRESSIONS)
      expect(count(skin?.expressions[expression]?.vertices ?? '')).toBeGreaterThan(20);
  });
});

describe('the test citizens', () => {
  it('differ in sex, age, skin and hair, and two wear glasses', () => {
    expect(IDENTITIES.map((identity) => identity.id)).toEqual(HEADS);
    for (const trait of ['sex', 'age'] as const)
      expect(new Set(IDENTITIES.map((identity) => identity[trait])).size).toBe(2);
    expect(new Set(IDENTITIES.map((identity) => identity.ethnicity)).size).toBe(3);
    expect(new Set(IDENTITIES.map((identity) => identity.hair)).size).toBeGreaterThanOrEqual(5);
    expect(IDENTITIES.filter((identity) => identity.glasses !== undefined)).toHaveLength(2);
  });

  it('have an impostor who is somebody else', () => {
    for (const id of HEADS) expect(LEAST_ALIKE[id]).not.toBe(id);
  });
});
