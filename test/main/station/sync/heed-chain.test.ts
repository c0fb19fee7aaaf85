import { randomBytes } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { hashOf } from '#protocol/hash.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import { auditLog } from '#station/audit/audit-log.ts';
import { installationStore } from '#station/provisioning/installation-store.ts';
import { newPacketId } from '#station/queue/packet-id.ts';
import { packetQueue } from '#station/queue/packet-queue.ts';
import { appendPacket } from '#station/queue/save-enrolment.ts';
import { type HeedingTools, heedChain } from '#station/sync/heed-chain.ts';
import { openVault } from '#station/vault/vault.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { installLocally } from '../desk/local-installation.ts';

const NOW = 1_790_000_000_000;
const random = (length: number) => new Uint8Array(randomBytes(length));
const signer = nodeSigner(random(32));
const certificateSha256 = random(32);

let tools: HeedingTools;

beforeEach(async () => {
  const folder = temporaryFolder();
  await installLocally({ folder });
  const opened = openVault({ folder });
  if (!opened.ok) throw new Error(opened.error.reason);
  const { database } = opened.value;
  tools = {
    database,
    queue: packetQueue(database),
    audit: auditLog({ database, now: () => NOW, onRefused: ({ field }) => expect(field).toBe('') }),
    installations: installationStore(database),
  };
  return () => opened.value.close();
});

/** A packet at the end of chain 1, acknowledged unless told. */
function packet(state: 'acknowledged' | 'waiting' | 'refused' | 'erased' = 'acknowledged'): string {
  const packetId = newPacketId({ now: NOW, randomBytes: random });
  const { queue } = tools;
  tools.database.transaction(() =>
    appendPacket(
      {
        packetId,
        createdAt: NOW,
        clockTrust: 'synchronised',
        simulated: true,
        collect: false,
        sealed: random(100),
      },
      {
        stationId: 'TEST-1',
        installation: 1,
        chain: 1,
        certificateSha256,
        signer,
        sealingKey: { kid: random(8) },
      },
      tools,
    ),
  )();
  if (state === 'refused') queue.refuse({ packetId, refusal: random(9), reason: 'malformed' });
  if (state === 'acknowledged' || state === 'erased') {
    queue.acknowledge({ packetId, acknowledgement: random(100), at: NOW });
  }
  if (state === 'erased') queue.eraseBody(packetId);
  return packetId;
}

const nothing = { head: 0, headSha256: certificateSha256, gaps: [] };
const deliveryOf = (packetId: string) => tools.queue.find(packetId)?.delivery;
const heldTo = (packetId: string, head: number, gaps: [number, number][] = []) => ({
  head,
  headSha256: hashOf(tools.queue.find(packetId)?.envelope ?? new Uint8Array()),
  gaps,
});

test('a statement that fits changes nothing and says nothing', () => {
  const last = [packet(), packet()].at(-1) ?? '';
  packet('waiting');
  const heeded = heedChain({ chain: 1, statement: heldTo(last, 2), upToDate: true }, tools);
  expect(heeded).toEqual({ broken: null, sentAgain: 0 });
  expect(deliveryOf(last)).toBe('acknowledged');
});

test('only what was acknowledged and is still here waits again; what was refused or erased stays as it is', () => {
  const lost = packet();
  const [refused, erased, waiting] = [packet('refused'), packet('erased'), packet('waiting')];
  const heeded = heedChain({ chain: 1, statement: nothing, upToDate: true }, tools);
  expect(heeded).toEqual({ broken: null, sentAgain: 1 });
  expect([lost, refused, erased, waiting].map(deliveryOf)).toEqual([
    'waiting',
    'refused',
    'acknowledged',
    'waiting',
  ]);
  expect(tools.queue.waiting()).toBe(2);
});

test('a decision that was made before the registry lost the packet stands', () => {
  const lost = packet();
  tools.queue.decide({ packetId: lost, outcome: 'issued', reason: 'issued' });
  heedChain({ chain: 1, statement: nothing, upToDate: true }, tools);
  expect(tools.queue.rows({ limit: 1 })).toMatchObject([{ delivery: 'waiting', decision: 'issued' }]);
});

test('a statement that was overtaken by an acknowledgement sends nothing again', () => {
  const held = packet();
  expect(heedChain({ chain: 1, statement: nothing, upToDate: false }, tools).sentAgain).toBe(0);
  expect(deliveryOf(held)).toBe('acknowledged');
});

test('both ends of a gap are missing, and their neighbours are not', () => {
  const ids = [packet(), packet(), packet(), packet(), packet()];
  const statement = heldTo(ids[4] ?? '', 5, [[2, 3]]);
  expect(heedChain({ chain: 1, statement, upToDate: true }, tools).sentAgain).toBe(2);
  expect(ids.map(deliveryOf)).toEqual(['acknowledged', 'waiting', 'waiting', 'acknowledged', 'acknowledged']);
});

test('a chain is found broken once, whatever is said of it later, and nothing of it is sent again', () => {
  const held = packet();
  const ahead = { head: 2, headSha256: random(32), gaps: [] };
  expect(heedChain({ chain: 1, statement: ahead, upToDate: true }, tools).broken).toBe('registry-ahead');
  const differs = { head: 1, headSha256: random(32), gaps: [] };
  expect(heedChain({ chain: 1, statement: differs, upToDate: true }, tools).broken).toBeNull();
  expect(tools.installations.isBroken(1)).toBe(true);
  expect(deliveryOf(held)).toBe('acknowledged');
});
