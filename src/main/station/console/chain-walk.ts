import type Database from 'better-sqlite3';
import type { AuditPage } from '#contract/console-api.ts';
import { checkpointOver, type EnvelopeWitness, witnessIn } from '#protocol/audit-chain.ts';
import { decodeAuditEntry, FIRST_PREVIOUS } from '#protocol/audit-entry.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { hashOf } from '#protocol/hash.ts';
import type { FindVerifier } from '#protocol/keys/signer.ts';

export type ChainState = AuditPage['chain'];

/** Entries checked at a time, so that nothing else of the station waits for a year's chain. */
const PIECE = 400;

/**
 * Checks the audit chain from its beginning in pieces: each entry's place, hash and link, each checkpoint's signature
 * over it, and that every entry is there which an envelope of the queue names as the newest when it was made. Goes on
 * where it stood; what it found broken stays so. An entry that is altered behind it is found by the next start's walk.
 */
export function chainWalk(options: {
  readonly database: Database.Database;
  /** Keys of every installation that this station has had. */
  readonly findVerifier: FindVerifier;
}): { readonly state: () => ChainState; readonly step: () => void } {
  const { database } = options;
  const rows = database.prepare<[number, number], StoredRow>(
    'SELECT sequence, type, entry, sha256 FROM audit_entry WHERE sequence > ? ORDER BY sequence LIMIT ?',
  );
  const checkpointAt = database
    .prepare<[number], Uint8Array>('SELECT checkpoint FROM audit_checkpoint WHERE sequence = ?')
    .pluck();
  const length = database.prepare<[], number>('SELECT coalesce(max(sequence), 0) FROM audit_entry').pluck();
  const signed = database
    .prepare<[], number>('SELECT coalesce(max(sequence), 0) FROM audit_checkpoint')
    .pluck();
  const envelopes = database.prepare<[number], { id: number; envelope: Uint8Array }>(
    'SELECT id, envelope FROM packet WHERE id > ? ORDER BY id LIMIT 1',
  );
  let at = 0;
  let head: Uint8Array = FIRST_PREVIOUS;
  let checkpoints = 0;
  let broken: { readonly sequence: number; readonly reason: string } | null = null;

  /** Packets are made one after the other, and so are the entries that they name: one is looked for at a time. */
  let soughtPacket = 0;
  let sought: EnvelopeWitness | null = null;

  function nextWitness(): EnvelopeWitness | null {
    for (;;) {
      const row = envelopes.get(soughtPacket);
      if (row === undefined) return null;
      soughtPacket = row.id;
      const witness = witnessIn({ envelope: row.envelope, findVerifier: options.findVerifier });
      if (witness !== null) return witness;
    }
  }

  /** Lets every envelope go that names the entry at which the walk stands. */
  function hearWitnesses(): void {
    sought ??= nextWitness();
    while (sought !== null && sameBytes(sought.auditHead, head)) sought = nextWitness();
  }

  /** Null when the row continues the chain. */
  function faultOf(row: StoredRow): string | null {
    if (row.sequence !== at + 1) return 'deleted';
    const entry = decodeAuditEntry(row.entry);
    if (!entry.ok) return 'unreadable';
    if (entry.value.sequence !== row.sequence) return 'reordered';
    if (entry.value.type !== row.type || !sameBytes(entry.value.previous, head)) return 'altered';
    const sha256 = hashOf(row.entry);
    if (!sameBytes(sha256, row.sha256)) return 'altered';
    const checkpoint = checkpointAt.get(row.sequence);
    if (checkpoint === undefined) return null;
    const { findVerifier } = options;
    const signedHere = checkpointOver({ sha256, findVerifier }, { sequence: row.sequence, checkpoint });
    if (!signedHere.ok) return signedHere.error.kind;
    checkpoints += 1;
    return null;
  }

  function step(): void {
    if (broken !== null) return;
    const before = length.get() ?? 0;
    if (before < at) {
      broken = { sequence: before + 1, reason: 'deleted' };
      return;
    }
    hearWitnesses();
    for (const row of rows.all(at, PIECE)) {
      const reason = faultOf(row);
      if (reason !== null) {
        broken = { sequence: row.sequence, reason };
        return;
      }
      at = row.sequence;
      head = hashOf(row.entry);
      hearWitnesses();
    }
    if (at < (length.get() ?? 0)) return;
    // A checkpoint or an envelope names what lies beyond the end: entries were cut off.
    if ((signed.get() ?? 0) > at) broken = { sequence: at + 1, reason: 'deleted' };
    else if (sought !== null) broken = { sequence: at + 1, reason: 'witness-missing' };
  }

  return {
    step,
    state: () => {
      if (broken !== null) return { kind: 'broken', ...broken };
      return at < (length.get() ?? 0)
        ? { kind: 'checking', checked: at }
        : { kind: 'whole', checked: at, checkpoints };
    },
  };
}

interface StoredRow {
  readonly sequence: number;
  readonly type: string;
  readonly entry: Uint8Array;
  readonly sha256: Uint8Array;
}
