import { execFileSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { reserveFile } from '#station/vault/reserve-file.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

const MEGABYTE = 1024 * 1024;

test('the reserve occupies real blocks until it is released', async () => {
  const folder = temporaryFolder();
  const reserve = reserveFile({ folder, bytes: 3 * MEGABYTE + 5 });
  expect(reserve.held()).toBe(false);
  expect(await reserve.refill()).toBe(true);
  expect(reserve.held()).toBe(true);
  expect(statSync(join(folder, 'reserve')).blocks * 512).toBeGreaterThanOrEqual(3 * MEGABYTE + 5);
  expect(reserve.release()).toBe(true);
  expect(reserve.held()).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
  expect(reserve.release()).toBe(false);
});

test('a reserve that was cut short does not count as held and is made again', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'reserve'), Buffer.alloc(100));
  const reserve = reserveFile({ folder, bytes: MEGABYTE });
  expect(reserve.held()).toBe(false);
  expect(await reserve.refill()).toBe(true);
});

test.skipIf(process.getuid?.() !== 0)('on a disk without room it takes nothing', async () => {
  const folder = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]);
  onTestFinished(() => {
    execFileSync('umount', [folder]);
  });
  const reserve = reserveFile({ folder, bytes: 4 * MEGABYTE });
  expect(await reserve.refill()).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});
