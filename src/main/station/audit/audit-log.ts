import type Database from 'better-sqlite3';
import {
  type AuditCheckpoint,
  encodeAuditEntry,
  FIRST_PREVIOUS,
  signCheckpoint,
} from '#protocol/audit-entry.ts';
import { hashOf } from '#protocol/hash.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { type AuditEvent, type AuditEventType, listed } from './audit-events.ts';

/** The audit chain. Entries that belong to a change of the queue are appended in that change's transaction. */
export interface AuditLog {
  /** SHA-256 of the newest entry; 32 zero bytes before the first. */
  head(): Uint8Array;
  /** How many entries there are; the sequence of the newest. */
  length(): number;
  /** Returns the SHA-256 of the entry. What the list does not allow is left out and reported. */
  append(event: AuditEvent): Uint8Array;
  /** Signs the head. Null when nothing was added since the last checkpoint. */
  checkpoint(cause: AuditCheckpoint['cause'], station: CheckpointSigner): AuditCheckpoint | null;
  /** When the last checkpoint was signed; null before the first. */
  lastCheckpointAt(): number | null;
}

export interface CheckpointSigner {
  readonly stationId: string;
  readonly installation: number;
  readonly signer: Signer;
}

interface Head {
  readonly sequence: number;
  readonly sha256: Uint8Array;
}

export function auditLog(options: {
  readonly database: Database.Database;
  readonly now: () => number;
  /** Told of each field that an event had and the list does not allow: a mistake of the program. */
  readonly onRefused: (refusal: { readonly type: AuditEventType; readonly field: string }) => void;
}): AuditLog {
  const { database, now, onRefused } = options;
  const newest = database.prepare<[], Head>(
    'SELECT sequence, sha256 FROM audit_entry ORDER BY sequence DESC LIMIT 1',
  );
  const insert = database.prepare(
    'INSERT INTO audit_entry (sequence, type, entry, sha256) VALUES (@sequence, @type, @entry, @sha256)',
  );
  const lastCheckpoint = database.prepare<[], { sequence: number; at: number }>(
    'SELECT sequence, at FROM audit_checkpoint ORDER BY sequence DESC LIMIT 1',
  );
  const insertCheckpoint = database.prepare(
    'INSERT INTO audit_checkpoint (sequence, at, checkpoint) VALUES (@sequence, @at, @checkpoint)',
  );
  const appendInTransaction = database.transaction((event: ReturnType<typeof listed>): Uint8Array => {
    const last = newest.get();
    const sequence = (last?.sequence ?? 0) + 1;
    const entry = encodeAuditEntry({
      sequence,
      previous: last?.sha256 ?? FIRST_PREVIOUS,
      at: now(),
      type: event.type,
      fields: event.fields,
    });
    const sha256 = hashOf(entry);
    insert.run({ sequence, type: event.type, entry, sha256 });
    return sha256;
  });
  return {
    head: () => newest.get()?.sha256 ?? FIRST_PREVIOUS,
    length: () => newest.get()?.sequence ?? 0,
    append: (event) => {
      const kept = listed(event);
      for (const field of kept.refused) onRefused({ type: kept.type, field });
      return appendInTransaction.immediate(kept);
    },
    checkpoint: (cause, station) => {
      const head = newest.get();
      if (head === undefined || head.sequence === lastCheckpoint.get()?.sequence) return null;
      const checkpoint: AuditCheckpoint = {
        stationId: station.stationId,
        installation: station.installation,
        sequence: head.sequence,
        entrySha256: head.sha256,
        at: now(),
        cause,
      };
      insertCheckpoint.run({
        sequence: head.sequence,
        at: checkpoint.at,
        checkpoint: signCheckpoint({ checkpoint, signer: station.signer }),
      });
      return checkpoint;
    },
    lastCheckpointAt: () => lastCheckpoint.get()?.at ?? null,
  };
}
