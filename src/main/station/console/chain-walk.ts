import type Database from 'better-sqlite3';
import type { AuditPage } from '#contract/console-api.ts';
import { decodeAuditEntry, FIRST_PREVIOUS, openCheckpoint } from '#protocol/audit-entry.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { hashOf } from '#protocol/hash.ts';
import type { FindVerifier } from '#protocol/keys/signer.ts';

export type ChainState = AuditPage['chain'];

/** Entries checked at a time, so that nothing else of the station waits for a year's chain. */
const PIECE = 400;

/**
 * Checks the audit chain from its beginning in pieces: each entry's place, hash and link, and each checkpoint's
 * signature over it. Goes on where it stood; what it found broken stays so.
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
  let at = 0;
  let head: Uint8Array = FIRST_PREVIOUS;
  let checkpoints = 0;
  let broken: { readonly sequence: number; readonly reason: string } | null = null;

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
    const opened = openCheckpoint({ bytes: checkpoint, findVerifier: options.findVerifier });
    if (!opened.ok) return 'checkpoint-not-signed';
    if (!sameBytes(opened.value.entrySha256, sha256)) return 'checkpoint-differs';
    checkpoints += 1;
    return null;
  }

  function step(): void {
    if (broken !== null) return;
    for (const row of rows.all(at, PIECE)) {
      const reason = faultOf(row);
      if (reason !== null) {
        broken = { sequence: row.sequence, reason };
        return;
      }
      at = row.sequence;
      head = hashOf(row.entry);
    }
    // A checkpoint beyond the end: entries were cut off.
    if (at >= (length.get() ?? 0) && (signed.get() ?? 0) > at)
      broken = { sequence: at + 1, reason: 'deleted' };
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
