import { createHash, createPublicKey, verify } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { decode, encode, type Tagged, Tagged as TaggedClass } from 'cborg';

/** What an auditor finds in a data folder. */
export interface ChainFindings {
  readonly packetIds: readonly string[];
  /** One sentence for each thing that is not as it must be. */
  readonly faults: readonly string[];
  readonly auditEntries: number;
}

interface PacketRow {
  readonly packet_id: string;
  readonly sequence: number;
  readonly envelope: Buffer;
  readonly sealed: Buffer | null;
}

/**
 * Reads a station's database with nothing of the station's own code: SQL, CBOR, SHA-256 and Ed25519 as the standards
 * say. Places in an envelope: 2 packet id, 5 sequence, 6 previous, 10 SHA-256 of the sealed body.
 */
export function verifyChain(options: {
  readonly folder: string;
  readonly publicKey: Uint8Array;
  readonly certificate: Uint8Array;
}): ChainFindings {
  const database = new Database(join(options.folder, 'station.db'), { readonly: true });
  const faults: string[] = [];
  const integrity = database.pragma('integrity_check', { simple: true });
  if (integrity !== 'ok') faults.push(`SQLite: ${String(integrity)}`);
  const rows = database
    .prepare(
      `SELECT packet_id, sequence, envelope, sealed FROM packet LEFT JOIN packet_body ON packet = packet.id
       WHERE installation = 1 ORDER BY sequence`,
    )
    .all() as PacketRow[];
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(options.publicKey).toString('base64url') },
    format: 'jwk',
  });
  let previous = sha256(options.certificate);
  for (const [index, row] of rows.entries()) {
    const place = `packet ${index + 1}`;
    const [header, , payload, signature] = openTagged(row.envelope);
    const signed = encode(['Signature1', header, Buffer.from('eid-terminal/envelope/v1'), payload]);
    if (!verify(null, signed, key, signature)) faults.push(`${place}: signature does not verify`);
    const fields = decode(payload, { useMaps: true }) as Map<number, unknown>;
    if (row.sequence !== index + 1 || fields.get(5) !== index + 1)
      faults.push(`${place}: is out of sequence`);
    if (hex(fields.get(2)) !== row.packet_id.replaceAll('-', '')) faults.push(`${place}: has two ids`);
    if (hex(fields.get(6)) !== hex(previous)) faults.push(`${place}: does not follow the one before`);
    if (row.sealed === null) faults.push(`${place}: has no body`);
    else if (hex(fields.get(10)) !== hex(sha256(row.sealed))) faults.push(`${place}: has another body`);
    previous = sha256(row.envelope);
  }
  const packetIds = rows.map((row) => row.packet_id);
  if (new Set(packetIds).size !== packetIds.length) faults.push('a packet id stands twice');
  const auditEntries = verifyAudit(database, packetIds, faults);
  database.close();
  return { packetIds, faults, auditEntries };
}

/** Places in an audit entry: 1 sequence, 2 previous, 4 type, 5 fields. */
function verifyAudit(database: Database.Database, packetIds: readonly string[], faults: string[]): number {
  const entries = database
    .prepare('SELECT entry FROM audit_entry ORDER BY sequence')
    .pluck()
    .all() as Buffer[];
  let previous: Uint8Array = new Uint8Array(32);
  const recorded: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const fields = decode(entry, { useMaps: true }) as Map<number, unknown>;
    if (fields.get(1) !== index + 1) faults.push(`audit entry ${index + 1}: is out of sequence`);
    if (hex(fields.get(2)) !== hex(previous))
      faults.push(`audit entry ${index + 1}: does not follow the one before`);
    if (fields.get(4) === 'packet.saved') {
      recorded.push(String((fields.get(5) as Map<string, unknown>).get('packetId')));
    }
    previous = sha256(entry);
  }
  if (recorded.join() !== packetIds.join()) faults.push('audit chain and queue name different packets');
  return entries.length;
}

/** COSE_Sign1: protected, unprotected, payload, signature. */
function openTagged(octets: Uint8Array): [Uint8Array, unknown, Uint8Array, Uint8Array] {
  const tagged = decode(octets, {
    useMaps: true,
    tags: { 18: (content) => new TaggedClass(18, content()) },
  }) as Tagged;
  return tagged.value as [Uint8Array, unknown, Uint8Array, Uint8Array];
}

function sha256(octets: Uint8Array): Buffer {
  return createHash('sha256').update(octets).digest();
}

function hex(octets: unknown): string {
  return Buffer.from(octets as Uint8Array).toString('hex');
}
