import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FuseV1Options, FuseVersion } from '@electron/fuses';
import { describe, expect, it } from 'vitest';
import { binaryWithFuses, fusesWritten, readFuses } from '../../../tools/electron/fuse-wire.ts';
import { KIOSK_FUSES } from '../../../tools/electron/fuses.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const root = resolve(import.meta.dirname, '../../..');
const show = (...parameters: string[]) =>
  spawnSync(process.execPath, ['tools/electron/show-fuses.ts', ...parameters], {
    cwd: root,
    encoding: 'utf8',
  });

describe('the fuses', () => {
  it.each([
    ['RunAsNode', 'off'],
    ['EnableCookieEncryption', 'on'],
    ['EnableNodeOptionsEnvironmentVariable', 'off'],
    ['EnableNodeCliInspectArguments', 'off'],
    ['EnableEmbeddedAsarIntegrityValidation', 'on'],
    ['OnlyLoadAppFromAsar', 'on'],
    ['LoadBrowserProcessSpecificV8Snapshot', 'off'],
    ['GrantFileProtocolExtraPrivileges', 'off'],
    ['WasmTrapHandlers', 'on'],
  ])('%s is %s', async (name, state) => {
    expect((await fusesWritten(KIOSK_FUSES))[name]).toBe(state);
  });

  it('are all decided: a fuse left out, or one that a new Electron brings, stops the packaging', async () => {
    const { [FuseV1Options.WasmTrapHandlers]: _left, ...fewer } = KIOSK_FUSES;
    await expect(fusesWritten({ ...fewer, strictlyRequireAllFuses: true } as never)).rejects.toThrow(
      /WasmTrapHandlers/,
    );
    const file = join(temporaryFolder(), 'electron');
    writeFileSync(file, binaryWithFuses('1011000111'));
    const { flipFuses } = await import('@electron/fuses');
    await expect(flipFuses(file, KIOSK_FUSES)).rejects.toThrow(/has 10 fuses/);
  });

  it('that are not named stay as Electron has them', async () => {
    const read = await fusesWritten({ version: FuseVersion.V1, [FuseV1Options.RunAsNode]: false });
    expect(read).toMatchObject({
      RunAsNode: 'off',
      EnableCookieEncryption: 'off',
      OnlyLoadAppFromAsar: 'off',
    });
  });
});

describe('npm run electron:fuses', () => {
  it('prints what the configuration writes', () => {
    const { status, stdout } = show();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^RunAsNode +off$/m);
    expect(stdout.trim().split('\n')).toHaveLength(9);
  });

  it('reads a binary and fails where a fuse differs', async () => {
    const file = join(temporaryFolder(), 'electron');
    writeFileSync(file, binaryWithFuses());
    expect(await readFuses(file)).toMatchObject({ RunAsNode: 'on' });
    const { status, stdout } = show(file);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^RunAsNode +on {3}\(should be off\)$/m);
    expect(stdout).toMatch(/^LoadBrowserProcessSpecificV8Snapshot +off$/m);
  });
});
