import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve } from 'node:path';
import { transformWithOxc } from 'vite';
import type { Finding } from './findings.ts';

const root = resolve(import.meta.dirname, '../../..');
const require = createRequire(import.meta.url);

export interface CheckReport {
  /** How many checks looked, in single files and over the whole program. */
  readonly checks: { readonly single: number; readonly whole: number };
  readonly files: number;
  /** Files that the check could not read; what is in them is unchecked. */
  readonly unread: readonly string[];
  readonly findings: readonly Finding[];
}

interface Issue {
  readonly id: string;
  readonly file: string;
  readonly sample: string | undefined;
  readonly severity: { readonly name: string };
  readonly confidence: { readonly name: string };
}

type Run = (options: Record<string, unknown>) => Promise<{
  readonly globalChecks: number;
  readonly atomicChecks: number;
  readonly errors: readonly { readonly file: string; readonly tolerable: boolean }[];
  readonly issues: readonly Issue[];
}>;

/**
 * Runs Electronegativity over a built program, without a network: its parser is older than the language that the
 * bundle is written in, so that it gets the same program in the language of 2019, and what it would look up elsewhere
 * (translations of its sentences, Electron's releases) it is told not to.
 */
export async function runCheck(programFolder: string): Promise<CheckReport> {
  const folder = mkdtempSync(join(tmpdir(), 'eid-static-check-'));
  try {
    const files = await lowerInto(folder, programFolder);
    const { globalChecks, atomicChecks, errors, issues } = await offlineRun()({
      input: folder,
      isRelative: true,
      customScan: [],
      // Looks Electron's newest releases up on the Internet.
      excludeFromScan: ['AvailableSecurityFixesGlobalCheck'],
      electronVersionOverride: electronVersion(),
      parserPlugins: [],
    });
    return {
      checks: { single: atomicChecks, whole: globalChecks },
      files,
      unread: errors.filter(({ tolerable }) => !tolerable).map(({ file }) => file.slice(folder.length + 1)),
      findings: issues.map(({ id, file, sample, severity, confidence }) => ({
        check: id,
        file: file === 'N/A' ? 'everywhere' : file,
        severity: severity.name,
        confidence: confidence.name,
        code: (sample ?? '').trim(),
      })),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes the program's own scripts and pages, lowered. Packages beside the bundle are not ours to check. */
async function lowerInto(folder: string, program: string): Promise<number> {
  const files = readdirSync(join(program, '.vite'), { recursive: true, encoding: 'utf8' })
    .map((file) => join('.vite', file))
    // MediaPipe's loader is published code that knows nothing of Electron.
    .filter((file) => !file.includes('/face/'));
  const scripts = files.filter((file) => ['.js', '.cjs'].includes(extname(file)));
  for (const file of scripts) {
    const lowered = await transformWithOxc(readFileSync(join(program, file), 'utf8'), file, {
      target: 'es2019',
      sourcemap: false,
      lang: 'js',
    });
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), lowered.code);
  }
  const pages = files.filter((file) => extname(file) === '.html');
  for (const file of pages) cpSync(join(program, file), join(folder, file));
  const manifest = JSON.parse(readFileSync(join(program, 'package.json'), 'utf8')) as object;
  // A packaged program no longer says which Electron it was made for.
  const made = { ...manifest, devDependencies: { electron: electronVersion() } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(made, null, 2));
  return scripts.length + pages.length + 1;
}

/** The check with its way to the network taken away. */
function offlineRun(): Run {
  const offline = Object.assign(() => Promise.reject(new Error('the check runs without a network')), {
    head: () => Promise.reject(new Error('the check runs without a network')),
  });
  const entry = require.resolve('@doyensec/electronegativity');
  const client = createRequire(entry).resolve('got');
  putInPlace(client, offline);
  // Its parser of TypeScript is written for the compiler that it was published with, and finds ours beside it.
  const compiler = createRequire(entry)('typescript') as unknown;
  const parser = createRequire(entry).resolve('@typescript-eslint/typescript-estree');
  putInPlace(createRequire(parser).resolve('typescript'), compiler);
  return require(entry) as Run;
}

function putInPlace(file: string, exports: unknown): void {
  require.cache[file] = Object.assign(Object.create(null), {
    id: file,
    filename: file,
    loaded: true,
    exports,
    children: [],
    paths: [],
  }) as NodeJS.Module;
}

function electronVersion(): string {
  const file = join(root, 'node_modules/electron/package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
