import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { binaryWithFuses } from '../../../tools/electron/fuse-wire.ts';
import { storedZip } from './stored-zip.ts';

const root = resolve(import.meta.dirname, '../../..');
const COPIED = ['src', 'resources', 'tools', 'docs', 'package.json', 'tsconfig.json', 'forge.config.ts'];
const CONFIGURATIONS = [
  'vite.config.ts',
  'vite.electron.config.ts',
  'vite.preload.config.ts',
  'vite.electron-renderer.config.ts',
];

export interface PackagedTerminal {
  /** Forge's packaged application: the binary and its `resources` folder. */
  readonly application: string;
  /** The contents of `app.asar` with what was unpacked beside it, as Electron shows them to the program. */
  readonly program: string;
  readonly deb: string;
  /** The checkout that was packaged; its `.vite` is the bundle. */
  readonly checkout: string;
  remove(): void;
}

/**
 * Runs Forge from its first hook to the Debian package on a copy of this repository. Electron's binary is the only
 * stand-in: a file with the fuses in it, in an archive that Forge takes instead of its download.
 */
export async function packageTerminal(): Promise<PackagedTerminal> {
  const folder = mkdtempSync(join(tmpdir(), 'eid-package-'));
  const checkout = join(folder, 'checkout');
  mkdirSync(checkout);
  for (const name of [...COPIED, ...CONFIGURATIONS]) {
    cpSync(join(root, name), join(checkout, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
  const forge = join(root, 'node_modules/@electron-forge/cli/dist/electron-forge.js');
  const made = spawnSync(process.execPath, [forge, 'make', '--platform=linux', '--arch=x64'], {
    cwd: checkout,
    env: { ...process.env, EID_ELECTRON_ZIP_FOLDER: electronZip(join(folder, 'electron')), NODE_ENV: '' },
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`Forge did not make the package:\n${made.stdout}\n${made.stderr}`);
  const application = join(checkout, 'out/eid-terminal-linux-x64');
  const program = join(folder, 'program');
  const { extractAll } = await import('@electron/asar');
  extractAll(join(application, 'resources/app.asar'), program);
  return {
    application,
    program,
    checkout,
    deb: join(checkout, `out/make/deb/x64/eid-terminal_${version()}_amd64.deb`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function version(): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}

function electronZip(folder: string): string {
  const electron = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string;
  };
  mkdirSync(folder, { recursive: true });
  const zip = storedZip([
    { name: 'electron', content: binaryWithFuses(), mode: 0o755 },
    { name: 'chrome-sandbox', content: Buffer.from('stand-in\n'), mode: 0o755 },
    { name: 'version', content: Buffer.from(electron.version) },
    { name: 'LICENSE', content: Buffer.from('stand-in\n') },
    { name: 'resources/default_app.asar', content: Buffer.from('stand-in\n') },
  ]);
  writeFileSync(join(folder, `electron-v${electron.version}-linux-x64.zip`), zip);
  return folder;
}
