import { runCheck } from './run-check.ts';

const { exitCode, text } = await runCheck({
  arguments: process.argv.slice(2),
  environment: process.env,
  now: Date.now(),
});
if (exitCode === 64) console.error(text);
else console.log(text);
process.exitCode = exitCode;
