import type { Result } from '#domain/result.ts';
import { ok } from '#domain/result.ts';
import { decodeWith, encodeWith, type Misfit } from './codec/codec.ts';
import { dictionary, field, record } from './codec/containers.ts';
import {
  boolean,
  choice,
  installation,
  oneOf,
  real,
  sequence,
  sha256Digest,
  stationId,
  text,
  time,
} from './codec/scalars.ts';
import type { FindVerifier, Signer } from './keys/signer.ts';
import { type MessageFault, signedMessage } from './signed-message.ts';

/** One row of the audit trail. Typed fields only, no personal data. */
export interface AuditEntry {
  /** From 1 without gaps. */
  readonly sequence: number;
  /** SHA-256 of the octets of the entry before; 32 zero bytes for the first. */
  readonly previous: Uint8Array;
  readonly at: number;
  /** E.g. `session.started`. */
  readonly type: string;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

export const FIRST_PREVIOUS: Uint8Array = new Uint8Array(32);

const fieldValue = oneOf<string | number | boolean>('tstr ≤ 400 / number / bool', [
  boolean,
  real(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  text({ max: 400 }),
]);

export const auditEntryCodec = record<AuditEntry>('audit entry', {
  sequence: field(1, sequence),
  previous: field(2, sha256Digest, 'SHA-256 of the entry before; zeros for the first'),
  at: field(3, time),
  type: field(4, text({ min: 1, max: 64, pattern: /^[a-z][a-z0-9.-]*$/ })),
  fields: field(5, dictionary(fieldValue, 24)),
});

/** The stored octets of an entry; `hashOf` them for the next entry's `previous`. */
export function encodeAuditEntry(entry: AuditEntry): Uint8Array<ArrayBuffer> {
  return encodeWith(auditEntryCodec, entry, 'audit-entry');
}

export function decodeAuditEntry(octets: Uint8Array): Result<AuditEntry, Misfit> {
  return decodeWith(auditEntryCodec, octets, { name: 'audit-entry', maxBytes: 16_384, maxDepth: 2 });
}

/** The station's word on the chain up to one entry: once a day, and whenever bodies are erased. */
export interface AuditCheckpoint {
  readonly stationId: string;
  readonly installation: number;
  /** Newest entry covered. */
  readonly sequence: number;
  readonly entrySha256: Uint8Array;
  readonly at: number;
  readonly cause: 'daily' | 'erasure' | 'shutdown';
}

export const checkpointMessage = signedMessage<AuditCheckpoint>(
  'audit',
  record('audit checkpoint', {
    stationId: field(1, stationId),
    installation: field(2, installation),
    sequence: field(3, sequence, 'newest entry covered'),
    entrySha256: field(4, sha256Digest),
    at: field(5, time),
    cause: field(6, choice(['daily', 'erasure', 'shutdown'])),
  }),
);

export function signCheckpoint(request: {
  readonly checkpoint: AuditCheckpoint;
  readonly signer: Signer;
}): Uint8Array<ArrayBuffer> {
  return checkpointMessage.sign(request.checkpoint, request.signer);
}

export function openCheckpoint(request: {
  readonly bytes: Uint8Array;
  readonly findVerifier: FindVerifier;
}): Result<AuditCheckpoint, MessageFault> {
  const opened = checkpointMessage.open(request.bytes, request.findVerifier);
  return opened.ok ? ok(opened.value.value) : opened;
}
