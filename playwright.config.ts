import { defineConfig } from '@playwright/test';

/** A face is tracked in real time on every core there is, or a whole demo is judged: nothing may run beside it. */
const ALONE = /(bad-input-at-the-face|camera-capture|camera-profile|demo|reactive-citizen|wipe)\.spec\.ts$/;

/** End-to-end tests in the system's Chromium; the browser builds that Playwright would download are never used. */
export default defineConfig({
  testDir: 'test/e2e',
  // `tools/test-all.ts` runs the second project with two workers, after the first.
  workers: 1,
  fullyParallel: false,
  projects: [
    { name: 'alone', testMatch: ALONE, outputDir: 'test-results/alone' },
    { name: 'side-by-side', testIgnore: ALONE, outputDir: 'test-results/side-by-side' },
  ],
  // A rendered citizen shares two cores with the face tracker and is judged in real time: on a machine that was busy
  // with something else the test is run once more, and the report calls it flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1080, height: 1920 },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      // As root Chromium has no sandbox; these tests load nothing but our own pages.
      chromiumSandbox: process.getuid?.() !== 0,
      args: [
        '--host-resolver-rules=MAP * ~NOTFOUND',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    },
  },
});
