import { beforeEach, expect, test } from 'vitest';
import { decodeAuditEntry, openCheckpoint } from '#protocol/audit-entry.ts';
import { hashOf } from '#protocol/hash.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import { tweetnaclSigner } from '#protocol/keys/tweetnacl-signer.ts';
import type { AuditEvent } from '#station/audit/audit-events.ts';
import { type AuditLog, auditLog } from '#station/audit/audit-log.ts';
import { openVault, type Vault } from '#station/vault/vault.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

const NOW = 1_790_000_000_000;
const ID = '0197a2f0-1111-7222-8333-444455556666';
const signer = tweetnaclSigner(new Uint8Array(32).fill(9));
const checkpointSigner = { stationId: 'TEST-1', installation: 1, signer };

let vault: Vault;
let audit: AuditLog;
let refused: string[];

beforeEach(() => {
  const opened = openVault({ folder: temporaryFolder() });
  if (!opened.ok) throw new Error(opened.error.reason);
  vault = opened.value;
  refused = [];
  audit = auditLog({
    database: vault.database,
    now: () => NOW,
    onRefused: ({ type, field }) => refused.push(`${type} ${field}`),
  });
  return () => vault.close();
});

function entries() {
  return (
    vault.database.prepare('SELECT entry FROM audit_entry ORDER BY sequence').pluck().all() as Buffer[]
  ).map((octets) => {
    const entry = decodeAuditEntry(new Uint8Array(octets));
    if (!entry.ok) throw new Error(entry.error.where);
    return { ...entry.value, sha256: hashOf(octets) };
  });
}

test('each entry names the hash of the one before', () => {
  audit.append({ type: 'station.stopped', fields: {} });
  audit.append({ type: 'trust-list.replaced', fields: { version: 2 } });
  const [first, second] = entries();
  expect(first).toMatchObject({
    sequence: 1,
    previous: new Uint8Array(32),
    at: NOW,
    type: 'station.stopped',
  });
  expect(second).toMatchObject({ sequence: 2, previous: first?.sha256, fields: { version: 2 } });
  expect(audit.head()).toEqual(Buffer.from(second?.sha256 ?? []));
});

test('an entry of a transaction that fails was never there', () => {
  const fail = vault.database.transaction(() => {
    audit.append({ type: 'station.stopped', fields: {} });
    throw new Error('power cut');
  });
  expect(() => fail.immediate()).toThrow('power cut');
  expect(entries()).toEqual([]);
  expect(audit.head()).toEqual(new Uint8Array(32));
});

test('a checkpoint is the station’s signature over the head, and none is made twice over the same', () => {
  expect(audit.checkpoint('daily', checkpointSigner)).toBeNull();
  audit.append({ type: 'station.stopped', fields: {} });
  audit.checkpoint('daily', checkpointSigner);
  expect(audit.checkpoint('daily', checkpointSigner)).toBeNull();
  const stored = vault.database.prepare('SELECT checkpoint FROM audit_checkpoint').pluck().all() as Buffer[];
  expect(stored).toHaveLength(1);
  const verifier = nodeVerifier(signer.publicKey);
  const opened = openCheckpoint({ bytes: new Uint8Array(stored[0] ?? []), findVerifier: () => verifier });
  expect(opened).toMatchObject({ ok: true, value: { sequence: 1, cause: 'daily', stationId: 'TEST-1' } });
  expect(audit.lastCheckpointAt()).toBe(NOW);
});

test('an event that the list does not know is kept as such, without what it said, and reported', () => {
  const spied: unknown = { type: 'session.spied', fields: { name: '欧阳若曦' } };
  audit.append(spied as AuditEvent);
  expect(entries()).toMatchObject([{ type: 'audit.not-listed', fields: { fields: 1 } }]);
  expect(refused).toEqual(['audit.not-listed name']);
});

test('a field that its kind does not allow is left out and reported, and the rest is kept', () => {
  audit.append({ type: 'packet.refused', fields: { packetId: ID, sequence: 4, reason: '欧阳若曦' } });
  expect(entries()).toMatchObject([{ type: 'packet.refused', fields: { packetId: ID, sequence: 4 } }]);
  expect(entries()[0]?.fields).not.toHaveProperty('reason');
  expect(refused).toEqual(['packet.refused reason']);
});
