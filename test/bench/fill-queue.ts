import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import { auditLog } from '#station/audit/audit-log.ts';
import { fileKeyStore } from '#station/keys/file-key-store.ts';
import { installationStore } from '#station/provisioning/installation-store.ts';
import { newPacketId } from '#station/queue/packet-id.ts';
import { packetQueue } from '#station/queue/packet-queue.ts';
import { appendPacket } from '#station/queue/save-enrolment.ts';
import { openVault } from '#station/vault/vault.ts';

const BATCH = 2_000;
const random = (length: number) => new Uint8Array(randomBytes(length));

/**
 * Fills the queue of a provisioned data folder with waiting packets: genuine envelopes, signatures, chain and audit
 * entries, only the bodies are random bytes. Thousands go into one commit, which is what makes it fast.
 * About 3 000 packets a second.
 */
export async function fillQueue(options: {
  /** Holds `station.db` and `station.key`; no station may run on it. */
  readonly folder: string;
  readonly packets: number;
  /** Octets of each sealed body. */
  readonly bodyBytes: number;
}): Promise<void> {
  const { folder, packets, bodyBytes } = options;
  const vault = openVault({ folder });
  if (!vault.ok) throw new Error(`the folder to fill cannot be opened: ${vault.error.reason}`);
  try {
    const { database } = vault.value;
    const append = await appender(database, folder);
    for (let left = packets; left > 0; left -= BATCH) {
      database
        .transaction(() => {
          for (let index = 0; index < Math.min(BATCH, left); index += 1) append(random(bodyBytes));
        })
        .immediate();
    }
  } finally {
    vault.value.close();
  }
}

async function appender(database: Database.Database, folder: string): Promise<(sealed: Uint8Array) => void> {
  const installation = installationStore(database).current();
  const seed = await fileKeyStore({ path: join(folder, 'station.key') }).unwrapSeed();
  if (installation === null || seed === null) throw new Error('the folder to fill was never provisioned');
  const now = () => Date.now();
  const queue = packetQueue(database);
  const audit = auditLog({
    database,
    now,
    onRefused: ({ field }) => {
      throw new Error(`the audit chain refused ${field}`);
    },
  });
  const station = {
    stationId: installation.stationId,
    installation: installation.installation,
    chain: installation.id,
    certificateSha256: createHash('sha256').update(installation.certificate).digest(),
    signer: nodeSigner(seed),
    sealingKey: { kid: random(8) },
  };
  return (sealed) => {
    const createdAt = now();
    const packetId = newPacketId({ now: createdAt, randomBytes: random });
    const packet = {
      packetId,
      createdAt,
      clockTrust: 'synchronised',
      simulated: true,
      collect: false,
      sealed,
    } as const;
    appendPacket(packet, station, { queue, audit });
  };
}
