import { err, type Result } from '#domain/result.ts';
import { type AuditCheckpoint, decodeAuditEntry, FIRST_PREVIOUS, openCheckpoint } from './audit-entry.ts';
import { sameBytes } from './cbor.ts';
import { openEnvelope } from './envelope.ts';
import { hashOf } from './hash.ts';
import type { FindVerifier } from './keys/signer.ts';

/** A row of the audit trail as it is stored. */
export interface AuditRow {
  readonly sequence: number;
  readonly type: string;
  readonly entry: Uint8Array;
  /** What the row says to be the SHA-256 of its entry. */
  readonly sha256: Uint8Array;
}

/** A signed checkpoint as it is stored. */
export interface CheckpointRow {
  readonly sequence: number;
  readonly checkpoint: Uint8Array;
}

/** What an envelope says about the trail: it had come to this entry when the packet was made. */
export interface EnvelopeWitness {
  readonly packetId: string;
  readonly auditHead: Uint8Array;
}

/** Null for an envelope that does not open: that is the queue's fault to tell, and it witnesses nothing. */
export function witnessIn(request: {
  readonly envelope: Uint8Array;
  readonly findVerifier: FindVerifier;
}): EnvelopeWitness | null {
  const opened = openEnvelope({
    octets: new Uint8Array(request.envelope),
    findVerifier: request.findVerifier,
  });
  return opened.ok ? opened.value : null;
}

/** A checkpoint of the station over this very entry, or what is wrong with it. */
export function checkpointOver(
  held: { readonly sha256: Uint8Array; readonly findVerifier: FindVerifier },
  row: CheckpointRow,
): Result<
  AuditCheckpoint,
  Extract<AuditFault, { readonly kind: 'checkpoint-not-signed' | 'checkpoint-differs' }>
> {
  const { sequence } = row;
  const opened = openCheckpoint({ bytes: row.checkpoint, findVerifier: held.findVerifier });
  if (!opened.ok) return err({ kind: 'checkpoint-not-signed', sequence, reason: opened.error.reason });
  const fits = opened.value.sequence === sequence && sameBytes(opened.value.entrySha256, held.sha256);
  return fits ? opened : err({ kind: 'checkpoint-differs', sequence });
}

/** What is wrong with a trail, and where. `sequence` is the place of the row that it was found at. */
export type AuditFault =
  /** Rows from `sequence` through `through` are not there. */
  | { readonly kind: 'deleted'; readonly sequence: number; readonly through: number }
  /** The entry is not the one that its row or the entry after it names by hash. */
  | { readonly kind: 'altered'; readonly sequence: number }
  /** The row holds the entry that belongs to another place. */
  | { readonly kind: 'reordered'; readonly sequence: number; readonly holds: number }
  | { readonly kind: 'unreadable'; readonly sequence: number; readonly where: string }
  /** The signature of the checkpoint over this entry is not the station's. */
  | { readonly kind: 'checkpoint-not-signed'; readonly sequence: number; readonly reason: string }
  /** The station signed another entry in this place: everything up to here may have been written anew. */
  | { readonly kind: 'checkpoint-differs'; readonly sequence: number }
  /** A packet's envelope names an entry that this trail does not hold: entries after it were taken away or exchanged. */
  | { readonly kind: 'witness-missing'; readonly sequence: null; readonly packetId: string };

export interface AuditChainReport {
  readonly entries: number;
  readonly checkpoints: number;
  readonly witnesses: number;
  /** Newest entry that a genuine checkpoint covers; 0 when none does. What comes after is held by hashes alone. */
  readonly signedThrough: number;
  /** When that checkpoint was signed; null when none covers anything. */
  readonly signedAt: number | null;
  /** At most {@link MOST_FAULTS}, in the order of the trail. Empty when the trail is whole. */
  readonly faults: readonly AuditFault[];
}

/** One alteration at the beginning must not fill the memory with a million followers. */
export const MOST_FAULTS = 100;

/**
 * Walks a whole trail: each row's place, hash and link, each checkpoint's signature, and what envelopes witness. Needs
 * public keys only. Rows come by their place, ascending; checkpoints too.
 *
 * What it cannot see: entries that were cut off at the end, when no checkpoint and no envelope was made after them.
 */
export function verifyAuditChain(trail: {
  readonly rows: Iterable<AuditRow>;
  readonly checkpoints: Iterable<CheckpointRow>;
  readonly witnesses?: Iterable<EnvelopeWitness>;
  /** Keys of every installation that this station has had. */
  readonly findVerifier: FindVerifier;
}): AuditChainReport {
  const faults: AuditFault[] = [];
  const tell = (fault: AuditFault) => {
    if (faults.length < MOST_FAULTS) faults.push(fault);
  };
  const checkpoints = [...trail.checkpoints];
  const witnesses = [...(trail.witnesses ?? [])];
  const covered = new Map(checkpoints.map((row) => [row.sequence, hashOfNothing()]));
  const witnessed = new Set(witnesses.map(({ auditHead }) => textOf(auditHead)));
  witnessed.delete(textOf(FIRST_PREVIOUS));

  const walk = walkRows(tell);
  for (const row of trail.rows) {
    const sha256 = walk.take(row);
    if (covered.has(row.sequence)) covered.set(row.sequence, sha256);
    witnessed.delete(textOf(sha256));
  }
  const { entries, newest } = walk.end();

  let signedThrough = 0;
  let signedAt: number | null = null;
  for (const row of checkpoints) {
    const { sequence } = row;
    const sha256 = covered.get(sequence) ?? hashOfNothing();
    const signed = checkpointOver({ sha256, findVerifier: trail.findVerifier }, row);
    if (signed.ok) {
      signedThrough = sequence;
      signedAt = signed.value.at;
    } else if (signed.error.kind === 'checkpoint-differs' && sequence > newest) {
      tell({ kind: 'deleted', sequence: newest + 1, through: sequence });
    } else tell(signed.error);
  }
  for (const { packetId, auditHead } of witnesses) {
    if (witnessed.has(textOf(auditHead))) tell({ kind: 'witness-missing', sequence: null, packetId });
  }
  return {
    entries,
    checkpoints: checkpoints.length,
    witnesses: witnesses.length,
    signedThrough,
    signedAt,
    faults,
  };
}

interface Place {
  readonly sequence: number;
  /** What the entry after it has to name as `previous`. */
  readonly sha256: Uint8Array;
  /** How far its entry lies from the place that it was made for. */
  readonly shift: number;
  readonly readable: boolean;
}

/** Compares each row with the one before. */
function walkRows(tell: (fault: AuditFault) => void) {
  let last: Place = { sequence: 0, sha256: FIRST_PREVIOUS, shift: 0, readable: true };
  let entries = 0;
  const altered = new Set<number>();
  /**
   * A link that does not hold has two ends. When the next one does not hold either, it is the entry between the two
   * that was altered; else the one before.
   */
  let suspect: number | null = null;

  function tellAltered(sequence: number): void {
    if (altered.has(sequence)) return;
    altered.add(sequence);
    tell({ kind: 'altered', sequence });
  }
  function settleSuspect(): void {
    if (suspect !== null) tellAltered(suspect);
    suspect = null;
  }
  function checkLink(holds: boolean, sequence: number): void {
    if (holds) {
      settleSuspect();
    } else if (suspect !== null) {
      suspect = null;
      tellAltered(last.sequence);
    } else if (last.sequence === 0) {
      // The first entry links to nothing: it is another itself.
      tellAltered(sequence);
    } else {
      suspect = last.sequence;
    }
  }

  return {
    /** Returns the SHA-256 of the row's entry. */
    take(row: AuditRow): Uint8Array {
      entries += 1;
      const { sequence } = row;
      const gap = sequence !== last.sequence + 1;
      if (gap) tell({ kind: 'deleted', sequence: last.sequence + 1, through: sequence - 1 });
      const sha256 = hashOf(row.entry);
      const entry = decodeAuditEntry(row.entry);
      if (!entry.ok) {
        settleSuspect();
        tell({ kind: 'unreadable', sequence, where: entry.error.where });
        last = { sequence, sha256: row.sha256, shift: last.shift, readable: false };
        return sha256;
      }
      const shift = entry.value.sequence - sequence;
      if (shift !== last.shift && shift !== 0) {
        tell({ kind: 'reordered', sequence, holds: entry.value.sequence });
      }
      const asHashed = sameBytes(sha256, row.sha256);
      if (!asHashed || entry.value.type !== row.type) tellAltered(sequence);
      if (gap || shift !== last.shift || !last.readable) settleSuspect();
      else checkLink(sameBytes(entry.value.previous, last.sha256), sequence);
      // Of an entry that is told as altered, the row still says what it was.
      last = { sequence, sha256: asHashed ? sha256 : row.sha256, shift, readable: true };
      return sha256;
    },
    end() {
      settleSuspect();
      return { entries, newest: last.sequence };
    },
  };
}

function hashOfNothing(): Uint8Array {
  return new Uint8Array(0);
}

function textOf(bytes: Uint8Array): string {
  let text = '';
  for (const octet of bytes) text += octet.toString(16).padStart(2, '0');
  return text;
}

/** One sentence for whoever ran the check. */
export function auditFaultSentence(fault: AuditFault): string {
  switch (fault.kind) {
    case 'deleted':
      return fault.sequence === fault.through
        ? `Entry ${fault.sequence} was deleted.`
        : `Entries ${fault.sequence} to ${fault.through} were deleted.`;
    case 'altered':
      return `Entry ${fault.sequence} was altered: it is not what its hash in the chain says.`;
    case 'reordered':
      return `Entry ${fault.sequence} was moved: the row holds entry ${fault.holds}.`;
    case 'unreadable':
      return `Entry ${fault.sequence} cannot be read (${fault.where}).`;
    case 'checkpoint-not-signed':
      return `The checkpoint over entry ${fault.sequence} is not signed by this station (${fault.reason}).`;
    case 'checkpoint-differs':
      return `The checkpoint over entry ${fault.sequence} signs another entry: the trail up to there was written anew.`;
    case 'witness-missing':
      return `The envelope of packet ${fault.packetId} names an entry that is not there: entries were cut off or exchanged.`;
  }
}
