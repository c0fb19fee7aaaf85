import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AuditRow,
  auditFaultSentence,
  type CheckpointRow,
  MOST_FAULTS,
  verifyAuditChain,
} from '#protocol/audit-chain.ts';
import { encodeAuditEntry, FIRST_PREVIOUS, signCheckpoint } from '#protocol/audit-entry.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { hashOf } from '#protocol/hash.ts';
import { nodeSigner, nodeVerifier } from '#protocol/keys/node-signer.ts';
import type { Signer } from '#protocol/keys/signer.ts';

const station = nodeSigner(new Uint8Array(32).fill(7));
const thief = nodeSigner(new Uint8Array(32).fill(8));
const verifier = nodeVerifier(station.publicKey);
const findVerifier = (kid: Uint8Array) => (sameBytes(kid, verifier.kid) ? verifier : undefined);

/** A genuine chain from a list of types; `renumber` gives later parts of a rewritten chain their places. */
function chainOf(types: readonly string[]): AuditRow[] {
  let previous = FIRST_PREVIOUS;
  return types.map((type, index) => {
    const sequence = index + 1;
    const entry = encodeAuditEntry({
      sequence,
      previous,
      at: 1_790_000_000_000 + index,
      type,
      fields: { n: index },
    });
    const sha256 = hashOf(entry);
    previous = sha256;
    return { sequence, type, entry, sha256 };
  });
}
const TYPES = Array.from({ length: 12 }, (_, index) => `test.event-${'abcdefghijkl'[index]}`);

function checkpointOver(row: AuditRow | undefined, signer: Signer = station): CheckpointRow {
  if (row === undefined) throw new Error('no such row');
  const checkpoint = signCheckpoint({
    signer,
    checkpoint: {
      stationId: 'TEST-1',
      installation: 1,
      sequence: row.sequence,
      entrySha256: row.sha256,
      at: 1_790_000_000_500,
      cause: 'daily',
    },
  });
  return { sequence: row.sequence, checkpoint };
}

/** Entry `n` altered by somebody who knows how: re-encoded, and its row's hash put right. */
function altered(rows: readonly AuditRow[], n: number): AuditRow[] {
  return rows.map((row, index) => {
    if (row.sequence !== n) return row;
    const previous = rows[index - 1]?.sha256 ?? FIRST_PREVIOUS;
    const entry = encodeAuditEntry({ sequence: n, previous, at: 1, type: row.type, fields: { n: 999 } });
    return { ...row, entry, sha256: hashOf(entry) };
  });
}

const whole = chainOf(TYPES);
const checkpoints = [checkpointOver(whole[5]), checkpointOver(whole[9])];
const faultsOf = (rows: readonly AuditRow[], signed: readonly CheckpointRow[] = checkpoints) =>
  verifyAuditChain({ rows, checkpoints: signed, findVerifier }).faults;

test('a whole trail is told to be whole, and how far it is signed', () => {
  expect(verifyAuditChain({ rows: whole, checkpoints, findVerifier })).toEqual({
    entries: 12,
    checkpoints: 2,
    witnesses: 0,
    signedThrough: 10,
    signedAt: 1_790_000_000_500,
    faults: [],
  });
});

test('an empty trail is whole and signed by nobody', () => {
  expect(verifyAuditChain({ rows: [], checkpoints: [], findVerifier })).toMatchObject({
    entries: 0,
    signedThrough: 0,
    signedAt: null,
    faults: [],
  });
});

describe('a deleted row', () => {
  test('is named by its place', () => {
    expect(faultsOf(whole.filter((row) => row.sequence !== 4))).toEqual([
      { kind: 'deleted', sequence: 4, through: 4 },
    ]);
  });

  test('at the beginning too', () => {
    expect(faultsOf(whole.slice(2))).toEqual([{ kind: 'deleted', sequence: 1, through: 2 }]);
  });

  test('under a checkpoint is missed by the checkpoint as well', () => {
    expect(faultsOf(whole.filter((row) => row.sequence !== 6))).toEqual([
      { kind: 'deleted', sequence: 6, through: 6 },
      { kind: 'checkpoint-differs', sequence: 6 },
    ]);
  });

  test('at the end is found by the checkpoint that signed it', () => {
    expect(faultsOf(whole.slice(0, 8))).toEqual([{ kind: 'deleted', sequence: 9, through: 10 }]);
  });

  test('whose successors were moved up shows where they were moved', () => {
    const moved = whole
      .filter((row) => row.sequence !== 4)
      .map((row, index) => ({ ...row, sequence: index + 1 }));
    expect(faultsOf(moved, [])).toEqual([{ kind: 'reordered', sequence: 4, holds: 5 }]);
  });
});

describe('an altered row', () => {
  test('is named when its hash was left as it was', () => {
    const rows = whole.map((row) =>
      row.sequence === 3 ? { ...row, entry: altered(whole, 3)[2]?.entry ?? row.entry } : row,
    );
    expect(faultsOf(rows)).toEqual([{ kind: 'altered', sequence: 3 }]);
  });

  test('is named when its hash was put right', () => {
    expect(faultsOf(altered(whole, 3))).toEqual([{ kind: 'altered', sequence: 3 }]);
  });

  test('is named when it was the link to the one before that was altered', () => {
    const entry = encodeAuditEntry({
      sequence: 3,
      previous: new Uint8Array(32).fill(1),
      at: 1,
      type: 'test.other',
      fields: {},
    });
    const rows = whole.map((row) =>
      row.sequence === 3 ? { ...row, type: 'test.other', entry, sha256: hashOf(entry) } : row,
    );
    expect(faultsOf(rows)).toEqual([{ kind: 'altered', sequence: 3 }]);
  });

  test('is named when only the name beside it was altered', () => {
    expect(faultsOf(whole.map((row) => (row.sequence === 3 ? { ...row, type: 'test.other' } : row)))).toEqual(
      [{ kind: 'altered', sequence: 3 }],
    );
  });

  test('is named when it is no entry any more', () => {
    const rows = whole.map((row) =>
      row.sequence === 3 ? { ...row, entry: new Uint8Array([1, 2, 3]) } : row,
    );
    expect(faultsOf(rows)).toMatchObject([{ kind: 'unreadable', sequence: 3 }]);
  });

  test('that is the last one is held by its checkpoint alone', () => {
    const rows = whole.slice(0, 10);
    expect(faultsOf(altered(rows, 10))).toEqual([{ kind: 'checkpoint-differs', sequence: 10 }]);
  });

  test('with the whole chain written anew after it is found by every checkpoint', () => {
    const anew = chainOf(TYPES.map((type, index) => (index === 2 ? 'test.other' : type)));
    expect(faultsOf(anew)).toEqual([
      { kind: 'checkpoint-differs', sequence: 6 },
      { kind: 'checkpoint-differs', sequence: 10 },
    ]);
  });
});

describe('reordered rows', () => {
  test('are named, both of them', () => {
    const swap = (n: number) => (n === 7 ? 8 : n === 8 ? 7 : n);
    const rows = whole.map((row) => ({ ...(whole[swap(row.sequence) - 1] ?? row), sequence: row.sequence }));
    expect(faultsOf(rows)).toEqual([
      { kind: 'reordered', sequence: 7, holds: 8 },
      { kind: 'reordered', sequence: 8, holds: 7 },
    ]);
  });
});

describe('checkpoints', () => {
  test('that another key signed are worth nothing', () => {
    expect(faultsOf(whole, [checkpointOver(whole[9], thief)])).toMatchObject([
      { kind: 'checkpoint-not-signed', sequence: 10, reason: 'unknown-key' },
    ]);
  });

  test('that were moved to another entry do not fit it', () => {
    const moved = { ...checkpointOver(whole[9]), sequence: 8 };
    expect(faultsOf(whole, [moved])).toEqual([{ kind: 'checkpoint-differs', sequence: 8 }]);
  });
});

describe('envelopes as witnesses', () => {
  const witness = (n: number) => ({
    packetId: `packet ${n}`,
    auditHead: whole[n - 1]?.sha256 ?? FIRST_PREVIOUS,
  });

  test('agree with a whole trail', () => {
    const { faults } = verifyAuditChain({
      rows: whole,
      checkpoints,
      findVerifier,
      witnesses: [witness(0), witness(11)],
    });
    expect(faults).toEqual([]);
  });

  test('find an end that was cut off after the last checkpoint', () => {
    const rows = whole.slice(0, 10);
    const { faults } = verifyAuditChain({
      rows,
      checkpoints,
      findVerifier,
      witnesses: [witness(4), witness(11)],
    });
    expect(faults).toEqual([{ kind: 'witness-missing', sequence: null, packetId: 'packet 11' }]);
  });
});

test('any one change of a signed trail is found', () => {
  const change = fc.oneof(
    fc.record({ kind: fc.constant('delete' as const), at: fc.nat({ max: 9 }) }),
    fc.record({ kind: fc.constant('alter' as const), at: fc.nat({ max: 9 }) }),
    fc.record({ kind: fc.constant('flip' as const), at: fc.nat({ max: 9 }), octet: fc.nat({ max: 60 }) }),
    fc.record({ kind: fc.constant('swap' as const), at: fc.nat({ max: 8 }) }),
  );
  fc.assert(
    fc.property(change, (made) => {
      const rows = spoil(made);
      expect(faultsOf(rows).length).toBeGreaterThan(0);
      for (const fault of faultsOf(rows)) expect(auditFaultSentence(fault)).toMatch(/^(Entr|The checkpoint)/);
    }),
  );
  function spoil(made: {
    kind: 'delete' | 'alter' | 'flip' | 'swap';
    at: number;
    octet?: number;
  }): AuditRow[] {
    const place = made.at + 1;
    switch (made.kind) {
      case 'delete':
        return whole.filter((row) => row.sequence !== place);
      case 'alter':
        return altered(whole, place);
      case 'flip':
        return whole.map((row) => {
          if (row.sequence !== place) return row;
          const entry = row.entry.slice();
          const octet = (made.octet ?? 0) % entry.length;
          entry[octet] = (entry[octet] ?? 0) ^ 1;
          return { ...row, entry };
        });
      case 'swap':
        return whole.map((row) => {
          const from = row.sequence === place ? place + 1 : row.sequence === place + 1 ? place : row.sequence;
          return { ...(whole[from - 1] ?? row), sequence: row.sequence };
        });
    }
  }
});

test('of a trail that is wrong everywhere no more faults are told than somebody can read', () => {
  const rows = Array.from({ length: 1_000 }, (_, index) => ({
    sequence: index + 1,
    type: 'x',
    entry: new Uint8Array([index & 255]),
    sha256: new Uint8Array(32),
  }));
  expect(faultsOf(rows, [])).toHaveLength(MOST_FAULTS);
});
