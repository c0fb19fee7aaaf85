import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { OPERATIONAL_SETTINGS } from '#contract/operational-settings.ts';
import { OPERATION_MODES } from '#contract/settings.ts';

const root = new URL('../../', import.meta.url);
const document = readFileSync(new URL('docs/settings.md', root), 'utf8');
const namedIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]);

it('docs/settings.md lists every operational setting with its default', () => {
  const rows = [...document.matchAll(/^\| `([a-zA-Z.]+)` \| ([\w-]+) \| (?:\d+ to \d+|zh-CN, en)/gm)];
  expect(rows.map(([, name, initial]) => [name, initial])).toEqual(
    Object.entries(OPERATIONAL_SETTINGS).map(([name, { initial }]) => [name, String(initial)]),
  );
});

it('docs/settings.md lists every relaxation and every mode', () => {
  const source = readFileSync(new URL('src/main/station/settings/relaxations.ts', root), 'utf8');
  const codes = new Set(namedIn(source, /^ {2}\| '([a-z-]+)'/gm));
  expect(codes.size).toBeGreaterThan(10);
  expect(new Set(namedIn(document, /^\| `([a-z-]+)` \| (?:pilot|production)/gm))).toEqual(codes);
  expect(new Set(namedIn(document, /^\| `([a-z]+)` \| (?:anybody|real citizens)/gm))).toEqual(
    new Set(OPERATION_MODES),
  );
});
