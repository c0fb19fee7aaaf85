import { describe, expect, it } from 'vitest';
import { nodeSigner, nodeVerifier } from '#protocol/keys/node-signer.ts';
import { decisionBoard } from '#registry/adjudication/decision-board.ts';
import { decisionDesk } from '#registry/adjudication/decision-desk.ts';
import type { Installation } from '#registry/provisioning/station-directory.ts';
import type { Store } from '#registry/store/store.ts';
import { MORNING, randomBytes } from '../registry-fixture.ts';
import { addInstallation, arrivalOf, CERTIFICATE_SHA256, keep, testStore } from '../store-fixture.ts';

const PACKET = 'a packet';
const STATEMENT = new Uint8Array(100).fill(7);

/** A desk over a database in which nobody adjudicates, so that a test decides when a decision falls. */
async function waitingPacket() {
  const { store, chain } = await testStore();
  await keep(store, arrivalOf({ chain, packetId: PACKET, sequence: 1, previous: CERTIFICATE_SHA256 }));
  const board = decisionBoard();
  const { kid, publicKey } = nodeSigner(randomBytes(32));
  const caller: Installation = { ...chain, kid, verifier: nodeVerifier(publicKey), revokedAt: null };
  return { store, board, caller, desk: decisionDesk({ store, board }) };
}

async function decideNow(store: Store, stationId = 'hall-1'): Promise<void> {
  await store.queries
    .insertInto('decisions')
    .values({
      packet_id: PACKET,
      station_id: stationId,
      installation: 1,
      outcome: 'referred',
      reason: 'referred-duplicate',
      decided_at: MORNING,
      statement: STATEMENT,
    })
    .execute();
}

describe('waiting for a decision', () => {
  it('ends without one when the time is up', async () => {
    const { desk, caller } = await waitingPacket();
    const none = { decision: null, eid: null };
    expect(await desk.decisionFor({ caller, packetId: PACKET, waitMs: 0 })).toEqual(none);
    expect(await desk.decisionFor({ caller, packetId: PACKET, waitMs: 20 })).toEqual(none);
  });

  it('ends as soon as it falls, for everybody who waits', async () => {
    const { store, board, desk, caller } = await waitingPacket();
    const asked = { caller, packetId: PACKET, waitMs: 600_000 };
    const waits = [desk.decisionFor(asked), desk.decisionFor(asked)];
    await decideNow(store);
    board.announce(PACKET);
    for (const answer of await Promise.all(waits)) expect(answer?.decision).toEqual(STATEMENT);
  });

  it('ends when the registry does, so that its end is not held up', async () => {
    const { board, desk, caller } = await waitingPacket();
    const wait = desk.decisionFor({ caller, packetId: PACKET, waitMs: 600_000 });
    board.close();
    expect(await wait).toEqual({ decision: null, eid: null });
    expect(await desk.decisionFor({ caller, packetId: PACKET, waitMs: 600_000 })).toEqual({
      decision: null,
      eid: null,
    });
  });

  it('is not for a station that did not deliver the packet', async () => {
    const { desk, caller } = await waitingPacket();
    const stranger = { ...caller, stationId: 'hall-2' };
    expect(await desk.decisionFor({ caller: stranger, packetId: PACKET, waitMs: 600_000 })).toBeNull();
  });

  it('pages through many decisions without losing or repeating one', async () => {
    const { store, desk, caller } = await waitingPacket();
    for (let count = 0; count < 450; count += 1) await decideNow(store);
    let after = '0';
    const pages: number[] = [];
    for (;;) {
      const page = await desk.decisionsAfter({ caller, after });
      pages.push(page.decisions.length);
      after = page.next;
      if (!page.more) break;
    }
    expect(pages).toEqual([200, 200, 50]);
  });
});

describe('decisions after a cursor', () => {
  it('reach a station that was installed anew, from the start, and no other station', async () => {
    const { store, desk, caller } = await waitingPacket();
    await decideNow(store);
    await decideNow(store, 'hall-2');
    await decideNow(store);
    const anew = { ...caller, installation: 2 };
    await addInstallation(store, anew, CERTIFICATE_SHA256);
    const page = await desk.decisionsAfter({ caller: anew, after: '0' });
    expect(page).toMatchObject({ decisions: [STATEMENT, STATEMENT], more: false });
    expect(await desk.decisionsAfter({ caller: anew, after: page.next })).toMatchObject({ decisions: [] });
  });
});
