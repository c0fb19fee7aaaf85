import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { askedPackages } from '../../../tools/electron/asked-packages.ts';
import { copyPackages } from '../../../tools/electron/copy-packages.ts';
import { packageAfterCopy } from '../../../tools/electron/package-after-copy.ts';
import { packageClosure } from '../../../tools/electron/package-closure.ts';
import type { Target } from '../../../tools/electron/runtime-files.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const GLIBC: Target = { platform: 'linux', arch: 'x64', libc: 'glibc' };

let root: string;
let destination: string;
beforeEach(() => {
  root = temporaryFolder();
  destination = temporaryFolder();
});

function put(file: string, content: object | string = ''): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), typeof content === 'string' ? content : JSON.stringify(content));
}

function installPackage(place: string, dependencies: Record<string, string> = {}): void {
  put(`node_modules/${place}/package.json`, { name: place, version: '1.0.0', dependencies });
  put(`node_modules/${place}/index.js`);
}

const copied = () =>
  readdirSync(destination, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(destination.length + 1))
    .toSorted();

const copy = (names: readonly string[], target = GLIBC) =>
  copyPackages({ root, destination, packages: names.map((name) => ({ name })), target });

describe('copying packages into the application', () => {
  it('takes a package with its production dependencies, each version in its place, and nothing else', () => {
    installPackage('a', { b: '1', c: '1' });
    installPackage('b');
    installPackage('c', { b: '2' });
    installPackage('c/node_modules/b');
    installPackage('tool');
    expect(copy(['a'])).toHaveLength(8);
    expect(copied()).toEqual(
      ['a', 'b', 'c', 'c/node_modules/b']
        .flatMap((place) => [`node_modules/${place}/index.js`, `node_modules/${place}/package.json`])
        .toSorted(),
    );
  });

  it('follows packages that need one another in a circle', () => {
    installPackage('a', { b: '1' });
    installPackage('b', { a: '1' });
    const closure = packageClosure({ root, names: ['a'], leaveOut: new Set() });
    expect(closure.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('leaves sources, types, maps, tests and tools behind, and keeps licences and data', () => {
    installPackage('a');
    for (const file of ['LICENSE.md', 'lib/data.trie', 'lib/code.cjs']) put(`node_modules/a/${file}`);
    for (const file of [
      'README.md',
      'index.d.ts',
      'index.js.map',
      'src/addon.cpp',
      'deps/copy.js',
      'test/index.js',
      '.github/action.js',
      'rollup.config.mjs',
      'dist/browser.cjs',
      'binding.gyp',
    ])
      put(`node_modules/a/${file}`);
    copy(['a']);
    expect(copied()).toEqual(
      ['LICENSE.md', 'index.js', 'lib/code.cjs', 'lib/data.trie', 'package.json'].map(
        (file) => `node_modules/a/${file}`,
      ),
    );
  });

  it.each([
    [GLIBC, ['hid-linux-x64/napi.node', 'linux-x64.node', 'linux-x64/port.glibc.node']],
    [
      { platform: 'linux', arch: 'x64', libc: 'musl' },
      ['hid-linux-x64-musl/napi.node', 'linux-x64/port.musl.node', 'linuxmusl-x64.node'],
    ],
    [{ platform: 'linux', arch: 'arm64', libc: 'glibc' }, ['linux-arm64/port.armv8.glibc.node']],
    [
      { platform: 'darwin', arch: 'arm64', libc: 'glibc' },
      ['darwin-x64+arm64/port.node', 'hid-darwin-arm64/napi.node'],
    ],
  ] satisfies [Target, string[]][])('takes native code for the target only: %j', (target, expected) => {
    installPackage('a');
    for (const file of [
      'linux-x64.node',
      'linuxmusl-x64.node',
      'win32-x64.node',
      'linux-x64/port.glibc.node',
      'linux-x64/port.musl.node',
      'linux-arm64/port.armv8.glibc.node',
      'linux-arm64/port.armv8.musl.node',
      'darwin-x64+arm64/port.node',
      'hid-linux-x64/napi.node',
      'hid-linux-x64-musl/napi.node',
      'hid-win32-x64/napi.node',
      'hid-darwin-arm64/napi.node',
    ])
      put(`node_modules/a/prebuilds/${file}`);
    copy(['a'], target);
    expect(copied().filter((file) => file.endsWith('.node'))).toEqual(
      expected.map((file) => `node_modules/a/prebuilds/${file}`),
    );
  });

  it('says which machine a package does not run on, and which it does', () => {
    installPackage('a');
    put('node_modules/a/prebuilds/win32-x64.node');
    expect(() => copy(['a'])).toThrow(
      /brings no native code for linux-x64 \(glibc\); it has win32-x64\.node\./,
    );
  });

  it('says which package is not installed and who wants it', () => {
    installPackage('a', { gone: '1' });
    expect(() => copy(['a'])).toThrow(
      'The package "gone" (wanted by a) is to be copied into the application but is not installed. Run npm ci.',
    );
    expect(() => copy(['nowhere'])).toThrow(/"nowhere" \(wanted by the bundle\)/);
  });

  it('says which listed file a package lacks', () => {
    installPackage('a');
    const packages = [{ name: 'a', only: ['font.ttf'] }];
    expect(() => copyPackages({ root, destination, packages, target: GLIBC })).toThrow(
      'The package "a" has no file font.ttf.',
    );
  });
});

describe('the packaging hook', () => {
  it('stops when the bundle asks for a package that would not be there', () => {
    mkdirSync(join(destination, '.vite/build'), { recursive: true });
    writeFileSync(join(destination, '.vite/build/electron.js'), 'import usb from "usb";\n');
    expect(() => packageAfterCopy({ root, buildPath: destination, platform: 'linux', arch: 'x64' })).toThrow(
      /The bundle asks for "usb", which is neither bundled nor copied\./,
    );
    expect(existsSync(join(destination, 'node_modules'))).toBe(false);
  });

  it('finds every way of asking, but not in comments', () => {
    mkdirSync(join(destination, 'assets'));
    writeFileSync(
      join(destination, 'main.js'),
      `import Database from "better-sqlite3";
import { app } from "electron";
import { join } from 'node:path';
import "./assets/late.js";
var fs = __require("fs");
var late = await import("@scope/late/deep.js");
/**
 * const shown = require('shown')
 */
// require('struck')
`,
    );
    writeFileSync(join(destination, 'assets/late.js'), 'export { one } from "plain";\n');
    expect(askedPackages(destination)).toEqual(['@scope/late', 'better-sqlite3', 'plain']);
  });
});
