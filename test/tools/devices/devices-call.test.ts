import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS, runDevices } from '../../../tools/devices/run-devices.ts';
import { shippedProfile } from '../../drivers/profiles/shipped-profiles.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

async function call(...words: readonly string[]) {
  const said: string[] = [];
  const complained: string[] = [];
  const code = await runDevices(words, {
    say: (line) => said.push(line),
    complain: (line) => complained.push(line),
  });
  return { code, said: said.join('\n'), complained: complained.join('\n') };
}

describe('the command for technicians', () => {
  it('lists what it can do when it is not told what to do', async () => {
    const { code, complained } = await call();
    expect(code).toBe(2);
    for (const { name, summary } of COMMANDS)
      expect(complained).toMatch(new RegExp(`^ {2}${name} +${summary.slice(0, 20)}`, 'm'));
  });

  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    '%s has help that names every option it takes',
    async (name, command) => {
      const { code, said } = await call(name, '--help');
      expect(code).toBe(0);
      for (const option of Object.keys(command.options)) expect(said).toContain(`--${option}`);
      const named = [...said.matchAll(/^ +--([a-z-]+)/gm)].map((match) => match[1] ?? '');
      expect(named.filter((option) => !Object.hasOwn(command.options, option))).toEqual([]);
    },
  );

  it.each([
    [['fly'], /no command "fly"/],
    [['test', '--fly'], /Unknown option '--fly'/],
    [['list', 'everything'], /"everything" is one word too many/],
    [['test'], /--profile with its place, or --settings/],
    [['test', '--profile', 'sdt-serial'], /Say where the device is, once/],
    [
      ['test', '--profile', 'sdt-serial', '--path', '/dev/x', '--queue', 'y'],
      /Say where the device is, once/,
    ],
    [['test', '--profile', 'sdt-serial', '--path', 'ttyUSB0'], /must be a whole path/],
    [['test', '--profile', 'sdt-serial', '--usb', '1a86'], /must be like 1a86:7523/],
    [['test', '--profile', 'sdt-tcp', '--host', 'gate'], /--host and --port belong together/],
    [['test', '--profile', 'sdt-tcp', '--host', 'gate', '--port', 'x'], /must be a number/],
    [
      ['test', '--profile', 'sdt-tcp', '--path', '/dev/x'],
      /is for a TCP connection: name its "host" and "port"/,
    ],
    [
      ['test', '--profile', 'none', '--path', '/dev/x'],
      /^There is no profile "none".*profiles" lists them all/,
    ],
    [['test', '--profile', 'sdt-serial', '--path', '/dev/x', '--set', 'baudRate'], /must be FIELD=VALUE/],
    [
      ['test', '--profile', 'sdt-serial', '--path', '/dev/x', '--set', 'baudRate=1'],
      /^connection\.baudRate: invalid/,
    ],
    [['test', '--profile', 'sdt-serial', '--path', '/dev/x', '--wait', 'long'], /must be seconds/],
    [
      ['test', '--profile', 'sdt-serial', '--path', '/dev/x', '--wait', '-3'],
      /^--wait -3: a value that begins with "-" is written --wait=-3\.\n/,
    ],
    [
      ['test', '--profile', 'sdt-serial', '--path', '/dev/x', '--wait=-3'],
      /^--wait -3: must be seconds, 0 to 999/,
    ],
    [['test', '--settings', 'README.md'], /README\.md:1: not JSON: unexpected "#"$/],
    [
      ['test', '--settings', '/no/such/file.json'],
      /\/no\/such\/file\.json: the file cannot be read \(ENOENT\)/,
    ],
    [['test', '--settings', 'x', '--role', 'camera'], /must be one of reader, scanner, printer, lamp/],
    [['test', '--settings', 'x', '--path', '/dev/x'], /goes with --profile, not with --settings/],
    [['test', '--recording', '/no/such.rec'], /\/no\/such\.rec: the recording cannot be read \(ENOENT\)/],
    [['test', '--recording', 'x', '--path', '/dev/x'], /a recording names its device itself/],
    [['replay'], /Say which recording/],
    [['replay', 'package.json'], /package\.json: this is not a recording$/],
    [['test', '--recording', 'package.json'], /package\.json: this is not a recording$/],
    [['record', '--profile', 'sdt-serial', '--path', '/dev/x'], /Say where to/],
    [['record', 'x.rec'], /--profile with its place, or --settings/],
    [['record', 'x.rec', '--profile', 'cups-a4', '--queue', 'y'], /has no line that could be recorded/],
    [['identify'], /Say where the device is, once/],
    [['identify', '--path', '/dev/x', '--baud', '1200'], /baudRate/],
    [['profiles', 'none'], /^There is no profile "none"/],
    [['profiles', 'package.json'], /package\.json:\d+: /],
    [['profiles', 'sdt-serial', '--write'], /--write goes alone/],
    [['profiles', '--write', '--json'], /--write goes alone/],
    [['save', '--profile', 'sdt-serial', '--path', '/dev/x'], /--settings with the settings of the terminal/],
  ])('called with %j says what is wrong, and nothing is done', async (words, sentence) => {
    const { code, complained } = await call(...words);
    expect(code).toBe(2);
    expect(complained).toMatch(sentence);
  });

  it('tells file, line and reason of a profile that is broken', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'mine.json');
    writeFileSync(file, '{\n "id": "mine",\n "maker": 7\n}');
    const { code, complained } = await call('profiles', '--profiles', folder);
    expect(code).toBe(2);
    expect(complained).toContain(`${file}:3: maker: `);
  });

  it('shows each field of a profile with its source and whether it is verified', async () => {
    const { code, said } = await call('profiles', 'sdt-serial');
    expect(code).toBe(0);
    expect(said).toMatch(/connection\.baudRate +115200 +verified +delivered rate by GA\/T 467-2019/);
    expect(said).toMatch(/settleTime +300 +not verified /);
  });

  it('shows a profile of the technician’s own, from its file', async () => {
    const profile = JSON.stringify({ ...shippedProfile('sdt-serial'), id: 'mine' });
    const file = join(temporaryFolder(), 'mine.json');
    writeFileSync(file, profile);
    const { code, said } = await call('profiles', file);
    expect(code).toBe(0);
    expect(said).toMatch(/^mine: SDT reader on a serial line \(reader\)\n/);
    expect(JSON.parse((await call('profiles', file, '--json')).said)).toEqual(JSON.parse(profile));
  });
});
