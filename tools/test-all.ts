import '../src/require-node.mjs';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Every check there is, each to its end so that one failure does not hide the next: types, lint, Vitest, Playwright.
 * Closes with one line that adds up all runners.
 */
interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const reports = mkdtempSync(join(tmpdir(), 'eid-test-'));
const failures: string[] = [];

function stage(
  name: string,
  command: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): void {
  console.log(`\n── ${name} ──`);
  const [program = '', ...parameters] = command;
  const { status } = spawnSync(program, parameters, {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  if (status !== 0) failures.push(name);
}

/** Vitest's JSON reporter, the fields that are added up. */
function vitestCounts(file: string): Counts {
  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    numFailedTestSuites: number;
    success: boolean;
  };
  // A file that cannot be loaded holds no test that could fail: it is counted as one.
  const unloadable =
    !report.success && report.numFailedTests === 0 ? Math.max(1, report.numFailedTestSuites) : 0;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function playwrightCounts(file: string): Counts {
  const { stats } = JSON.parse(readFileSync(file, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  if (stats.flaky > 0) console.log(`${stats.flaky} end-to-end tests passed at the second attempt only`);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

/** A runner that ended without its report failed as a whole. */
function counted(read: (file: string) => Counts, file: string): Counts {
  try {
    return read(file);
  } catch (error) {
    console.error(
      `no report from the test runner: ${error instanceof Error ? error.message : String(error)}`,
    );
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const vitestReport = join(reports, 'vitest.json');
const aloneReport = join(reports, 'alone.json');
const sideBySideReport = join(reports, 'side-by-side.json');
stage('types', ['tsc', '--noEmit']);
stage('lint', ['biome', 'check', '.']);
stage('unit and integration tests', [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${vitestReport}`,
]);
stage('end-to-end tests, one at a time', ['playwright', 'test', '--project=alone', '--reporter=list,json'], {
  PLAYWRIGHT_JSON_OUTPUT_NAME: aloneReport,
});
stage(
  'end-to-end tests, two at a time',
  ['playwright', 'test', '--project=side-by-side', '--workers=2', '--reporter=list,json'],
  { PLAYWRIGHT_JSON_OUTPUT_NAME: sideBySideReport },
);
const counts = [
  counted(vitestCounts, vitestReport),
  counted(playwrightCounts, aloneReport),
  counted(playwrightCounts, sideBySideReport),
];
rmSync(reports, { recursive: true });

const total = (field: keyof Counts) => counts.reduce((sum, one) => sum + one[field], 0);
console.log(failures.length > 0 ? `\nfailed: ${failures.join(', ')}` : '\nall green');
console.log(`${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
process.exit(failures.length > 0 || total('failed') > 0 ? 1 : 0);
