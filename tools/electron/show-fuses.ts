import '../../src/require-node.mjs';
import { fusesWritten, readFuses } from './fuse-wire.ts';
import { KIOSK_FUSES } from './fuses.ts';

/**
 * `npm run electron:fuses` prints the fuses that packaging writes; with the path of a packaged binary, the fuses that
 * are in it, and fails when they differ.
 */
const [binary] = process.argv.slice(2);
const wanted = await fusesWritten(KIOSK_FUSES);
const found = binary === undefined ? wanted : await readFuses(binary);
let different = 0;
for (const [name, state] of Object.entries(found)) {
  const differs = state !== wanted[name];
  if (differs) different += 1;
  console.log(`${name.padEnd(40)} ${state}${differs ? `   (should be ${wanted[name]})` : ''}`);
}
process.exit(different === 0 ? 0 : 1);
