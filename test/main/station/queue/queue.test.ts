import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ClockTrust } from '#domain/enrolment/enrolment.ts';
import { openCheckpoint } from '#protocol/audit-entry.ts';
import { openEnvelope } from '#protocol/envelope.ts';
import { hashOf } from '#protocol/hash.ts';
import { nodeSigner, nodeVerifier } from '#protocol/keys/node-signer.ts';
import { type AuditLog, auditLog } from '#station/audit/audit-log.ts';
import { type CheckedChain, chainChecker } from '#station/queue/chain-check.ts';
import { newPacketId } from '#station/queue/packet-id.ts';
import { type PacketQueue, packetQueue } from '#station/queue/packet-queue.ts';
import { eraseOldBodies } from '#station/queue/retention.ts';
import { appendPacket } from '#station/queue/save-enrolment.ts';
import { openVault, type Vault } from '#station/vault/vault.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

const NOW = 1_790_000_000_000;
const DAY = 86_400_000;
const random = (length: number) => new Uint8Array(randomBytes(length));
const signer = nodeSigner(random(32));
const verifier = nodeVerifier(signer.publicKey);
const certificateSha256 = random(32);
const stationId = 'TEST-1';

let vault: Vault;
let queue: PacketQueue;
let audit: AuditLog;

beforeEach(() => {
  const opened = openVault({ folder: temporaryFolder() });
  if (!opened.ok) throw new Error(opened.error.reason);
  vault = opened.value;
  queue = packetQueue(vault.database);
  audit = auditLog({
    database: vault.database,
    now: () => NOW,
    onRefused: ({ field }) => expect(field).toBe(''),
  });
  return () => vault.close();
});

function append(chain = 1, installation = chain) {
  const packetId = newPacketId({ now: NOW, randomBytes: random });
  return vault.database
    .transaction(() =>
      appendPacket(
        {
          packetId,
          createdAt: NOW,
          clockTrust: 'synchronised',
          simulated: true,
          collect: false,
          sealed: random(100),
        },
        { stationId, installation, chain, certificateSha256, signer, sealingKey: { kid: random(8) } },
        { queue, audit },
      ),
    )
    .immediate();
}

const toSend = (limit: number, chains = [1, 2]) => queue.toSend({ chains, limit });
const acknowledge = (packetId: string, at = NOW) =>
  queue.acknowledge({ packetId, acknowledgement: random(100), at });
const row = (packetId: string) => queue.rows({ limit: 100 }).find((each) => each.packetId === packetId);

describe('the chain', () => {
  const envelopeOf = (packetId: string) => {
    const octets = new Uint8Array(queue.find(packetId)?.envelope ?? []);
    const opened = openEnvelope({ octets, findVerifier: () => verifier });
    if (!opened.ok) throw new Error(opened.error.where);
    return opened.value;
  };

  test('begins at the station certificate and goes on from envelope to envelope', () => {
    const [first, second] = [append(), append()];
    expect(envelopeOf(first.packetId)).toMatchObject({ sequence: 1, previous: certificateSha256 });
    expect(envelopeOf(second.packetId)).toMatchObject({
      sequence: 2,
      previous: hashOf(queue.find(first.packetId)?.envelope ?? new Uint8Array()),
    });
  });

  test('each envelope names the newest audit entry, and each packet has one', () => {
    const before = audit.append({ type: 'station.stopped', fields: {} });
    const { packetId } = append();
    expect(envelopeOf(packetId).auditHead).toEqual(new Uint8Array(before));
    expect(vault.database.prepare('SELECT type FROM audit_entry').pluck().all()).toEqual([
      'station.stopped',
      'packet.saved',
    ]);
  });

  test('every installation has a chain of its own, even when two registries gave it the same number', () => {
    append(1);
    append(1);
    const other = append(2, 1);
    expect(other.sequence).toBe(1);
    expect(envelopeOf(other.packetId)).toMatchObject({ installation: 1, previous: certificateSha256 });
    expect(append(1).sequence).toBe(3);
    const check = chainChecker(vault.database);
    const of = { installation: 1, stationId, certificateSha256, findVerifier: () => verifier };
    expect(check({ ...of, chain: 1 }, 10)).toMatchObject({ kind: 'checked', through: 3 });
    expect(check({ ...of, chain: 2 }, 10)).toMatchObject({ kind: 'checked', through: 1 });
  });
});

describe('the four columns', () => {
  test('a new packet waits, undecided, with its body, never exported', () => {
    expect(row(append().packetId)).toMatchObject({
      delivery: 'waiting',
      decision: 'none',
      body: 'present',
      exportedAt: null,
    });
    expect(queue.waiting()).toBe(1);
  });

  test('packets of other chains are not sent', () => {
    const [ours] = [append(1), append(2)];
    expect(toSend(10, [1])).toEqual([ours.packetId]);
  });

  test('packets to send come by sequence, oldest installation first, whatever their clock says', () => {
    const newer = append(2);
    const [first, second] = [append(1), append(1)];
    vault.database.prepare('UPDATE packet SET created_at = 0 WHERE packet_id = ?').run(second.packetId);
    expect(toSend(10)).toEqual([first.packetId, second.packetId, newer.packetId]);
    expect(toSend(1)).toEqual([first.packetId]);
  });

  test('an acknowledgement counts once', () => {
    const { packetId } = append();
    expect(acknowledge(packetId)).toBe(true);
    expect(acknowledge(packetId)).toBe(false);
    expect(queue.waiting()).toBe(0);
    expect(toSend(10)).toEqual([]);
  });

  test('a refused packet keeps its body and is not sent again', () => {
    const { packetId } = append();
    expect(queue.refuse({ packetId, refusal: random(100), reason: 'conflict' })).toBe(true);
    expect(toSend(10)).toEqual([]);
    expect(queue.sealedBody(packetId)).toHaveLength(100);
    expect(acknowledge(packetId)).toBe(false);
  });

  test('a referred packet can still be decided, a decided one stays as it is', () => {
    const { packetId } = append();
    expect(queue.decide({ packetId, outcome: 'referred', reason: 'referred-liveness' })).toBe(true);
    expect(queue.decide({ packetId, outcome: 'referred', reason: 'referred-liveness' })).toBe(false);
    expect(queue.decide({ packetId, outcome: 'issued', reason: 'issued' })).toBe(true);
    expect(queue.decide({ packetId, outcome: 'rejected', reason: 'rejected-liveness' })).toBe(false);
    expect(row(packetId)).toMatchObject({ decision: 'issued', decisionReason: 'issued' });
  });

  test('a decision may come before the acknowledgement and changes no other column', () => {
    const { packetId } = append();
    queue.decide({ packetId, outcome: 'issued', reason: 'issued' });
    expect(row(packetId)).toMatchObject({ delivery: 'waiting', body: 'present' });
  });

  test('a faulty packet is kept aside and stays visible', () => {
    const { packetId } = append();
    queue.markFaulty(packetId, 'damaged');
    expect(toSend(10)).toEqual([]);
    expect(row(packetId)).toMatchObject({ delivery: 'waiting', fault: 'damaged' });
  });
});

describe('retention', () => {
  const erase = (now: number, clockTrust: ClockTrust = 'synchronised') =>
    eraseOldBodies({
      database: vault.database,
      queue,
      audit,
      station: { stationId, installation: 1, signer },
      now,
      clockTrust,
      retentionDays: 7,
    });

  test('a body is erased after acknowledgement and seven days; envelope and acknowledgement stay', () => {
    const { packetId } = append();
    acknowledge(packetId);
    expect(erase(NOW + 7 * DAY)).toBe(0);
    expect(erase(NOW + 7 * DAY + 1)).toBe(1);
    expect(row(packetId)).toMatchObject({ body: 'erased', delivery: 'acknowledged' });
    expect(queue.sealedBody(packetId)).toBeNull();
    expect(queue.find(packetId)?.envelope.length).toBeGreaterThan(100);
    expect(erase(NOW + 99 * DAY)).toBe(0);
  });

  test('no decision and no time erases what the registry has not acknowledged', () => {
    const [waiting, refused] = [append(), append()];
    queue.decide({ packetId: waiting.packetId, outcome: 'issued', reason: 'issued' });
    queue.refuse({ packetId: refused.packetId, refusal: random(9), reason: 'malformed' });
    expect(erase(NOW + 9999 * DAY)).toBe(0);
  });

  test.each(['drifting', 'doubtful', 'unknown'] as const)('a clock that is %s erases nothing', (trust) => {
    acknowledge(append().packetId);
    expect(erase(NOW + 9999 * DAY, trust)).toBe(0);
  });

  test('erasing is recorded and signed', () => {
    const { packetId } = append();
    acknowledge(packetId);
    erase(NOW + 8 * DAY);
    const types = vault.database.prepare('SELECT type FROM audit_entry').pluck().all();
    expect(types).toEqual(['packet.saved', 'packet.body-erased']);
    const [stored] = vault.database
      .prepare('SELECT checkpoint FROM audit_checkpoint')
      .pluck()
      .all() as Buffer[];
    const opened = openCheckpoint({ bytes: new Uint8Array(stored ?? []), findVerifier: () => verifier });
    expect(opened).toMatchObject({ ok: true, value: { cause: 'erasure', sequence: 2 } });
  });
});

describe('the chain check', () => {
  const chain: CheckedChain = {
    chain: 1,
    installation: 1,
    stationId,
    certificateSha256,
    findVerifier: () => verifier,
  };
  const tamper = (sql: string) =>
    vault.database.exec(`DROP TRIGGER IF EXISTS envelope_kept; DROP TRIGGER IF EXISTS packet_kept; ${sql}`);

  test('goes on where it stopped and never looks at a verified envelope again', () => {
    for (let index = 0; index < 5; index += 1) append();
    const check = chainChecker(vault.database);
    expect(check(chain, 3)).toEqual({ kind: 'checked', packets: 3, through: 3, done: false });
    expect(check(chain, 3)).toEqual({ kind: 'checked', packets: 2, through: 5, done: true });
    tamper("UPDATE packet SET envelope = x'00' WHERE sequence = 2");
    expect(chainChecker(vault.database)(chain, 3)).toEqual({
      kind: 'checked',
      packets: 0,
      through: 5,
      done: true,
    });
  });

  test.each([
    [
      'an envelope that was changed',
      "UPDATE packet SET envelope = x'00' WHERE sequence = 2",
      2,
      'hash-differs',
    ],
    [
      'an envelope that was exchanged',
      'UPDATE packet SET envelope = e.envelope, envelope_sha256 = e.envelope_sha256 FROM (SELECT * FROM packet WHERE sequence = 1) e WHERE packet.sequence = 2',
      2,
      'link-differs',
    ],
    ['a packet that is missing', 'DELETE FROM packet_body; DELETE FROM packet WHERE sequence = 2', 3, 'gap'],
    [
      'a first packet that is missing',
      'DELETE FROM packet_body; DELETE FROM packet WHERE sequence = 1',
      2,
      'gap',
    ],
  ])('finds %s', (_, sql, sequence, fault) => {
    for (let index = 0; index < 3; index += 1) append();
    vault.database.exec('DROP TRIGGER body_kept');
    tamper(sql);
    expect(chainChecker(vault.database)(chain, 10)).toEqual({ kind: 'broken', sequence, fault });
  });

  test('finds a chain that another key has signed', () => {
    append();
    const other = nodeVerifier(nodeSigner(random(32)).publicKey);
    expect(chainChecker(vault.database)({ ...chain, findVerifier: () => other }, 10)).toMatchObject({
      kind: 'broken',
      fault: 'envelope-unreadable',
    });
  });
});

test('packet ids are UUIDv7 and rise with time', () => {
  const id = (now: number) => newPacketId({ now, randomBytes: random });
  expect(id(NOW)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id(NOW).replaceAll('-', '').slice(0, 12), 16)).toBe(NOW);
  expect(id(NOW) < id(NOW + 1)).toBe(true);
  expect(id(-5)).toMatch(/^00000000-0000-7/);
});
