import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileKeyStore } from '#station/keys/file-key-store.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

test('a stored seed comes back, in a file that only its user can read', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'station.key');
  const store = fileKeyStore({ path });
  expect(await store.unwrapSeed()).toBeNull();
  await store.storeSeed(new Uint8Array(32).fill(7));
  expect(await store.unwrapSeed()).toEqual(new Uint8Array(32).fill(7));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['station.key']);
});

test('a new seed replaces the old one', async () => {
  const store = fileKeyStore({ path: join(temporaryFolder(), 'station.key') });
  await store.storeSeed(new Uint8Array(32).fill(1));
  await store.storeSeed(new Uint8Array(32).fill(2));
  expect(await store.unwrapSeed()).toEqual(new Uint8Array(32).fill(2));
});

test('the console is told that a file is for demonstrations only', () => {
  expect(fileKeyStore({ path: '/nowhere' })).toMatchObject({ kind: 'file', demoOnly: true });
});

test('a key file of the wrong length, or one that others can read, is refused and says why', async () => {
  const path = join(temporaryFolder(), 'station.key');
  writeFileSync(path, Buffer.alloc(31), { mode: 0o600 });
  await expect(fileKeyStore({ path }).unwrapSeed()).rejects.toThrow(/must be 32 bytes/);
  writeFileSync(path, Buffer.alloc(32));
  chmodSync(path, 0o644);
  await expect(fileKeyStore({ path }).unwrapSeed()).rejects.toThrow(/read by other users/);
});
