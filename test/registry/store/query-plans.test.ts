import Database from 'better-sqlite3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { decisionBoard } from '#registry/adjudication/decision-board.ts';
import { decisionDesk } from '#registry/adjudication/decision-desk.ts';
import {
  countWrongTry,
  type HeldEid,
  hasOpenCase,
  heldEid,
  revokeEid,
} from '#registry/adjudication/held-eid.ts';
import { phoneDesk } from '#registry/adjudication/phone-desk.ts';
import { nextWaiting, retrySetAside } from '#registry/adjudication/waiting-packets.ts';
import { chainStanding } from '#registry/intake/chain-book.ts';
import { statusPublisher } from '#registry/issuance/status-publisher.ts';
import { nonceDesk } from '#registry/provisioning/nonce-desk.ts';
import { MORNING, randomBytes, setClock } from '../registry-fixture.ts';
import { arrivalOf, CERTIFICATE_SHA256, keep, testStore } from '../store-fixture.ts';

/** Every statement that is prepared meanwhile, with SQLite's plan for it. */
function watchPlans(): () => readonly string[] {
  const plans: string[] = [];
  const prepare = Database.prototype.prepare;
  vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (
    this: Database.Database,
    text: string,
  ) {
    if (/^(select|update|delete|insert)/i.test(text)) {
      const explained = prepare.call(this, `EXPLAIN QUERY PLAN ${text}`);
      const parameters = Array.from({ length: (text.match(/\?/g) ?? []).length }, () => null);
      for (const row of explained.all(parameters) as { readonly detail: string }[]) plans.push(row.detail);
    }
    return prepare.call(this, text);
  });
  return () => plans;
}

afterEach(() => vi.restoreAllMocks());

describe('what runs for every packet', () => {
  it('scans no table, so that a million packets cost no more than ten', async () => {
    const plans = watchPlans();
    const { store, chain } = await testStore();
    for (const sequence of [1, 2, 4]) {
      const packetId = `packet ${sequence}`;
      await keep(store, arrivalOf({ chain, packetId, sequence, previous: CERTIFICATE_SHA256 }));
    }
    await retrySetAside(store);
    expect(await nextWaiting(store)).not.toBeNull();
    await chainStanding(store.queries, chain);
    const nonces = nonceDesk({ store, clock: setClock(MORNING), randomBytes });
    const caller = { ...chain, kid: new Uint8Array(8), verifier: never, revokedAt: null };
    await nonces.give(caller);
    await decisionDesk({ store, board: decisionBoard() }).decisionsAfter({ caller, after: '0' });
    await phoneDesk(store).eidFor(randomBytes(32));
    const lookup = randomBytes(32);
    await heldEid(store.queries, { lookup, at: MORNING, issuedBy: MORNING });
    await hasOpenCase(store.queries, lookup);
    await countWrongTry(store.queries, nobody);
    const revoked = { eid: nobody, packetId: 'packet 1', at: MORNING, revocation: 'lost' } as const;
    await revokeEid(store.queries, revoked);
    const signStatusList = async () => new Uint8Array(100);
    const issuance = { signStatusList };
    await statusPublisher({ store, issuance, clock: setClock(MORNING), lifeMs: 1000 }).lists();
    expect(plans().length).toBeGreaterThan(10);
    // These two indexes hold only what they name: the packets that wait, and those that were set aside.
    const scans = new Set(plans().filter((plan) => plan.startsWith('SCAN')));
    expect(scans).toEqual(
      new Set(['SCAN packets USING INDEX packets_waiting', 'SCAN packets USING INDEX packets_set_aside']),
    );
  });
});

const nobody: HeldEid = {
  subject: 'nobody',
  grade: 'basic',
  wrongTries: 0,
  password: { password_hmac: new Uint8Array(32), password_salt: new Uint8Array(16) },
};

const never = { kid: new Uint8Array(8), verify: () => false };
