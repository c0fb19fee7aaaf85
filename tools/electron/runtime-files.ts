import { readdirSync } from 'node:fs';
import { basename, extname, join, relative, sep } from 'node:path';

/** The machine that an application is packaged for. */
export interface Target {
  readonly platform: string;
  /** Node's name: `x64`, `arm64`. */
  readonly arch: string;
  /** Electron's own builds for Linux are glibc builds. */
  readonly libc: 'glibc' | 'musl';
}

/** Code, the data that it reads beside itself, and licences, which have to stay with what they license. */
const KEPT_TYPES = new Set(['.js', '.cjs', '.mjs', '.json', '.afm', '.icc', '.trie']);
const LICENCE = /^(licen[cs]e|copying|notice)/i;
const DROPPED_FOLDERS =
  /^(test|tests|__tests__|docs?|examples?|bench(marks?)?|deps|tools|scripts|coverage|\..*)$/;
const DROPPED_FILES = /(^|[.-])(browser|standalone)([.-]|$)|\.config\.|^tsconfig|^rollup\.|^package-support/;

/**
 * The files of an installed package that it needs to run on the target, relative to its folder. Native code for another
 * machine, sources, types, tests and tools stay behind.
 *
 * @throws Error when the package brings native code for other machines but not for the target.
 */
export function runtimeFiles(folder: string, target: Target): readonly string[] {
  const files = filesBelow(folder);
  const native = files.filter((file) => extname(file) === '.node');
  const ours = native.filter((file) => isFor(file, target));
  if (native.length > 0 && ours.length === 0) {
    throw new Error(
      `The package in ${folder} brings no native code for ${target.platform}-${target.arch} (${target.libc}); it has ${native.map((file) => relative('prebuilds', file)).join(', ')}.`,
    );
  }
  return [...ours, ...files.filter(isCode)].toSorted();
}

function filesBelow(folder: string): string[] {
  const walk = (below: string): string[] =>
    readdirSync(below, { withFileTypes: true }).flatMap((entry) => {
      const path = join(below, entry.name);
      if (!entry.isDirectory()) return entry.isFile() ? [path] : [];
      // Packages inside a package are packages of their own and are copied by name.
      return entry.name === 'node_modules' || DROPPED_FOLDERS.test(entry.name) ? [] : walk(path);
    });
  return walk(folder).map((file) => relative(folder, file));
}

function isCode(file: string): boolean {
  const name = basename(file);
  if (LICENCE.test(name)) return true;
  return KEPT_TYPES.has(extname(name)) && !DROPPED_FILES.test(name);
}

/**
 * Whether a prebuilt binary runs on the target. Three layouts are met: `prebuilds/linuxmusl-x64.node`,
 * `prebuilds/linux-x64/name.musl.node` with the C library, when it matters, among the dotted parts, and
 * `prebuilds/name-linux-x64-musl/node-napi-v4.node`, where no C library means glibc.
 */
function isFor(file: string, target: Target): boolean {
  const [, place = '', ...rest] = file.split(sep);
  if (rest.length === 0) {
    const system = target.platform === 'linux' && target.libc === 'musl' ? 'linuxmusl' : target.platform;
    return place === `${system}-${target.arch}.node`;
  }
  const named = /^.+-(linux|darwin|win32)-([a-z0-9]+)(-musl)?$/.exec(place);
  if (named) {
    const libc = target.platform === 'linux' ? target.libc : 'glibc';
    return named[1] === target.platform && named[2] === target.arch && (named[3] ? 'musl' : 'glibc') === libc;
  }
  const [system = '', architectures = ''] = place.split('-');
  if (system !== target.platform || !architectures.split('+').includes(target.arch)) return false;
  const libc = basename(file)
    .split('.')
    .find((part) => part === 'glibc' || part === 'musl');
  return libc === undefined || libc === target.libc;
}
