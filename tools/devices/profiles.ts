import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeFileFault } from '#contract/checked-json.ts';
import { type DeviceProfile, modelOf, notedFields, wayOf } from '#contract/device-profile.ts';
import { loadProfiles } from '#drivers/profiles/load-profiles.ts';
import { namedProfile } from './chosen-devices.ts';
import { type Command, EXIT, type Output } from './command.ts';
import { withTables } from './hardware-tables.ts';
import { PROFILE_FOLDER, profileFolder } from './profile-folder.ts';
import { table } from './table.ts';

const DOCUMENT = resolve(import.meta.dirname, '../../docs/hardware.md');

export const profiles: Command = {
  name: 'profiles',
  summary: 'the models that have a profile, or every field of one with its source',
  help: `usage: npm run devices -- profiles [ID | FILE.json] [--json] [--profiles FOLDER]
       npm run devices -- profiles --write

Without ID: one line for each profile, with how many of its fields are verified. With ID, or the file of a profile of
your own: each field, whether two sources or a measurement agree on it, and where it comes from. What is not verified
may be otherwise with your device.
  --json             for programs
  --write            writes the tables of docs/hardware.md anew
  ${PROFILE_FOLDER}`,
  options: { json: { type: 'boolean' }, write: { type: 'boolean' }, profiles: { type: 'string' } },
  operands: ['ID or FILE.json'],
  async run({ options, operands, out }) {
    const folder = profileFolder(options);
    const [named] = operands;
    if (options.write === true && (named !== undefined || options.json === true)) {
      out.complain('--write goes alone: it writes the tables of all profiles.');
      return EXIT.wrong;
    }
    if (named !== undefined) return show({ named, folder, json: options.json === true, out });
    const read = loadProfiles(folder);
    if (!read.ok) {
      for (const fault of read.error) out.complain(describeFileFault(fault));
      return EXIT.wrong;
    }
    if (options.write === true) {
      writeFileSync(DOCUMENT, withTables(readFileSync(DOCUMENT, 'utf8'), read.value));
      out.say('Written: docs/hardware.md');
      return EXIT.well;
    }
    return showAll(read.value, { json: options.json === true, out });
  },
};

function show(wanted: {
  readonly named: string;
  readonly folder: string;
  readonly json: boolean;
  readonly out: Output;
}): number {
  const { named, folder, json, out } = wanted;
  const profile = namedProfile(named, folder);
  if (!profile.ok) {
    for (const sentence of profile.error) out.complain(sentence);
    return EXIT.wrong;
  }
  if (json) out.say(JSON.stringify(profile.value));
  else for (const line of showOne(profile.value)) out.say(line);
  return EXIT.well;
}

function showAll(
  all: readonly DeviceProfile[],
  how: { readonly json: boolean; readonly out: Output },
): number {
  if (how.json) {
    how.out.say(JSON.stringify({ profiles: all }));
    return EXIT.well;
  }
  const rows = all.map((profile) => [
    profile.id,
    profile.role,
    wayOf(profile) ?? '-',
    `${verifiedCount(profile)} of ${notedFields(profile).length}`,
    modelOf(profile),
  ]);
  for (const line of table([['profile', 'role', 'over', 'verified', 'model'], ...rows])) how.out.say(line);
  return EXIT.well;
}

export function verifiedCount(profile: DeviceProfile): number {
  return Object.values(profile.notes).filter(({ verified }) => verified).length;
}

function showOne(profile: DeviceProfile): readonly string[] {
  const rows = notedFields(profile).map((field) => {
    const note = profile.notes[field];
    return [
      field.replace(/^device\./, ''),
      JSON.stringify(valueAt(profile, field)),
      note?.verified ? 'verified' : 'not verified',
      note?.source ?? '',
    ];
  });
  return [`${profile.id}: ${modelOf(profile)} (${profile.role})`, ...table(rows).map((line) => `  ${line}`)];
}

function valueAt(profile: DeviceProfile, field: string): unknown {
  return field
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      profile,
    );
}
