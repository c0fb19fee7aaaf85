import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { decodeEidCode } from '#protocol/eid-token.ts';

interface Report {
  readonly outcome: string;
  readonly grade: string;
  readonly eid: string;
  readonly queue: { readonly waiting: number; readonly drained: boolean };
  readonly pictures: number;
  readonly steps: readonly { readonly name: string; readonly ms: number }[];
}

/** Text of the QR code in a picture file. */
function readPicture(file: string): string | undefined {
  const { data, width, height } = PNG.sync.read(readFileSync(file));
  return jsQR.default(new Uint8ClampedArray(data), width, height)?.data;
}

test('the demo issues two e-IDs, one of them over a cut network, and leaves what it promises', async () => {
  test.setTimeout(600_000);
  const folder = test.info().outputPath('demo');
  const run = spawnSync('npm', ['run', '--silent', 'demo'], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { ...process.env, EID_DEMO_FOLDER: folder, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  expect(run.status, run.stdout + run.stderr).toBe(0);
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
  expect(report).toMatchObject({
    outcome: 'issued',
    grade: 'full',
    queue: { waiting: 1, drained: true },
  });
  expect(report.steps.every(({ name, ms }) => name.length > 0 && ms >= 0)).toBe(true);

  // The e-ID is read off its picture, as a phone or a desk would.
  const code = readPicture(join(folder, 'eid-code.png'));
  expect(code).toBe(report.eid);
  expect((await decodeEidCode(report.eid)).ok).toBe(true);

  const slips = ['slip-zh-CN.pdf', 'slip-en.pdf'].map((name) => readFileSync(join(folder, name)));
  for (const slip of slips) expect(slip.subarray(0, 5).toString()).toBe('%PDF-');
  const all = (language: string) => readdirSync(join(folder, 'screens/all', language)).toSorted();
  expect(all('zh-CN')).toEqual(all('en'));
  expect(report.pictures).toBe(2 * all('en').length);
});
