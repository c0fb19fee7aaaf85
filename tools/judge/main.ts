import '../../src/require-node.mjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { runJudge } from './run-judge.ts';

const { exitCode, lines, complaints } = runJudge({
  arguments: process.argv.slice(2),
  readFile: (path) => new Uint8Array(readFileSync(path)),
  // Whoever may see the pictures alone: a trace is a person's, too.
  writeFile: (path, text) => writeFileSync(path, text, { mode: 0o600 }),
});
for (const line of lines) console.log(line);
for (const complaint of complaints) console.error(complaint);
process.exitCode = exitCode;
