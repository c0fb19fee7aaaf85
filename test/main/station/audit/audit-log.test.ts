import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { decodeAuditEntry, openCheckpoint } from '#protocol/audit-entry.ts';
import { hashOf } from '#protocol/hash.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import { tweetnaclSigner } from '#protocol/keys/tweetnacl-signer.ts';
import { AUDIT_EVENTS, listed } from '#station/audit/audit-events.ts';
import { type AuditLog, auditLog } from '#station/audit/audit-log.ts';
import { openVault, type Vault } from '#station/vault/vault.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

const NOW = 1_790_000_000_000;
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

describe('no personal data by construction', () => {
  const PERSONAL = [
    '欧阳若曦',
    '44010619900307742X',
    '440106199003077428',
    '13800138000',
    '广州市越秀区',
    'Li Na',
  ];
  const allFields = Object.entries(AUDIT_EVENTS).flatMap(([type, fields]) =>
    Object.keys(fields).map((field) => [type, field] as const),
  );

  test.each(PERSONAL)('%s is kept by no field of any event', (secret) => {
    for (const [type, field] of allFields) {
      // The registry names stations, and its own names may have any digits.
      if (AUDIT_EVENTS[type as keyof typeof AUDIT_EVENTS][field as never] === 'station') continue;
      expect(listed({ type, fields: { [field]: secret } })).toMatchObject({ fields: {}, refused: [field] });
    }
    expect(JSON.stringify(listed({ type: secret, fields: { [secret]: secret } }).fields)).not.toContain(
      secret,
    );
  });

  test('an event that is not listed is kept as such, without its fields, and reported', () => {
    audit.append({ type: 'session.spied', fields: { name: '欧阳若曦' } });
    expect(entries()).toMatchObject([
      { type: 'audit.not-listed', fields: { type: 'session.spied', fields: 1 } },
    ]);
    expect(refused).toEqual(['audit.not-listed name']);
  });

  test('no text with a space or a character beyond ASCII is ever kept', () => {
    const telling = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => /[^\x21-\x7e]/.test(text));
    fc.assert(
      fc.property(fc.constantFrom(...allFields), telling, ([type, field], text) => {
        expect(listed({ type, fields: { [field]: text } }).fields).toEqual({});
      }),
    );
  });
});
