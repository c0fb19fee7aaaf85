import { chmodSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { dataFolderAt, foundRegistry } from '#registry/founding/found-registry.ts';
import { readSecret, SECRET_NAMES } from '#registry/founding/secret-files.ts';
import { startRegistry } from '#registry/start-registry.ts';
import { openStore } from '#registry/store/store.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { randomBytes, startTestRegistry } from './registry-fixture.ts';

async function founded() {
  const folder = dataFolderAt(join(temporaryFolder(), 'registry'));
  await foundRegistry({ folder, hosts: ['registry.example'], randomBytes });
  return folder;
}

describe('founding a registry', () => {
  it('makes every key readable by its owner only', async () => {
    const folder = await founded();
    expect(readdirSync(folder.keys).sort()).toEqual(SECRET_NAMES.map((name) => `${name}.key`).sort());
    for (const file of readdirSync(folder.keys)) {
      expect(statSync(join(folder.keys, file)).mode & 0o777).toBe(0o600);
    }
    for (const file of ['authority.key', 'server.key']) {
      expect(statSync(join(folder.tls, file)).mode & 0o777).toBe(0o600);
    }
    expect(statSync(folder.root).mode & 0o777).toBe(0o700);
  });

  it('never touches a folder that holds something', async () => {
    const folder = await founded();
    const before = await readSecret(folder.keys, 'root');
    await expect(foundRegistry({ folder, hosts: [], randomBytes })).rejects.toThrow('is not empty');
    expect(await readSecret(folder.keys, 'root')).toEqual(before);
  });
});

describe('starting a registry', () => {
  it('refuses a key that others can read, naming the file', async () => {
    const registry = await startTestRegistry();
    chmodSync(join(registry.dataFolder, 'keys', 'sealing.key'), 0o644);
    await expect(registry.restart()).rejects.toThrow('sealing.key can be read by others');
  });

  it('refuses a key that is missing or has another length', async () => {
    const registry = await startTestRegistry();
    const file = join(registry.dataFolder, 'keys', 'issuer.key');
    writeFileSync(file, new Uint8Array(31));
    await expect(registry.restart()).rejects.toThrow('issuer.key must hold 32 bytes');
    rmSync(file);
    await expect(registry.restart()).rejects.toThrow('ENOENT');
  });

  it('refuses keys of another registry over its own database', async () => {
    const registry = await startTestRegistry();
    const file = join(registry.dataFolder, 'keys', 'root.key');
    writeFileSync(file, randomBytes(32));
    await expect(registry.restart()).rejects.toThrow('the stored trust list is not of this root key');
  });

  it('refuses a database that a newer program wrote, and changes nothing', async () => {
    const file = join(temporaryFolder(), 'registry.sqlite');
    const database = new Database(file);
    database.pragma('user_version = 9990');
    database.close();
    expect(openStore(file)).toEqual({
      ok: false,
      error: { reason: 'database-from-the-future', found: 9990, known: 50 },
    });
  });

  it('refuses a population file that is wrong, naming the place and no content', async () => {
    const registry = await startTestRegistry();
    const people = join(temporaryFolder(), 'people.json');
    writeFileSync(people, JSON.stringify([{ name: '李某某', sex: 'male', birth: 'yesterday' }]));
    const failed = startRegistry({
      dataFolder: join(temporaryFolder(), 'other'),
      port: 0,
      mode: 'demo',
      peopleFile: people,
      clock: registry.clock,
      randomBytes,
      log: pino({ level: 'silent' }),
    });
    await expect(failed).rejects.toThrow(/is wrong at 0\.birth/);
    await expect(failed).rejects.not.toThrow(/李/);
  });
});

describe("the registry's tables", () => {
  it('are all STRICT', async () => {
    const registry = await startTestRegistry();
    const database = new Database(join(registry.dataFolder, 'registry.sqlite'), { readonly: true });
    const tables = database
      .prepare("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all() as { name: string; strict: number }[];
    database.close();
    expect(tables.filter((table) => table.strict !== 1)).toEqual([]);
    expect(tables.length).toBeGreaterThan(8);
  });
});
