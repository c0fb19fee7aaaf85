import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const NOT_BUNDLED = ['electron', 'better-sqlite3', 'serialport', 'pdfkit'];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' });
}

describe('Electron’s bundle', () => {
  beforeAll(() => {
    execFileSync(process.execPath, ['tools/build-electron.ts'], { cwd: root });
  });

  it('has a main process, the drivers’ process, a preload and the citizen’s page, and no other page', () => {
    expect(filesBelow(join(root, '.vite/build'))).toEqual(
      expect.arrayContaining(['electron.js', 'drivers.js', 'preload.cjs']),
    );
    const pages = filesBelow(join(root, '.vite/renderer')).filter((file) => file.endsWith('.html'));
    expect(pages).toEqual(['citizen/index.html']);
  });

  it('contains no simulator', () => {
    const scripts = filesBelow(join(root, '.vite')).filter((file) => /\.c?js$/.test(file));
    const marks = ['Simulated SDT reader', 'createSdtReaderSimulator', 'eidDockChannel'];
    const found = scripts.filter((file) => {
      const text = readFileSync(join(root, '.vite', file), 'utf8');
      return marks.some((mark) => text.includes(mark));
    });
    expect(scripts.length).toBeGreaterThan(3);
    expect(found).toEqual([]);
  });

  it('asks for nothing at run time but Node itself and the packages that are copied beside it', () => {
    const scripts = filesBelow(join(root, '.vite/build')).filter((file) => file.endsWith('.js'));
    const asked = scripts.flatMap((file) => {
      const text = readFileSync(join(root, '.vite/build', file), 'utf8');
      return [...text.matchAll(/^import [^'"]*["']([^'"]+)["'];?$/gm)].map((match) => match[1] ?? '');
    });
    const known = (name: string) =>
      name.startsWith('.') ||
      name.startsWith('node:') ||
      builtinModules.includes(name) ||
      NOT_BUNDLED.includes(name);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((name) => !known(name))).toEqual([]);
  });

  it('gives the sandboxed preload nothing to require but Electron', () => {
    const text = readFileSync(join(root, '.vite/build/preload.cjs'), 'utf8');
    expect([...text.matchAll(/require\(["']([^"']+)["']\)/g)].map((match) => match[1])).toEqual(['electron']);
  });
});
