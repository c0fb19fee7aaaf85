import '../../src/require-node.mjs';
import { readdirSync } from 'node:fs';
import type { Bench } from './bench-line.ts';

/** `npm run bench` runs every bench, `npm run bench -- enrol face` those that are named. */
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`no bench named ${unknown.join(', ')}; there are ${names.join(', ')}`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : names) {
  const { run } = (await import(`./${name}.bench.ts`)) as { run: Bench };
  for await (const line of run()) console.log(JSON.stringify(line));
}
