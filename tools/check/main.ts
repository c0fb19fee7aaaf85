import { ended } from './finding.ts';
import { runCheck } from './run-check.ts';

const { exitCode, text, complaint } = await ended(() =>
  runCheck({ arguments: process.argv.slice(2), environment: process.env, now: Date.now() }),
);
if (exitCode === 64) console.error(text);
else console.log(text);
if (complaint !== null) console.error(complaint);
process.exitCode = exitCode;
