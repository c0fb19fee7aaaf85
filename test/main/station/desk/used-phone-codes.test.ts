import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { usedPhoneCodes } from '#station/desk/used-phone-codes.ts';
import { openVault } from '#station/vault/vault.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { station } from './station-lab.ts';

const newId = () => new Uint8Array(randomBytes(16));

function database() {
  const vault = openVault({ folder: temporaryFolder() });
  if (!vault.ok) throw new Error(vault.error.reason);
  onTestFinished(() => vault.value.close());
  return vault.value.database;
}

test('a code that was used is known after a restart, another one is not', async () => {
  const used = newId();
  const before = await station();
  expect(before.desk.usedPhoneCodes.has(used)).toBe(false);
  before.desk.usedPhoneCodes.add(used);
  const after = await before.restarted();
  expect(after.desk.usedPhoneCodes.has(used)).toBe(true);
  expect(after.desk.usedPhoneCodes.has(newId())).toBe(false);
});

test('only so many are remembered: the oldest is forgotten first', () => {
  const store = database();
  const codes = usedPhoneCodes(store, { remembered: 3 });
  const ids = [newId(), newId(), newId(), newId(), newId()];
  for (const id of ids) codes.add(id);
  expect(ids.map((id) => codes.has(id))).toEqual([false, false, true, true, true]);
  expect(store.prepare('SELECT count(*) FROM used_phone_code').pluck().get()).toBe(3);
});

test('a code that is remembered twice takes one place', () => {
  const store = database();
  const codes = usedPhoneCodes(store, { remembered: 2 });
  const [first, second] = [newId(), newId()];
  for (const id of [first, second, second, second]) codes.add(id);
  expect(codes.has(first)).toBe(true);
});

test('what remembers codes keeps nothing but their ids', () => {
  const columns = database().prepare("SELECT name FROM pragma_table_info('used_phone_code')").pluck().all();
  expect(columns).toEqual(['id', 'code_id']);
});
