import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemPathWatch } from '#drivers/hub/path-watch.ts';

let beacons = 0;

/** Waits until whatever watches a folder has heard of all that was done in it: the system tells events in their order. */
export async function eventsHandled(folder: string): Promise<void> {
  beacons += 1;
  const beacon = join(folder, `beacon-${beacons}`);
  await new Promise<void>((resolve) => {
    systemPathWatch.whenPresent(beacon, resolve);
    writeFileSync(beacon, '');
  });
}
