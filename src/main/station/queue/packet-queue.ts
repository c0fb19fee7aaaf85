import type Database from 'better-sqlite3';
import type { Decision, DecisionReason } from '#domain/enrolment/decision.ts';
import type { RefusalReason } from '#protocol/refusal.ts';

export type Delivery = 'waiting' | 'acknowledged' | 'refused';
export type KnownDecision = 'none' | Decision['outcome'];

/** Newest place of a chain. */
export interface ChainPlace {
  readonly sequence: number;
  readonly envelopeSha256: Uint8Array;
}

export interface NewPacket {
  readonly packetId: string;
  /** Id of the installation's row. */
  readonly chain: number;
  readonly installation: number;
  readonly sequence: number;
  readonly createdAt: number;
  readonly envelope: Uint8Array;
  readonly envelopeSha256: Uint8Array;
  readonly sealed: Uint8Array;
  /** True when no phone was paired: an e-ID that is issued waits at a desk. */
  readonly collect: boolean;
}

/** A packet as it lies in the queue. */
export interface StoredPacket {
  readonly packetId: string;
  readonly chain: number;
  readonly sequence: number;
  readonly envelope: Uint8Array;
  readonly envelopeSha256: Uint8Array;
  readonly delivery: Delivery;
  readonly decision: KnownDecision;
  readonly decisionReason: DecisionReason | null;
  readonly collect: boolean;
}

export interface DeliveredPacket {
  readonly packetId: string;
  readonly sequence: number;
  readonly acknowledgement: Uint8Array;
}

/** One line of the console's list. No personal data. */
export interface QueueRow {
  readonly packetId: string;
  readonly installation: number;
  readonly sequence: number;
  readonly createdAt: number;
  readonly sealedSize: number;
  readonly delivery: Delivery;
  readonly refusalReason: RefusalReason | null;
  readonly decision: KnownDecision;
  readonly decisionReason: DecisionReason | null;
  readonly body: 'present' | 'erased';
  readonly exportedAt: number | null;
  readonly acknowledgedAt: number | null;
  readonly fault: string | null;
}

/**
 * The queue's rows. Nothing here decides anything: who calls has verified and matched what it writes. Calls that
 * belong together run in the caller's transaction.
 */
export interface PacketQueue {
  /** Null when the chain has no packet yet. */
  head(chain: number): ChainPlace | null;
  /** SHA-256 of the envelope in a place of a chain; null when there is none. */
  envelopeAt(place: { readonly chain: number; readonly sequence: number }): Uint8Array | null;
  insert(packet: NewPacket): void;
  /** Ids of packets of these chains to send, by sequence, in the order of the chains. */
  toSend(query: { readonly chains: readonly number[]; readonly limit: number }): readonly string[];
  find(packetId: string): StoredPacket | null;
  /** Null when the body was erased. */
  sealedBody(packetId: string): Uint8Array | null;
  /** False when the packet was not waiting any more: a second acknowledgement changes nothing. */
  acknowledge(fact: {
    readonly packetId: string;
    readonly acknowledgement: Uint8Array;
    readonly at: number;
  }): boolean;
  /** How many packets are acknowledged. */
  acknowledged(): number;
  refused(): number;
  /** Acknowledged packets of a run of places, both ends included, whose bodies are still here, by sequence. */
  deliveredIn(run: {
    readonly chain: number;
    readonly first: number;
    readonly last: number;
    readonly limit: number;
  }): readonly DeliveredPacket[];
  /** Lets an acknowledged packet wait again: the registry has lost it. */
  sendAgain(packetId: string): void;
  refuse(fact: {
    readonly packetId: string;
    readonly refusal: Uint8Array;
    readonly reason: RefusalReason;
  }): boolean;
  /** False when the decision was known, or a final one stands already. */
  decide(fact: {
    readonly packetId: string;
    readonly outcome: Decision['outcome'];
    readonly reason: DecisionReason;
  }): boolean;
  /** Keeps a packet that cannot be sent as it lies here out of the way; it stays visible and can be exported. */
  markFaulty(packetId: string, fault: 'damaged' | 'unreadable'): void;
  /** Acknowledged packets whose bodies are older than the retention time, oldest first. */
  toErase(query: { readonly acknowledgedBefore: number; readonly limit: number }): readonly string[];
  eraseBody(packetId: string): void;
  waiting(): number;
  /** Newest first. */
  rows(query: { readonly limit: number }): readonly QueueRow[];
}

/** A lost e-ID that was ended lies as `issued` for the reason `revoked`: see migration 60. */
const KNOWN_DECISION = `CASE WHEN decision = 'issued' AND decision_reason = 'revoked' THEN 'revoked' ELSE decision END
            AS decision`;

export function packetQueue(database: Database.Database): PacketQueue {
  const head = database.prepare<[number], ChainPlace>(
    `SELECT sequence, envelope_sha256 AS envelopeSha256 FROM packet
     WHERE chain = ? ORDER BY sequence DESC LIMIT 1`,
  );
  const envelopeAt = database
    .prepare<{ chain: number; sequence: number }, Uint8Array>(
      'SELECT envelope_sha256 FROM packet WHERE chain = @chain AND sequence = @sequence',
    )
    .pluck();
  const deliveredIn = database.prepare<
    { chain: number; first: number; last: number; limit: number },
    DeliveredPacket
  >(
    `SELECT packet_id AS packetId, sequence, acknowledgement FROM packet
     WHERE chain = @chain AND sequence BETWEEN @first AND @last AND delivery = 'acknowledged' AND body = 'present'
     ORDER BY sequence LIMIT @limit`,
  );
  const sendAgain = database.prepare(
    `UPDATE packet SET delivery = 'waiting', acknowledgement = NULL, acknowledged_at = NULL
     WHERE packet_id = ? AND delivery = 'acknowledged' AND body = 'present'`,
  );
  const insert = database.prepare(
    `INSERT INTO packet (packet_id, chain, installation, sequence, created_at, sealed_size, envelope_sha256, envelope,
                         collect)
     VALUES (@packetId, @chain, @installation, @sequence, @createdAt, @sealedSize, @envelopeSha256, @envelope,
             @collect)`,
  );
  const insertBody = database.prepare('INSERT INTO packet_body (packet, sealed) VALUES (?, ?)');
  const toSend = database
    .prepare<[number, number], string>(
      `SELECT packet_id FROM packet WHERE delivery = 'waiting' AND fault IS NULL AND chain = ?
       ORDER BY sequence LIMIT ?`,
    )
    .pluck();
  const find = database.prepare<[string], Omit<StoredPacket, 'collect'> & { readonly collect: 0 | 1 }>(
    `SELECT packet_id AS packetId, chain, sequence, envelope, envelope_sha256 AS envelopeSha256, delivery,
            ${KNOWN_DECISION}, decision_reason AS decisionReason, collect
     FROM packet WHERE packet_id = ?`,
  );
  const body = database
    .prepare<[string], Uint8Array>(
      'SELECT sealed FROM packet_body WHERE packet = (SELECT id FROM packet WHERE packet_id = ?)',
    )
    .pluck();
  const acknowledge = database.prepare(
    `UPDATE packet SET delivery = 'acknowledged', acknowledgement = @acknowledgement, acknowledged_at = @at,
            fault = NULL
     WHERE packet_id = @packetId AND delivery = 'waiting'`,
  );
  const refuse = database.prepare(
    `UPDATE packet SET delivery = 'refused', refusal = @refusal, refusal_reason = @reason
     WHERE packet_id = @packetId AND delivery = 'waiting'`,
  );
  const decide = database.prepare(
    `UPDATE packet SET decision = @outcome, decision_reason = @reason
     WHERE packet_id = @packetId AND decision IN ('none', 'referred') AND decision_reason IS NOT @reason`,
  );
  const markFaulty = database.prepare('UPDATE packet SET fault = @fault WHERE packet_id = @packetId');
  const toErase = database
    .prepare<{ acknowledgedBefore: number; limit: number }, string>(
      `SELECT packet_id FROM packet
       WHERE delivery = 'acknowledged' AND body = 'present' AND acknowledged_at < @acknowledgedBefore
       ORDER BY acknowledged_at LIMIT @limit`,
    )
    .pluck();
  const sayErased = database.prepare("UPDATE packet SET body = 'erased' WHERE packet_id = ?");
  const eraseBody = database.prepare(
    'DELETE FROM packet_body WHERE packet = (SELECT id FROM packet WHERE packet_id = ?)',
  );
  const tally = database
    .prepare<[Delivery], number>('SELECT packets FROM packet_tally WHERE delivery = ?')
    .pluck();
  const rows = database.prepare<[number], QueueRow>(
    `SELECT packet_id AS packetId, installation, sequence, created_at AS createdAt, sealed_size AS sealedSize,
            delivery, refusal_reason AS refusalReason, ${KNOWN_DECISION}, decision_reason AS decisionReason, body,
            exported_at AS exportedAt, acknowledged_at AS acknowledgedAt, fault
     FROM packet ORDER BY id DESC LIMIT ?`,
  );
  return {
    head: (chain) => head.get(chain) ?? null,
    envelopeAt: (place) => envelopeAt.get(place) ?? null,
    insert: (packet) => {
      const { sealed, collect, ...row } = packet;
      const { lastInsertRowid } = insert.run({ ...row, collect: collect ? 1 : 0, sealedSize: sealed.length });
      insertBody.run(lastInsertRowid, sealed);
    },
    toSend: ({ chains, limit }) => {
      const found: string[] = [];
      for (const chain of chains) {
        if (found.length >= limit) break;
        found.push(...toSend.all(chain, limit - found.length));
      }
      return found;
    },
    find: (packetId) => {
      const row = find.get(packetId);
      return row ? { ...row, collect: row.collect === 1 } : null;
    },
    sealedBody: (packetId) => body.get(packetId) ?? null,
    acknowledge: (fact) => acknowledge.run(fact).changes === 1,
    refuse: (fact) => refuse.run(fact).changes === 1,
    decide: ({ outcome, ...fact }) =>
      decide.run({ ...fact, outcome: outcome === 'revoked' ? 'issued' : outcome }).changes === 1,
    markFaulty: (packetId, fault) => {
      markFaulty.run({ packetId, fault });
    },
    toErase: (query) => toErase.all(query),
    eraseBody: (packetId) => {
      sayErased.run(packetId);
      eraseBody.run(packetId);
    },
    waiting: () => tally.get('waiting') ?? 0,
    acknowledged: () => tally.get('acknowledged') ?? 0,
    refused: () => tally.get('refused') ?? 0,
    deliveredIn: (run) => deliveredIn.all(run),
    sendAgain: (packetId) => {
      sendAgain.run(packetId);
    },
    rows: ({ limit }) => rows.all(limit),
  };
}
