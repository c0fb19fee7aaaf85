import '../../../src/require-node.mjs';
import { resolve } from 'node:path';
import { unargued } from './findings.ts';
import { runCheck } from './run-check.ts';

/**
 * `npm run electron:check` checks the built bundle (`npm run build:electron`) and fails on what nobody argued for. With
 * a folder it checks the program there; with `--json` it prints its report for a program to read.
 */
const parameters = process.argv.slice(2);
const folder = parameters.find((one) => !one.startsWith('--')) ?? resolve(import.meta.dirname, '../../..');
const report = await runCheck(folder);
if (parameters.includes('--json')) {
  console.log(JSON.stringify(report));
  process.exit(0);
}
console.log(
  `${report.checks.single} checks of single files and ${report.checks.whole} of the whole program over ${report.files} files`,
);
for (const file of report.unread) console.log(`not read: ${file}`);
const open = new Set(unargued(report.findings));
for (const finding of report.findings) {
  const { check, file, severity, confidence, code } = finding;
  console.log(`${open.has(finding) ? 'OPEN  ' : 'argued'} ${check} (${severity}, ${confidence}) ${file}`);
  if (code !== '') console.log(`       ${code.split('\n')[0]?.slice(0, 120)}`);
}
process.exit(open.size > 0 || report.unread.length > 0 ? 1 : 0);
