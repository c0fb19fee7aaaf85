import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withTables } from '../../tools/devices/hardware-tables.ts';
import { COMMANDS } from '../../tools/devices/run-devices.ts';
import { shippedProfiles } from '../drivers/profiles/shipped-profiles.ts';

const root = new URL('../../', import.meta.url);
const document = readFileSync(new URL('docs/hardware.md', root), 'utf8');

describe('docs/hardware.md', () => {
  it('has the tables of profiles and statuses that follow from the program (npm run devices -- profiles --write)', () => {
    for (const name of ['profiles', 'statuses']) expect(document).toContain(`<!-- ${name} -->`);
    expect(document).toBe(withTables(document, shippedProfiles()));
  });

  it('names every command for technicians, and no other', () => {
    const named = [...document.matchAll(/npm run devices -- ([a-z]+)/g)].map((match) => match[1]);
    expect(new Set(named)).toEqual(new Set(COMMANDS.map(({ name }) => name)));
  });

  it('names the rules of the devices’ group as they are', () => {
    const rules = readFileSync(new URL('resources/udev/72-eid-terminal.rules', root), 'utf8');
    expect(document).toContain('resources/udev/72-eid-terminal.rules');
    expect(rules).toContain('GROUP="eid-terminal"');
    expect(document).toContain('`eid-terminal`');
  });
});
