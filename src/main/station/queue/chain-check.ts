import type Database from 'better-sqlite3';
import { sameBytes } from '#protocol/cbor.ts';
import { openEnvelope } from '#protocol/envelope.ts';
import { hashOf } from '#protocol/hash.ts';
import type { FindVerifier } from '#protocol/keys/signer.ts';

export interface CheckedChain {
  /** Id of the installation's row. */
  readonly chain: number;
  readonly installation: number;
  readonly stationId: string;
  readonly certificateSha256: Uint8Array;
  readonly findVerifier: FindVerifier;
}

export type ChainFault = 'gap' | 'hash-differs' | 'link-differs' | 'envelope-unreadable' | 'ids-differ';

export type ChainCheckStep =
  | { readonly kind: 'checked'; readonly packets: number; readonly through: number; readonly done: boolean }
  | { readonly kind: 'broken'; readonly sequence: number; readonly fault: ChainFault };

interface Row {
  readonly packetId: string;
  readonly sequence: number;
  readonly envelope: Uint8Array;
  readonly envelopeSha256: Uint8Array;
}

interface Mark {
  readonly sequence: number;
  readonly envelopeSha256: Uint8Array;
}

/**
 * Verifies a chain piece by piece, on from where it was verified last: neither a start nor a running session ever
 * reads a million envelopes at once. Bodies are not touched.
 */
export function chainChecker(
  database: Database.Database,
): (chain: CheckedChain, limit: number) => ChainCheckStep {
  const readMark = database.prepare<[number], Mark>(
    'SELECT sequence, envelope_sha256 AS envelopeSha256 FROM chain_mark WHERE chain = ?',
  );
  const writeMark = database.prepare(
    `INSERT INTO chain_mark (chain, sequence, envelope_sha256)
     VALUES (@chain, @sequence, @envelopeSha256)
     ON CONFLICT (chain) DO UPDATE SET sequence = @sequence, envelope_sha256 = @envelopeSha256`,
  );
  const rowsAfter = database.prepare<{ chain: number; sequence: number; limit: number }, Row>(
    `SELECT packet_id AS packetId, sequence, envelope, envelope_sha256 AS envelopeSha256 FROM packet
     WHERE chain = @chain AND sequence > @sequence ORDER BY sequence LIMIT @limit`,
  );
  return (checked, limit) => {
    const { chain } = checked;
    const mark = readMark.get(chain);
    let last: Mark = mark ?? { sequence: 0, envelopeSha256: checked.certificateSha256 };
    const rows = rowsAfter.all({ chain, sequence: last.sequence, limit });
    for (const row of rows) {
      const fault = faultOf(row, last, checked);
      if (fault !== null) return { kind: 'broken', sequence: row.sequence, fault };
      last = row;
    }
    if (rows.length > 0) {
      writeMark.run({ chain, sequence: last.sequence, envelopeSha256: last.envelopeSha256 });
    }
    return { kind: 'checked', packets: rows.length, through: last.sequence, done: rows.length < limit };
  };
}

function faultOf(row: Row, last: Mark, chain: CheckedChain): ChainFault | null {
  if (row.sequence !== last.sequence + 1) return 'gap';
  if (!sameBytes(hashOf(row.envelope), row.envelopeSha256)) return 'hash-differs';
  const opened = openEnvelope({ octets: row.envelope, findVerifier: chain.findVerifier });
  if (!opened.ok) return 'envelope-unreadable';
  const envelope = opened.value;
  if (!sameBytes(envelope.previous, last.envelopeSha256)) return 'link-differs';
  const same =
    envelope.packetId === row.packetId &&
    envelope.sequence === row.sequence &&
    envelope.installation === chain.installation &&
    envelope.stationId === chain.stationId;
  return same ? null : 'ids-differ';
}
