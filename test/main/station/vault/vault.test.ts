import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { openVault, type Vault, vaultSentence } from '#station/vault/vault.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

function opened(folder: string): Vault {
  const vault = openVault({ folder });
  if (!vault.ok) throw new Error(vault.error.reason);
  onTestFinished(() => vault.value.close());
  return vault.value;
}

test('a new vault syncs every commit to the disk and keeps foreign keys', () => {
  const { database } = opened(temporaryFolder());
  expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(database.pragma('synchronous', { simple: true })).toBe(2);
  expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
});

test('every table is strict and every foreign key points at a column of the same type', () => {
  const { database } = opened(temporaryFolder());
  const tables = database
    .prepare("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")
    .all() as {
    name: string;
    strict: number;
  }[];
  const own = tables.filter((table) => !table.name.startsWith('sqlite_'));
  expect(own.length).toBeGreaterThan(7);
  expect(own.filter((table) => table.strict !== 1)).toEqual([]);
  const typeOf = (table: string, column: string) =>
    database.prepare('SELECT type FROM pragma_table_info(?) WHERE name = ?').pluck().get(table, column);
  for (const { name } of own) {
    const keys = database.prepare('SELECT * FROM pragma_foreign_key_list(?)').all(name) as {
      table: string;
      from: string;
      to: string;
    }[];
    for (const key of keys) expect(typeOf(name, key.from)).toBe(typeOf(key.table, key.to));
  }
});

test('a second station on the same folder is told so in one sentence', () => {
  const folder = temporaryFolder();
  opened(folder);
  const second = openVault({ folder });
  expect(second).toEqual({ ok: false, error: { reason: 'in-use', folder } });
  if (!second.ok) expect(vaultSentence(second.error)).toMatch(/^Another station already runs on .*[.]$/);
});

test('a folder is free again when its station has closed', () => {
  const folder = temporaryFolder();
  const first = openVault({ folder });
  if (first.ok) first.value.close();
  opened(folder);
});

test('kill -9 leaves no stale lock behind', async () => {
  const folder = temporaryFolder();
  const holder = spawn(
    process.execPath,
    [
      '--expose-gc',
      '--input-type=module',
      '-e',
      `import { openVault } from '#station/vault/vault.ts';
       const vault = openVault({ folder: process.argv[1] });
       // Nothing refers to the vault any more: only the process's life may end the lock.
       globalThis.gc();
       console.log(vault.ok ? 'held' : vault.error.reason);
       setInterval(() => globalThis.gc(), 50);`,
      folder,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => {
    holder.kill('SIGKILL');
  });
  const [said] = (await once(holder.stdout, 'data')) as [Buffer];
  expect(said.toString()).toBe('held\n');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(openVault({ folder })).toMatchObject({ ok: false, error: { reason: 'in-use' } });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  opened(folder);
});

test('a database of a newer program is refused and left as it is', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'station.db');
  const newer = new Database(file);
  newer.exec('CREATE TABLE tomorrow (x)');
  newer.pragma('user_version = 9990');
  newer.close();
  const vault = openVault({ folder });
  expect(vault).toMatchObject({ ok: false, error: { reason: 'from-the-future', found: 9990 } });
  const after = new Database(file, { readonly: true });
  expect(after.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['tomorrow']);
  after.close();
});

test('a file that is no database is reported and not overwritten', () => {
  const folder = temporaryFolder();
  const garbage = Buffer.alloc(40_000, 'not a database ');
  writeFileSync(join(folder, 'station.db'), garbage);
  expect(openVault({ folder })).toMatchObject({ ok: false, error: { reason: 'damaged' } });
  expect(statSync(join(folder, 'station.db')).size).toBe(garbage.length);
});

test('a path that cannot be a folder is refused with the reason', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  expect(openVault({ folder: join(folder, 'file', 'data') })).toMatchObject({
    ok: false,
    error: { reason: 'no-access' },
  });
});

test('the data folder belongs to its user alone', () => {
  const folder = join(temporaryFolder(), 'data');
  mkdirSync(join(folder, '..'), { recursive: true });
  opened(folder);
  expect(statSync(folder).mode & 0o077).toBe(0);
  expect(readdirSync(folder)).toContain('station.db');
});
