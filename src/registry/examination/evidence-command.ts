import { writeFile } from 'node:fs/promises';
import { sameBytes } from '#protocol/cbor.ts';
import { openEnvelope } from '#protocol/envelope.ts';
import { encodeEvidence } from '#protocol/evidence-file.ts';
import { kidOf } from '#protocol/keys/kid.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import { openEnrolment } from '#protocol/packet.ts';
import { sealingKeyPairFrom } from '#protocol/sealing.ts';
import type { DataFolder } from '../founding/found-registry.ts';
import { readSecret } from '../founding/secret-files.ts';
import type { Store } from '../store/store.ts';

export interface EvidenceCommand {
  readonly name: 'evidence';
  readonly dataFolder: string;
  readonly packetId: string;
  /** A file that does not exist yet. */
  readonly file: string;
}

/**
 * Opens one packet and writes its liveness evidence for an examiner, readable by the caller alone. Throws with a
 * sentence when there is no such packet, when it does not open, or when the file is there already.
 */
export async function runEvidenceCommand(
  command: EvidenceCommand,
  registry: { readonly folder: DataFolder; readonly store: Store },
): Promise<string> {
  const { packetId, file } = command;
  const { folder, store } = registry;
  const row = await store.queries
    .selectFrom('packets')
    .innerJoin('bodies', 'bodies.packet_id', 'packets.packet_id')
    .innerJoin('installations', (join) =>
      join
        .onRef('installations.station_id', '=', 'packets.station_id')
        .onRef('installations.installation', '=', 'packets.installation'),
    )
    .select(['packets.envelope', 'bodies.sealed', 'installations.public_key'])
    .where('packets.packet_id', '=', packetId)
    .executeTakeFirst();
  if (row === undefined) throw new Error(`no packet ${packetId} is stored here`);
  const station = nodeVerifier(new Uint8Array(row.public_key));
  const kid = kidOf(new Uint8Array(row.public_key));
  const envelope = openEnvelope({
    octets: new Uint8Array(row.envelope),
    findVerifier: (asked) => (sameBytes(asked, kid) ? station : undefined),
  });
  if (!envelope.ok) throw new Error(`the envelope of packet ${packetId} does not open`);
  const opened = openEnrolment({
    sealed: new Uint8Array(row.sealed),
    keyPair: sealingKeyPairFrom(await readSecret(folder.keys, 'sealing')),
    station,
    envelope: envelope.value,
  });
  if (!opened.ok) throw new Error(`packet ${packetId} does not open (${opened.error.reason})`);
  const octets = encodeEvidence(opened.value.evidence);
  try {
    await writeFile(file, octets, { flag: 'wx', mode: 0o600 });
  } finally {
    octets.fill(0);
  }
  return `${file}: liveness evidence of packet ${packetId}. It shows a citizen's face: delete it when the case is closed.`;
}
