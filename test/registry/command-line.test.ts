import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseProvisioningCode } from '#protocol/provisioning.ts';
import { readCommand } from '#registry/command-line.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const run = promisify(execFile);
const MAIN = join(import.meta.dirname, '../../src/registry/main.ts');

async function registry(...parameters: readonly string[]) {
  try {
    const { stdout, stderr } = await run(process.execPath, [MAIN, ...parameters]);
    return { code: 0, stdout, stderr };
  } catch (fault) {
    const { code, stdout, stderr } = fault as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

const SERVE = ['serve', '--data', 'd', '--port', '1', '--mode', 'demo', '--people', 'p'] as const;

describe('the command line', () => {
  it('is read', () => {
    expect(
      readCommand(['serve', '--data', 'd', '--port', '8443', '--mode', 'pilot', '--people', 'p.json']),
    ).toEqual({
      ok: true,
      value: {
        name: 'serve',
        dataFolder: 'd',
        port: 8443,
        host: '127.0.0.1',
        mode: 'pilot',
        peopleFile: 'p.json',
      },
    });
    expect(
      readCommand([
        ...['serve', '--data', 'd', '--port', '8443', '--mode', 'pilot', '--people', 'p.json'],
        ...['--status-list-hours', '2'],
      ]),
    ).toMatchObject({ ok: true, value: { statusListLifeMs: 7_200_000 } });
    expect(readCommand(['init', '--data', 'd', '--host', 'a.example', '--host', '10.0.0.5'])).toEqual({
      ok: true,
      value: { name: 'init', dataFolder: 'd', hosts: ['a.example', '10.0.0.5'] },
    });
  });

  it.each([
    [[], 'name a command'],
    [['launch'], 'there is no command "launch"'],
    [['init'], '--data is missing'],
    [['init', '--data', 'd', '--host', 'a b'], '--host "a b" is no host name'],
    [['code', '--data', 'd'], '--station is missing'],
    [['code', '--data', 'd', '--data', 'e', '--station', 's'], '--data is given 2 times'],
    [[...SERVE, '--status-list-hours', '0'], '--status-list-hours must be 1 to 720'],
    [[...SERVE, '--status-list-hours', 'day'], '--status-list-hours must be 1 to 720'],
    [['serve', '--data', 'd', '--port', '70000', '--mode', 'demo', '--people', 'p'], '--port must be'],
    [['serve', '--data', 'd', '--port', '1', '--mode', 'test', '--people', 'p'], '--mode must be one of'],
    [['serve', '--data', 'd', '--port', '1', '--mode', 'demo'], '--people is missing'],
    [['init', '--data', 'd', '--verbose'], "Unknown option '--verbose'"],
    [['badge', '--data', 'd', '--staff', 'T-07'], '--role is missing'],
    [['badge', '--data', 'd', '--staff', 'T-07', '--role', 'king'], '--role must be one of technician'],
    [['badge', '--data', 'd', '--staff', 'Wen Li', '--role', 'officer'], '--staff must be 1 to 64 letters'],
    [['badge', '--data', 'd', '--staff', 'T', '--role', 'officer', '--days', '0'], '--days must be 1 to'],
    [['withdraw-badge', '--data', 'd'], '--staff is missing'],
    [['unlock', '--data', 'd', '--station', 's'], '--nonce is missing'],
  ])('%j is answered with what is wrong', (parameters, sentence) => {
    const command = readCommand(parameters);
    expect(command.ok ? 'accepted' : command.error).toContain(sentence);
  });
});

describe('the program', () => {
  it('founds a registry and prints a code; says what is wrong in one sentence otherwise', async () => {
    const folder = join(temporaryFolder(), 'registry');
    const early = await registry('code', '--data', folder, '--station', 'hall-1');
    expect(early).toMatchObject({ code: 1, stdout: '' });
    expect(early.stderr).toMatch(/^registry: there is no registry in .*\n$/);
    expect((await registry('init', '--data', folder)).code).toBe(0);
    const code = await registry('code', '--data', folder, '--station', '荔湾大厅 2 号机');
    expect(parseProvisioningCode(code.stdout.trim()).ok).toBe(true);
    const twice = await registry('init', '--data', folder);
    expect(twice.code).toBe(1);
    expect(twice.stderr).toContain('is not empty');
    const nameless = await registry('code', '--data', folder, '--station', '\u0007');
    expect(nameless.stderr).toContain('a station name has');
  });
});
