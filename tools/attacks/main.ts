import '../../src/require-node.mjs';
import { LIVE } from '../../test/attacks/run/programme.ts';
import { ATTACK_SPECIES } from '../../test/attacks/species/all-species.ts';
import { readOrder, USAGE } from './order.ts';
import { runAttacks } from './run-attacks.ts';

const order = readOrder(process.argv.slice(2), { known: ATTACK_SPECIES.map(({ id }) => id), live: LIVE });
if (!order.ok) {
  console.error(order.error);
  console.error(USAGE);
  process.exitCode = 2;
} else if (order.value.help) {
  console.log(USAGE);
} else {
  process.exitCode = await runAttacks(order.value);
}
