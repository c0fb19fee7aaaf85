import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { err, ok, type Result } from '#domain/result.ts';
import {
  type AuditChainReport,
  type AuditRow,
  type CheckpointRow,
  type EnvelopeWitness,
  verifyAuditChain,
  witnessIn,
} from '#protocol/audit-chain.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import type { FindVerifier } from '#protocol/keys/signer.ts';
import { DATABASE_FILE } from '#station/vault/vault.ts';

export interface FolderReport extends AuditChainReport {
  /** True when the keys came out of the folder that was checked: whoever rewrote it may have put in their own. */
  readonly ownKeys: boolean;
}

/**
 * Checks the audit trail of a station's data folder, which is only read and may be in use. `keys` are public Ed25519
 * keys of the station's installations, 32 bytes each; none takes those that lie in the folder.
 */
export function checkAuditFolder(request: {
  readonly folder: string;
  readonly keys: readonly Uint8Array[];
}): Result<FolderReport, string> {
  const file = join(request.folder, DATABASE_FILE);
  if (!existsSync(file)) return err(`there is no station in ${request.folder}: ${DATABASE_FILE} is missing`);
  let database: Database.Database;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true });
  } catch (error) {
    return err(`${file} cannot be opened (${codeOf(error)})`);
  }
  try {
    return ok(check(database, request.keys));
  } catch (error) {
    return err(`${file} cannot be read (${codeOf(error)})`);
  } finally {
    database.close();
  }
}

function check(database: Database.Database, keys: readonly Uint8Array[]): FolderReport {
  const ownKeys = keys.length === 0;
  const used = ownKeys
    ? database
        .prepare<[], { key: Uint8Array }>('SELECT public_key AS key FROM installation')
        .all()
        .map(({ key }) => new Uint8Array(key))
    : keys;
  const verifiers = used.map((key) => nodeVerifier(key));
  const findVerifier = (kid: Uint8Array) => verifiers.find((verifier) => sameBytes(verifier.kid, kid));
  // One moment for all three tables: the station may be at work.
  return database.transaction(() => ({
    ownKeys,
    ...verifyAuditChain({
      rows: database
        .prepare<[], AuditRow>('SELECT sequence, type, entry, sha256 FROM audit_entry ORDER BY sequence')
        .iterate(),
      checkpoints: database
        .prepare<[], CheckpointRow>('SELECT sequence, checkpoint FROM audit_checkpoint ORDER BY sequence')
        .all(),
      witnesses: [...witnesses(database, findVerifier)],
      findVerifier,
    }),
  }))();
}

function* witnesses(database: Database.Database, findVerifier: FindVerifier): Iterable<EnvelopeWitness> {
  const rows = database.prepare<[], { octets: Uint8Array }>(
    'SELECT envelope AS octets FROM packet ORDER BY id',
  );
  for (const { octets } of rows.iterate()) {
    const witness = witnessIn({ envelope: octets, findVerifier });
    if (witness !== null) yield witness;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no SQLite database';
}
