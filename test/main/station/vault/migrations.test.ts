import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '#station/vault/migrate.ts';
import { MIGRATIONS } from '#station/vault/migrations/all.ts';

const NEWEST = MIGRATIONS.at(-1)?.version ?? 0;

/** A database as it was when `version` was the newest. */
function databaseAt(version: number): Database.Database {
  const database = new Database(':memory:');
  onTestFinished(() => {
    database.close();
  });
  database.pragma('foreign_keys = ON');
  migrate(
    database,
    MIGRATIONS.filter((migration) => migration.version <= version),
  );
  return database;
}

const packet = (changes: Readonly<Record<string, unknown>> = {}) => ({
  packet_id: '01890a5d-ac96-774b-bcce-b302099a8057',
  chain: 1,
  installation: 1,
  sequence: 1,
  created_at: 1,
  sealed_size: 4,
  envelope_sha256: Buffer.alloc(32, 1),
  envelope: Buffer.from('envelope'),
  ...changes,
});

function insert(database: Database.Database, row: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(row);
  database
    .prepare(`INSERT INTO packet (${names.join()}) VALUES (${names.map((name) => `@${name}`).join()})`)
    .run(row);
}

test('versions rise in tens, and the database says which it has', () => {
  const versions = MIGRATIONS.map((migration) => migration.version);
  expect(versions).toEqual(versions.map((_, index) => (index + 1) * 10));
  expect(databaseAt(NEWEST).pragma('user_version', { simple: true })).toBe(NEWEST);
});

test('a migration that fails leaves the database at the one before', () => {
  const database = databaseAt(10);
  const broken = { version: 20, sql: 'CREATE TABLE half (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1)' };
  expect(() => migrate(database, [...MIGRATIONS.slice(0, 1), broken])).toThrow(/nowhere/);
  expect(database.pragma('user_version', { simple: true })).toBe(10);
  expect(database.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0);
});

test('migrations out of order are a bug', () => {
  expect(() => migrate(databaseAt(0), MIGRATIONS.toReversed())).toThrow(/does not come after/);
});

test('running the migrations again changes nothing', () => {
  const database = databaseAt(NEWEST);
  const before = database.prepare('SELECT sql FROM sqlite_schema').pluck().all();
  expect(migrate(database, MIGRATIONS)).toEqual({ ok: true, value: { from: NEWEST, to: NEWEST } });
  expect(database.prepare('SELECT sql FROM sqlite_schema').pluck().all()).toEqual(before);
});

test('10: packets of a database at 10 come through all later migrations untouched', () => {
  const database = databaseAt(10);
  insert(database, packet());
  database.prepare('INSERT INTO packet_body VALUES (1, ?)').run(Buffer.from('seal'));
  const before = database.prepare<[], object>('SELECT * FROM packet').all();
  expect(migrate(database, MIGRATIONS).ok).toBe(true);
  expect(database.prepare('SELECT * FROM packet').all()).toEqual(
    before.map((row) => ({ ...row, collect: 0 })),
  );
  expect(database.prepare('SELECT packets FROM packet_tally WHERE delivery = ?').pluck().get('waiting')).toBe(
    1,
  );
});

test.each([
  ['acknowledged without an acknowledgement', { delivery: 'acknowledged', acknowledged_at: 1 }],
  ['refused without a refusal', { delivery: 'refused' }],
  ['a body erased before the registry holds it', { body: 'erased' }],
  ['a decision without a reason', { decision: 'issued' }],
  ['a hash of the wrong length', { envelope_sha256: Buffer.alloc(31) }],
  ['a fifth kind of delivery', { delivery: 'lost' }],
])('10: the table itself refuses %s', (_, changes) => {
  expect(() => insert(databaseAt(10), packet(changes))).toThrow(/CHECK/);
});

test('10: neither the same packet id nor the same place in a chain can stand twice', () => {
  const database = databaseAt(10);
  insert(database, packet());
  expect(() => insert(database, packet({ sequence: 2 }))).toThrow(/UNIQUE/);
  const other = { packet_id: '01890a5d-ac96-774b-bcce-b302099a8058' };
  expect(() => insert(database, packet(other))).toThrow(/UNIQUE/);
  insert(database, packet({ ...other, chain: 2 }));
});

test('10: nothing deletes a packet, changes an envelope or erases a body that is said to be there', () => {
  const database = databaseAt(10);
  insert(database, packet());
  database.prepare('INSERT INTO packet_body VALUES (1, ?)').run(Buffer.from('seal'));
  expect(() => database.exec('DELETE FROM packet')).toThrow(/never deleted/);
  expect(() => database.exec("UPDATE packet SET envelope = x'00'")).toThrow(/never changed/);
  expect(() => database.exec('DELETE FROM packet_body')).toThrow(/erased only after/);
});

test('20: audit entries are neither changed nor deleted', () => {
  const database = databaseAt(20);
  database.prepare("INSERT INTO audit_entry VALUES (1, 'a', x'00', ?)").run(Buffer.alloc(32));
  expect(() => database.exec('DELETE FROM audit_entry')).toThrow(/never deleted/);
  expect(() => database.exec("UPDATE audit_entry SET type = 'b'")).toThrow(/never changed/);
});

test('30: an installation number and a key serve once', () => {
  const database = databaseAt(30);
  const row = database.prepare(
    "INSERT INTO installation (station_id, number, registry_url, root_key, public_key, certificate, provisioned_at) VALUES ('s', ?, 'https://r', ?, ?, x'00', 0)",
  );
  row.run(1, Buffer.alloc(32), Buffer.alloc(32, 1));
  expect(() => row.run(1, Buffer.alloc(32), Buffer.alloc(32, 2))).toThrow(/UNIQUE/);
  expect(() => row.run(2, Buffer.alloc(32), Buffer.alloc(32, 1))).toThrow(/UNIQUE/);
  row.run(2, Buffer.alloc(32), Buffer.alloc(32, 2));
  // Another registry's first number.
  row.run(1, Buffer.alloc(32, 9), Buffer.alloc(32, 3));
});

test('40: trusted time never goes back', () => {
  const database = databaseAt(40);
  database.exec('UPDATE sync_state SET highest_trusted_time = 5');
  expect(() => database.exec('UPDATE sync_state SET highest_trusted_time = 4')).toThrow(/never goes back/);
});

test('50: a database at 40 comes to know used phone codes, each once and of their one length', () => {
  const database = databaseAt(40);
  expect(migrate(database, MIGRATIONS)).toEqual({ ok: true, value: { from: 40, to: NEWEST } });
  const insert = database.prepare('INSERT INTO used_phone_code (code_id) VALUES (?)');
  insert.run(Buffer.alloc(16, 1));
  expect(() => insert.run(Buffer.alloc(16, 1))).toThrow(/UNIQUE/);
  expect(() => insert.run(Buffer.alloc(15))).toThrow(/CHECK/);
});

test('60: a status list is replaced by a newer one of its block only', () => {
  const database = databaseAt(60);
  const put = database.prepare(
    `INSERT INTO status_list VALUES (?, ?, ?, x'00')
     ON CONFLICT (root_key, block) DO UPDATE SET issued_at = excluded.issued_at`,
  );
  put.run(Buffer.alloc(32), 0, 5);
  put.run(Buffer.alloc(32), 0, 6);
  expect(() => put.run(Buffer.alloc(32), 0, 4)).toThrow(/older/);
  // Another block, another registry.
  put.run(Buffer.alloc(32), 1, 4);
  put.run(Buffer.alloc(32, 9), 0, 4);
});

test('60: a packet says whether its e-ID is to be collected, and nothing but yes or no', () => {
  const database = databaseAt(60);
  insert(database, packet({ collect: 1 }));
  expect(() => insert(database, packet({ packet_id: '0'.repeat(36), sequence: 2, collect: 2 }))).toThrow(
    /CHECK/,
  );
});

test('80: a settings document never goes back, and a local setting is JSON of somebody’s', () => {
  const database = databaseAt(70);
  expect(migrate(database, MIGRATIONS)).toEqual({ ok: true, value: { from: 70, to: NEWEST } });
  const add = database.prepare("INSERT INTO settings_document VALUES (?, ?, x'00', 1)");
  const root = Buffer.alloc(32, 1);
  add.run(root, 2);
  expect(() => add.run(root, 1)).toThrow(/never goes back/);
  expect(() => add.run(root, 2)).toThrow(/never goes back/);
  add.run(Buffer.alloc(32, 2), 1);
  add.run(root, 3);
  expect(() => add.run(Buffer.alloc(31), 1)).toThrow(/CHECK/);
  const set = database.prepare("INSERT INTO local_setting VALUES ('retentionDays', ?, 'technician', 1)");
  expect(() => set.run('nine')).toThrow(/CHECK/);
  set.run('9');
});

test('90: a database at 80 comes to account for liveness plans, each once and with a known end', () => {
  const database = databaseAt(80);
  expect(migrate(database, MIGRATIONS)).toEqual({ ok: true, value: { from: 80, to: NEWEST } });
  const add = database.prepare(
    "INSERT INTO liveness_plan (commitment, session_id, attempt, abandoned) VALUES (?, 's', ?, ?)",
  );
  add.run(Buffer.alloc(32, 1), 1, null);
  add.run(Buffer.alloc(32, 2), 2, 'left');
  expect(() => add.run(Buffer.alloc(32, 1), 1, null)).toThrow(/UNIQUE/);
  expect(() => add.run(Buffer.alloc(31), 1, null)).toThrow(/CHECK/);
  expect(() => add.run(Buffer.alloc(32, 3), 3, null)).toThrow(/CHECK/);
  expect(() => add.run(Buffer.alloc(32, 3), 1, 'forgotten')).toThrow(/CHECK/);
});
