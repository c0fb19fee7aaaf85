import { randomBytes, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { MOST_ABANDONED } from '#domain/liveness/evidence.ts';
import { type AuditLog, auditLog } from '#station/audit/audit-log.ts';
import { type PlanLedger, planLedger } from '#station/desk/plan-ledger.ts';
import { openVault, type Vault } from '#station/vault/vault.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

let folder: string;
let vault: Vault;
let audit: AuditLog;
let ledger: PlanLedger;

function open(): void {
  const opened = openVault({ folder });
  if (!opened.ok) throw new Error(opened.error.reason);
  vault = opened.value;
  const { database } = vault;
  audit = auditLog({ database, now: () => 1, onRefused: ({ field }) => expect(field).toBe('') });
  ledger = planLedger({ database, trail: { record: audit.append } });
}

beforeEach(() => {
  folder = temporaryFolder();
  open();
  return () => vault.close();
});

const committed = (): string => {
  const commitment = randomBytes(32).toString('hex');
  const fields = { sessionId: randomUUID(), attempt: 1, commitment };
  ledger.record({ type: 'liveness.committed', fields });
  return commitment;
};
const giveUp = (commitment: string, reason = 'left') =>
  ledger.record({
    type: 'liveness.abandoned',
    fields: { sessionId: randomUUID(), attempt: 1, commitment, reason },
  });
const use = (commitment: string) =>
  ledger.record({
    type: 'liveness.used',
    fields: { sessionId: randomUUID(), attempt: 1, commitment, result: 'live', reason: 'passed' },
  });
const untold = (most = MOST_ABANDONED) =>
  ledger.untold(most).map(({ commitment, reason }) => `${Buffer.from(commitment).toString('hex')} ${reason}`);

describe('plans that were given up', () => {
  test('are told in the order of their commitments; those that were used, or are under way, are not', () => {
    const [first, used, third, running] = [committed(), committed(), committed(), committed()];
    giveUp(third ?? '', 'superseded');
    use(used ?? '');
    giveUp(first ?? '');
    expect(untold()).toEqual([`${first} left`, `${third} superseded`]);
    expect(untold(1)).toEqual([`${first} left`]);
    expect(untold().join()).not.toContain(running);
  });

  test('are told once', () => {
    const plans = [committed(), committed()];
    for (const plan of plans) giveUp(plan);
    ledger.told(ledger.untold(1));
    expect(untold()).toEqual([`${plans[1]} left`]);
  });

  test('are not forgotten by a restart, and what a restart interrupts was given up, in the chain as well', () => {
    const [before, interrupted] = [committed(), committed()];
    giveUp(before ?? '');
    vault.close();
    open();
    const entries = audit.length();
    ledger.endUnfinished();
    expect(untold()).toEqual([`${before} left`, `${interrupted} wiped`]);
    expect(audit.length()).toBe(entries + 1);
    ledger.endUnfinished();
    expect(audit.length()).toBe(entries + 1);
  });

  test('stand in chain and account together, or in neither', () => {
    const plan = committed();
    const broken = planLedger({
      database: vault.database,
      trail: {
        record: () => {
          throw new Error('the disk is full');
        },
      },
    });
    const fields = { sessionId: randomUUID(), attempt: 1, commitment: plan, reason: 'left' };
    expect(() => broken.record({ type: 'liveness.abandoned', fields })).toThrow('full');
    expect(untold()).toEqual([]);
  });
});

test('other events only pass through', () => {
  ledger.record({ type: 'station.stopped', fields: {} });
  expect(audit.length()).toBe(1);
  expect(untold()).toEqual([]);
});
