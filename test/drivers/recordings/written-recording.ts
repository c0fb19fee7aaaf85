import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Device } from '#contract/device.ts';
import { deviceFromProfile } from '#contract/device-profile.ts';
import { recordingHead } from '#drivers/recording/write-recording.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { shippedProfile } from '../profiles/shipped-profiles.ts';

/** A simulated device of a shipped profile. */
export function simulatedDevice(profile: string): Device {
  const made = deviceFromProfile({
    profile: shippedProfile(profile),
    place: { path: '/dev/x' },
    simulated: true,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

/** A recording's file, written by hand as a technician's test case would be; its path. */
export function writtenRecording(of: {
  readonly name: string;
  readonly profile: string;
  readonly expected?: readonly string[];
  readonly events: readonly string[];
}): string {
  const file = join(temporaryFolder(), of.name);
  const head = recordingHead({
    started: '2026-01-01T09:00:00.000Z',
    device: simulatedDevice(of.profile),
    ...(of.expected ? { expected: of.expected } : {}),
  });
  writeFileSync(file, `${head}${of.events.join('\n')}\n`);
  return file;
}

/** A scanner that is told to look and sees one code. */
export const ONE_SCAN = ['0 ! scanner.start', '0 open', '1000 < 41 42 43 0D', '1100 stop by command'];
