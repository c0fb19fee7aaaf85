import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPERATIONAL_NAMES } from '#contract/operational-settings.ts';
import { StationSettingsSchema } from '#contract/settings.ts';
import { SYSTEM_FILES } from '../../../tools/electron/system-files.ts';

const root = resolve(import.meta.dirname, '../../..');
const text = readFileSync(join(root, 'docs/install.md'), 'utf8');
const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0;

describe('the installation document', () => {
  it('names only files that the repository has', () => {
    const named = [...text.matchAll(/\b(?:resources|docs|tools)\/[\w./-]+\w/g)].map((match) => match[0]);
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    const linked = [...text.matchAll(/\]\(([\w-]+\.md)\)/g)].map((match) => match[1] ?? '');
    expect(linked.filter((file) => !existsSync(join(root, 'docs', file)))).toEqual([]);
  });

  it('runs only scripts that the manifest has', () => {
    const run = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map((match) => match[1] ?? '');
    expect(run.length).toBeGreaterThan(5);
    expect(run.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('starts only units that there are, or that Debian has', () => {
    const units = [...text.matchAll(/\b(?:systemctl|journalctl|systemd-analyze)\b[^\n`]*/g)]
      .flatMap((match) => match[0].match(/[\w@-]+\.(?:service|timer)\b/g) ?? [])
      .filter((unit) => !['getty@tty1.service', 'seatd.service'].includes(unit));
    expect(units.length).toBeGreaterThan(10);
    expect(units.filter((unit) => !existsSync(join(root, 'resources/systemd', unit)))).toEqual([]);
  });

  it('installs by hand for the Chromium host what the package installs by itself', () => {
    const installs = blocks.join('\n');
    const left = SYSTEM_FILES.filter(({ source }) => /resources\/(systemd|udev)/.test(source)).filter(
      ({ source }) => !installs.includes(source),
    );
    expect(left).toEqual([]);
    expect(installs).toContain(`/${basename('72-eid-terminal.rules')}`);
  });

  it('explains every field of the settings', () => {
    const fields = [
      ...Object.keys(StationSettingsSchema.entries),
      ...OPERATIONAL_NAMES.map((name) => name.split('.')[0] ?? name),
    ];
    expect([...new Set(fields)].filter((field) => !text.includes(`| \`${field}\` |`))).toEqual([]);
  });

  it('has commands that a shell understands', () => {
    for (const block of blocks) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: block, encoding: 'utf8' });
      expect({ status, stderr }, block).toEqual({ status: 0, stderr: '' });
    }
    expect(blocks.length).toBeGreaterThan(12);
  });

  // Debian's package shellcheck; not one of those that the tests need.
  it.skipIf(!hasShellcheck)('has commands and maintainer scripts that shellcheck finds nothing in', () => {
    for (const block of blocks) {
      const { stdout } = spawnSync(
        'shellcheck',
        ['--shell=bash', '--severity=warning', '--exclude=SC2164', '-'],
        {
          input: block,
          encoding: 'utf8',
        },
      );
      expect(stdout).toBe('');
    }
    for (const script of ['postinst', 'prerm', 'postrm']) {
      const { stdout } = spawnSync('shellcheck', [join(root, 'resources/debian', script)], {
        encoding: 'utf8',
      });
      expect(stdout).toBe('');
    }
  });
});
