/** Writes `fault-table.md` anew, to be read before it is committed: npm run test:unit checks every row of it. */
import { writeFileSync } from 'node:fs';
import { ALL_ROWS, rowOf, TABLE } from './table.ts';

const HEAD = `# Faults of devices: what comes of each

Every row is tried by \`fault-table.test.ts\`, on the simulated device and the clock of the test. The fault is a line of a
fault script (\`src/drivers/simulator/fault-script.ts\`). The citizen lays a card down, or holds a code to the scanner, and
does what the screen says: half a second to lift a card and half a second to lay it down again; a code is held up again
after three seconds. \`read\` means that the card or the code was read, whole. Times count from the first try to that.

| model | fault | the citizen sees | the technician sees | read after |
|---|---|---|---|---|
`;

const rows: string[] = [];
for (const [model, fault] of ALL_ROWS) {
  const { citizen, technician, recovered } = await rowOf(model, fault);
  rows.push(`| ${[model, fault, citizen, technician, recovered].join(' | ')} |`);
}
writeFileSync(TABLE, `${HEAD}${rows.join('\n')}\n`);
