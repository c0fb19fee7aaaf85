import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The arrows of the house: who may import whom. A folder may always import itself. What a folder may import from
 * packages is named where it matters.
 */
const root = resolve(import.meta.dirname, '../..');

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  contract: ['domain'],
  protocol: ['contract', 'domain'],
  drivers: ['contract', 'domain'],
  faces: ['contract', 'domain'],
  i18n: ['domain'],
  ui: ['i18n', 'domain'],
  phone: ['protocol', 'ui', 'i18n', 'contract', 'domain'],
  renderer: ['ui', 'i18n', 'contract', 'domain'],
  main: ['drivers', 'protocol', 'contract', 'domain'],
  registry: ['ui', 'i18n', 'protocol', 'contract', 'domain'],
};

/** Packages that only some folder may import. */
const HOST_PACKAGES = /^(electron|playwright-core|@playwright\/test)$/;

const ALIASES: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(resolve(root, 'package.json'), 'utf8'),
).imports;

interface Import {
  readonly file: string;
  readonly specifier: string;
}

function importsOf(file: string, source: string): Import[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const found = code.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)['"]([^'"]+)['"]/g);
  return [...found].map((match) => ({ file, specifier: match[1] ?? '' }));
}

/** The folder below `src` that a path lies in, or null outside. */
function areaOf(path: string): string | null {
  const parts = relative(resolve(root, 'src'), path).split('/');
  return parts[0] === '..' || parts.length < 2 ? null : (parts[0] ?? null);
}

function targetOf({ file, specifier }: Import): string | null {
  if (specifier.startsWith('.')) return resolve(root, dirname(file), specifier);
  const alias = Object.keys(ALIASES).find((key) => specifier.startsWith(key.slice(0, -1)));
  if (!specifier.startsWith('#')) return null;
  if (!alias) return resolve(root, 'src/unknown/alias');
  return resolve(root, (ALIASES[alias] ?? '').slice(0, -1) + specifier.slice(alias.length - 1));
}

function faultOf(one: Import): string | null {
  const from = areaOf(resolve(root, one.file));
  if (from === null) return null;
  const target = targetOf(one);
  if (target === null) {
    if (HOST_PACKAGES.test(one.specifier) && !one.file.startsWith('src/main/shell/')) {
      return `${one.file} imports ${one.specifier}: only src/main/shell knows the host`;
    }
    if (from === 'domain') {
      const allowed = one.specifier === 'xstate' && one.file.startsWith('src/domain/session/');
      return allowed ? null : `${one.file} imports ${one.specifier}: rules have no I/O and no packages`;
    }
    return null;
  }
  const to = areaOf(target);
  if (to === null) return null;
  const simulator = target.startsWith(resolve(root, 'src/drivers/simulator'));
  if (simulator && !one.file.startsWith('src/drivers/simulator/')) {
    return `${one.file} imports the simulators, which production builds do not contain`;
  }
  const station =
    one.file.startsWith('src/main/station/') && target.startsWith(resolve(root, 'src/main/shell'));
  if (station) return `${one.file} imports ${one.specifier}: the station does not know its host`;
  // The dock stands beside the terminal, not in it, and holds a phone in its hand.
  if (to === 'phone' && one.file.startsWith('src/renderer/dock/')) return null;
  return to === from || MAY_IMPORT[from]?.includes(to)
    ? null
    : `${one.file} imports ${one.specifier}: ${from} may not import ${to}`;
}

const files = globSync('src/**/*.{ts,tsx}', { cwd: root });

describe('the arrows of the house', () => {
  it('are kept by every import', () => {
    const faults = files
      .flatMap((file) => importsOf(file, readFileSync(resolve(root, file), 'utf8')))
      .map(faultOf)
      .filter((fault) => fault !== null);
    expect(faults).toEqual([]);
  });

  it('have a rule for every folder', () => {
    const areas = new Set(files.map((file) => areaOf(resolve(root, file))).filter((area) => area !== null));
    expect([...areas].filter((area) => !Object.hasOwn(MAY_IMPORT, area))).toEqual([]);
  });

  it.each([
    ['src/domain/age.ts', "import { readFile } from 'node:fs';"],
    ['src/domain/age.ts', "import { encodeCbor } from '#protocol/cbor.ts';"],
    ['src/domain/identity/age.ts', "import { createMachine } from 'xstate';"],
    ['src/renderer/citizen/app.tsx', "import { open } from '#station/vault/vault.ts';"],
    ['src/main/station/station.ts', "import { createFaceReader } from '#faces/face-reader.ts';"],
    ['src/renderer/citizen/app.tsx', "const late = await import('../../protocol/cbor.ts');"],
    ['src/main/station/station.ts', "import { app } from 'electron';"],
    ['src/main/station/station.ts', "import { host } from '#shell/chromium/chromium-host.ts';"],
    ['src/main/station/station.ts', "export { dock } from '#drivers/simulator/dock.ts';"],
    ['src/registry/intake/intake.ts', "import type { Vault } from '#station/vault/vault.ts';"],
  ])('would be broken by %s: %s', (file, source) => {
    expect(importsOf(file, source).map(faultOf)).toEqual([expect.stringContaining(file)]);
  });

  it('end where a file says so with a reason beside it, never with an escape from the checker', () => {
    const escapes = files.filter((file) =>
      /@ts-(ignore|nocheck|expect-error)|biome-ignore|\bas any\b/.test(
        readFileSync(resolve(root, file), 'utf8'),
      ),
    );
    expect(escapes).toEqual([]);
  });
});
