import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { phoneDesk } from '#registry/adjudication/phone-desk.ts';
import { migration0010 } from '#registry/store/migrations/0010-registry.ts';
import { migration0020 } from '#registry/store/migrations/0020-decisions-of-a-station.ts';
import { openStore } from '#registry/store/store.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

/** A database as it was before phones asked, with one e-ID on this thumbprint. */
function databaseBeforePhones(thumbprint: Uint8Array): string {
  const file = join(temporaryFolder(), 'registry.sqlite');
  const database = new Database(file);
  migration0010(database);
  migration0020(database);
  database.pragma('user_version = 20');
  database.exec(`
    INSERT INTO stations VALUES ('hall-1', 'hall-1', 1);
    INSERT INTO installations VALUES ('hall-1', 1, x'0a', x'0b', x'0c', x'0d', 0, NULL);
    INSERT INTO packets VALUES
      (1, 'a packet', 'hall-1', 1, 1, x'00', x'01', x'02', x'03', 16, 1, 0, 0, 0, 0, 'done');
  `);
  database
    .prepare("INSERT INTO decisions VALUES (5, 'a packet', 'hall-1', 1, 'issued', 'issued', 0, x'01')")
    .run();
  database
    .prepare("INSERT INTO eids VALUES ('S', 'a packet', x'02', 'full', 7, 0, 1, ?, x'03', x'04', 0, x'0506')")
    .run(thumbprint);
  database.close();
  return file;
}

it('decisions that fell before phones asked learn the phone of their e-ID', async () => {
  const thumbprint = new Uint8Array(32).fill(9);
  const opened = openStore(databaseBeforePhones(thumbprint));
  if (!opened.ok) throw new Error(opened.error.reason);
  const store = opened.value;
  onTestFinished(() => store.close());
  const [decision] = await store.queries.selectFrom('decisions').selectAll().execute();
  expect(new Uint8Array(decision?.phone_thumbprint ?? [])).toEqual(thumbprint);
  expect(decision?.position).toBe(5);
  expect(await phoneDesk(store).eidFor(new Uint8Array(32))).toEqual({ status: 'not-yet' });
});

it('an e-ID of before there were revocations is in force, and decisions go on counting where they were', async () => {
  const opened = openStore(databaseBeforePhones(new Uint8Array(32)));
  if (!opened.ok) throw new Error(opened.error.reason);
  const { queries, close } = opened.value;
  onTestFinished(close);
  const eid = await queries
    .selectFrom('eids')
    .select(['status_index', 'revoked_at', 'revoked_by', 'revocation'])
    .executeTakeFirst();
  expect(eid).toEqual({ status_index: 7, revoked_at: null, revoked_by: null, revocation: null });
  const { packet_id, station_id, installation, statement } = await queries
    .selectFrom('decisions')
    .selectAll()
    .executeTakeFirstOrThrow();
  const { position } = await queries
    .insertInto('decisions')
    .values({
      ...{ packet_id, station_id, installation, statement },
      outcome: 'revoked',
      reason: 'revoked',
      decided_at: 1,
      phone_thumbprint: null,
    })
    .returning('position')
    .executeTakeFirstOrThrow();
  expect(position).toBe(6);
});
