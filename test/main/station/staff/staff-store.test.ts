import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { decryptAtRest, encryptAtRest } from '#station/staff/at-rest.ts';
import { staffStore } from '#station/staff/staff-store.ts';
import { migrate } from '#station/vault/migrate.ts';
import { MIGRATIONS } from '#station/vault/migrations/all.ts';

function database(): Database.Database {
  const made = new Database(':memory:');
  onTestFinished(() => {
    made.close();
  });
  migrate(made, MIGRATIONS);
  return made;
}

const NONCE = new Uint8Array(10).fill(4);

test('a database from before there was staff gets its tables, empty', () => {
  const made = new Database(':memory:');
  onTestFinished(() => {
    made.close();
  });
  migrate(
    made,
    MIGRATIONS.filter(({ version }) => version <= 60),
  );
  migrate(made, MIGRATIONS);
  const store = staffStore(made);
  expect([store.throttles(), store.nonce(), store.list()]).toEqual([[], null, null]);
});

test('what is kept together is kept together or not at all', () => {
  const store = staffStore(database());
  const throttle = { wrong: 15, since: 7 };
  const broken = new Uint8Array(3);
  expect(() =>
    store.keep(
      [
        { kind: 'throttle', staffId: 'T-07', throttle },
        { kind: 'nonce', nonce: broken },
      ],
      'boot',
    ),
  ).toThrow(/CHECK/);
  expect(store.throttles()).toEqual([]);
  store.keep(
    [
      { kind: 'throttle', staffId: 'T-07', throttle },
      { kind: 'nonce', nonce: NONCE },
    ],
    'boot',
  );
  expect(store.throttles()).toEqual([{ staffId: 'T-07', ...throttle, bootId: 'boot' }]);
  expect(new Uint8Array(store.nonce() ?? [])).toEqual(NONCE);
});

test.each([
  ["INSERT INTO staff_throttle VALUES ('', 1, 0, 'b')", 'nobody'],
  ["INSERT INTO staff_throttle VALUES ('T', 0, 0, 'b')", 'no wrong try'],
  ["INSERT INTO staff_throttle VALUES ('T', 1, -1, 'b')", 'a time before the boot'],
  ["INSERT INTO staff_nonce VALUES (2, x'00112233445566778899')", 'a second nonce'],
  ["INSERT INTO staff_list VALUES (1, x'00', 1, x'00', 0)", 'a root key that is none'],
  ["INSERT INTO staff_list VALUES (2, zeroblob(32), 1, x'00', 0)", 'a second list'],
])('%s is refused: %s', (sql) => {
  const made = database();
  expect(() => made.exec(sql)).toThrow(/CHECK/);
});

test('what lies on the disk opens with its key, at its place, and unchanged only', () => {
  const key = new Uint8Array(32).fill(1);
  const plain = new TextEncoder().encode('a list of staff');
  const octets = encryptAtRest({ key, nonce: new Uint8Array(12).fill(2), plain, belongsTo: 'here' });
  const opened = decryptAtRest({ key, octets, belongsTo: 'here' });
  expect(opened).toEqual({ ok: true, value: plain });
  const refused = { ok: false, error: 'not-ours' };
  expect(decryptAtRest({ key, octets, belongsTo: 'elsewhere' })).toEqual(refused);
  expect(decryptAtRest({ key: new Uint8Array(32), octets, belongsTo: 'here' })).toEqual(refused);
  expect(decryptAtRest({ key, octets: octets.slice(0, 20), belongsTo: 'here' })).toEqual(refused);
  for (let at = 0; at < octets.length; at += 1) {
    const changed = Uint8Array.from(octets, (octet, index) => (index === at ? octet ^ 1 : octet));
    expect(decryptAtRest({ key, octets: changed, belongsTo: 'here' })).toEqual(refused);
  }
});
