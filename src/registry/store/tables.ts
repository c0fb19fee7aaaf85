import type { Generated } from 'kysely';
import type { Decision, DecisionReason } from '#domain/enrolment/decision.ts';
import type { Grade } from '#domain/enrolment/enrolment.ts';

/**
 * Rows of the registry's database. Times are milliseconds since 1970. No column holds personal data in clear: numbers
 * are look-up keys (HMAC), names exist masked inside `eids.token` only, everything else stays sealed in `bodies`.
 */
export interface RegistryTables {
  readonly stations: StationRow;
  readonly installations: InstallationRow;
  readonly provisioning_codes: ProvisioningCodeRow;
  readonly trust_lists: TrustListRow;
  readonly packets: PacketRow;
  readonly bodies: BodyRow;
  readonly chain_runs: ChainRunRow;
  readonly nonces: NonceRow;
  readonly decisions: DecisionRow;
  readonly persons: PersonRow;
  readonly eids: EidRow;
  readonly commitments: CommitmentRow;
}

interface StationRow {
  station_id: string;
  name: string;
  last_installation: number;
}

/** One life of a station's key and chain. */
export interface InstallationRow {
  station_id: string;
  installation: number;
  public_key: Uint8Array;
  kid: Uint8Array;
  certificate: Uint8Array;
  certificate_sha256: Uint8Array;
  registered_at: number;
  revoked_at: number | null;
}

export interface ProvisioningCodeRow {
  /** What the code calls itself, `provisioningCodeId`. */
  code_id: Uint8Array;
  station_id: string;
  secret: Uint8Array;
  expires_at: number;
  wrong_tries: number;
  used_at: number | null;
  /** Public key of the installation that used it, so that a lost answer can be given again. */
  used_by: Uint8Array | null;
}

interface TrustListRow {
  version: number;
  statement: Uint8Array;
}

export interface PacketRow {
  /** Order of arrival; adjudication follows it. */
  arrival: Generated<number>;
  packet_id: string;
  station_id: string;
  installation: number;
  sequence: number;
  previous: Uint8Array;
  envelope: Uint8Array;
  envelope_sha256: Uint8Array;
  sealed_sha256: Uint8Array;
  sealed_size: number;
  simulated: 0 | 1;
  created_at: number;
  received_at: number;
  /** Another packet of the same installation has the same sequence. */
  forked: 0 | 1;
  /** `previous` is not the hash of what is held one place before. */
  broken_link: 0 | 1;
  adjudication: 'waiting' | 'done' | 'failed';
}

interface BodyRow {
  packet_id: string;
  sealed: Uint8Array;
}

/** Sequences held of one installation, as disjoint runs that do not touch. */
interface ChainRunRow {
  station_id: string;
  installation: number;
  first: number;
  last: number;
}

interface NonceRow {
  nonce: Uint8Array;
  station_id: string;
  installation: number;
  issued_at: number;
  /** Packet whose evidence used it. */
  used_by: string | null;
}

interface DecisionRow {
  /** Grows with every decision; stations ask for what comes after the last they saw. */
  position: Generated<number>;
  packet_id: string;
  station_id: string;
  installation: number;
  outcome: Decision['outcome'];
  reason: DecisionReason;
  decided_at: number;
  statement: Uint8Array;
  /** Of the phone that the enrolment named, as in `eids`; null without one, or when the packet could not be opened. */
  phone_thumbprint: Uint8Array | null;
}

/** A liveness plan that a station has told of. */
interface CommitmentRow {
  /** Order of being told. */
  position: Generated<number>;
  /** SHA-256, 32 bytes; see `planCommitment`. */
  commitment: Uint8Array;
  station_id: string;
  /** The packet that told of it first. */
  packet_id: string;
  ended: 'used' | 'abandoned';
}

/**
 * Whom a packet gave an e-ID, or whom it asks a first one for while a person looks at the case. Rejected packets leave no
 * row, and neither do those that want something of an e-ID that exists.
 */
interface PersonRow {
  /** HMAC-SHA-256(registry secret, citizen number). */
  lookup: Uint8Array;
  packet_id: string;
}

export interface EidRow {
  subject: string;
  packet_id: string;
  lookup: Uint8Array;
  grade: Grade;
  status_index: number;
  issued_at: number;
  expires_at: number;
  /** SHA-256 COSE key thumbprint (RFC 9679), 32 bytes; null for an e-ID without a phone. */
  phone_thumbprint: Uint8Array | null;
  /** HMAC-SHA-256(pepper, verifier). */
  password_hmac: Uint8Array;
  password_salt: Uint8Array;
  wrong_tries: number;
  /** Signed CWT; holds the masked name. */
  token: Uint8Array;
  /** Null while it is in force. */
  revoked_at: number | null;
  /** The packet that ended it. */
  revoked_by: string | null;
  revocation: 'upgraded' | 'lost' | null;
}
