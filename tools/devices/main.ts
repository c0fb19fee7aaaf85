import '../../src/require-node.mjs';
import { runDevices } from './run-devices.ts';

process.exitCode = await runDevices(process.argv.slice(2), {
  say: (line) => console.log(line),
  complain: (line) => console.error(line),
});
