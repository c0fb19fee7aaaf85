/** Writes `fault-table.md` anew, to be read before it is committed: npm run test:unit checks every row of it. */
import { writeFileSync } from 'node:fs';
import { PARTS, rowOf, TABLE } from './table.ts';

const HEAD = `# Faults of devices: what comes of each

Every row is tried by \`fault-table.test.ts\`, on the simulated device and the clock of the test, through the drivers that
a terminal runs. Times are milliseconds of that clock.

CUPS printers have no rows here: they are tried with a print system on the path that takes, refuses, holds and loses
jobs, in \`test/drivers/printer/cups-printer.test.ts\`, and with the station's slip in
\`test/main/station/printing/print-through-drivers.test.ts\`. Modbus lamps, which answer, are in
\`test/drivers/lamp/status-lamp.test.ts\`.
`;

const INTRODUCTIONS: Readonly<Record<keyof typeof PARTS, string>> = {
  read: `## Readers and scanners

The fault is a line of a fault script (\`src/drivers/simulator/fault-script.ts\`); where the simulated scanner plays none,
its wire does. The citizen lays a card down, or holds a code to the scanner, and does what the screen says: half a second
to lift a card and half a second to lay it down again; a code is held up again after three seconds. A scanner that is told
to look sees nothing while it does not. Bytes of a HID scanner count without the reports' numbers, 63 to a report; its
code takes two. \`read\` means that the card or the code was read, whole; \`not-ours\`, that the screen says that it does
not know this code. Times count from the first try to \`read\`.

| model | fault | the citizen sees | the technician sees | read after |
|---|---|---|---|---|
`,
  printed: `## Receipt printers

The citizen's screen shows the slip and what became of it on paper: while it prints, and then. In the middle means that
twelve lines hang from the printer, and while it is sent, that 200 bytes came through. Right before means that the
printer has not been asked for its state since. Otherwise the fault is there for five seconds before a slip is wanted.
Ten seconds after the end somebody has put everything right and taken the unfinished paper away; then the next slip comes
out whole. What the screen says is what happened; after \`unknown\` a slip may have come out or not. Where it were not so,
the number of slips that came out would stand beside it. Times count from the wish to the end of printing.

| model | fault | the citizen sees | the technician sees | known after |
|---|---|---|---|---|
`,
  lit: `## Lamps

A green lamp is pulled and put back: its relays fall, and it does not know what it showed. Times count from the fault to
the light that the station wants by then; a lamp without a fault is told that a citizen comes.

| model | fault | the hall sees | the technician sees | right after |
|---|---|---|---|---|
`,
};

async function part(name: keyof typeof PARTS): Promise<string> {
  const rows: string[] = [];
  for (const [model, fault] of PARTS[name]) {
    const { citizen, technician, recovered } = await rowOf(model, fault);
    rows.push(`| ${[model, fault, citizen, technician, recovered].join(' | ')} |\n`);
  }
  return INTRODUCTIONS[name] + rows.join('');
}

const parts = [HEAD, await part('read'), await part('printed'), await part('lit')];
writeFileSync(TABLE, parts.join('\n'));
