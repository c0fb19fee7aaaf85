import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Every row of the threat model points at a test by file and title; a test that was renamed leaves a row without one. */
const root = new URL('../../', import.meta.url);
const document = readFileSync(new URL('docs/threat-model.md', root), 'utf8');
const rows = document
  .split('\n')
  .filter((line) => /^\| [A-Z]\d+ \|/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));
const references = rows.map((cells) => {
  const [, file = '', title = ''] = /^`([^`]+)`: “([^”]+)”$/.exec(cells.at(-1) ?? '') ?? [];
  return [cells[0] ?? '', file, title] as const;
});

/** Whether a title stands in a file as that of a test, of a group of tests, or of a row of one, that is not skipped. */
function hasTest(source: string, title: string): boolean {
  const quoted = title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const call = String.raw`\b(?:describe|it|test)(?:\.(?!skip\b|todo\b)\w+)*(?:\([^;]*?\))?\(\s*`;
  const row = String.raw`^\s*\[\s*`;
  return new RegExp(`(?:${call}|${row})(['"\`])${quoted}\\1`, 'm').test(source);
}

describe('docs/threat-model.md', () => {
  it('gives each threat an id of its own, and says of each what stops it', () => {
    expect(rows.length).toBeGreaterThan(60);
    expect(new Set(rows.map(([id]) => id)).size).toBe(rows.length);
    for (const cells of rows) {
      expect(cells, cells[0]).toHaveLength(5);
      expect(cells[2], cells[0]).not.toBe('');
    }
  });

  it.each(references)('%s points to a test that is there: %s “%s”', (_, file, title) => {
    expect(file).toMatch(/^test\/.*\.(?:test|spec)\.tsx?$/);
    const path = new URL(file, root);
    expect(existsSync(path), file).toBe(true);
    expect(hasTest(readFileSync(path, 'utf8'), title), title).toBe(true);
  });

  it('would notice a test that is gone, renamed, skipped or only spoken of', () => {
    expect(hasTest("it('is refused', () => {})", 'is refused')).toBe(true);
    expect(hasTest("it.each([['a', 1]])('is refused', () => {})", 'is refused')).toBe(true);
    expect(hasTest("it.each([\n  ['is refused', 1],\n])('%s', () => {})", 'is refused')).toBe(true);
    expect(hasTest("it.skip('is refused', () => {})", 'is refused')).toBe(false);
    expect(hasTest("it('was refused', () => {})", 'is refused')).toBe(false);
    expect(hasTest("// what 'is refused' means", 'is refused')).toBe(false);
  });
});
