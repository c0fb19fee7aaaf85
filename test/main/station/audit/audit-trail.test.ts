import { beforeEach, expect, test } from 'vitest';
import { type AuditLog, auditLog } from '#station/audit/audit-log.ts';
import { type RepeatingTrail, repeatingTrail } from '#station/audit/audit-trail.ts';
import { openVault, type Vault } from '#station/vault/vault.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { eventsIn } from './scenes/scene.ts';

let vault: Vault;
let audit: AuditLog;
let trail: RepeatingTrail;
let at: number;
const OFFLINE = { type: 'link.offline', fields: {} } as const;
const ONLINE = { type: 'link.online', fields: {} } as const;
const told = () => eventsIn(vault.database).map(({ type, fields }) => [type, fields.times]);

beforeEach(() => {
  const opened = openVault({ folder: temporaryFolder() });
  if (!opened.ok) throw new Error(opened.error.reason);
  vault = opened.value;
  at = 0;
  const { database } = vault;
  audit = auditLog({
    database,
    now: () => 1_790_000_000_000 + at,
    onRefused: ({ field }) => expect(field).toBe(''),
  });
  trail = repeatingTrail({ database, audit, monotonic: () => at });
  return () => vault.close();
});

test('a line that comes and goes leaves two entries and two counts, each with the entry that it belongs to', () => {
  for (let times = 0; times < 10; times += 1) {
    trail.record(times % 2 === 0 ? OFFLINE : ONLINE);
    at += 2_000;
  }
  at += 90_000;
  trail.settle();
  expect(told()).toEqual([
    ['link.offline', undefined],
    ['link.online', undefined],
    ['audit.repeated', 4],
    ['audit.repeated', 4],
  ]);
  expect(
    eventsIn(vault.database)
      .slice(2)
      .map(({ fields }) => fields),
  ).toEqual([
    { number: 4020, entry: 1, times: 4, seconds: 16 },
    { number: 4010, entry: 2, times: 4, seconds: 16 },
  ]);
});

test('counts that are open when the station ends are written then', () => {
  trail.record(OFFLINE);
  trail.record(OFFLINE);
  trail.close();
  expect(told()).toEqual([
    ['link.offline', undefined],
    ['audit.repeated', 1],
  ]);
});

test('a disk that takes nothing loses no count: it is written once there is room', () => {
  trail.record(OFFLINE);
  trail.record(OFFLINE);
  at += 90_000;
  const { database } = vault;
  database.exec("CREATE TRIGGER full BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'full'); END");
  expect(() => trail.settle()).toThrow('full');
  expect(() => trail.record(ONLINE)).toThrow('full');
  database.exec('DROP TRIGGER full');
  trail.record(ONLINE);
  expect(told()).toEqual([
    ['link.offline', undefined],
    ['audit.repeated', 1],
    ['link.online', undefined],
  ]);
});
