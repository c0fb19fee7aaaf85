import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openEnvelope } from '#protocol/envelope.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import { openEnrolment } from '#protocol/packet.ts';
import type { SealingKeyPair } from '#protocol/sealing.ts';

/** Commitments in hexadecimal: those that packets tell of, and those that the station still keeps. */
export function accountedPlans(options: {
  readonly folder: string;
  readonly publicKey: Uint8Array;
  readonly sealing: SealingKeyPair;
}): readonly string[] {
  const database = new Database(join(options.folder, 'station.db'), { readonly: true });
  const station = nodeVerifier(options.publicKey);
  const packets = database
    .prepare('SELECT envelope, sealed FROM packet JOIN packet_body ON packet = packet.id')
    .all() as { readonly envelope: Buffer; readonly sealed: Buffer }[];
  const kept = database.prepare('SELECT commitment FROM liveness_plan').pluck().all() as Buffer[];
  database.close();
  const told = packets.flatMap(({ envelope, sealed }) => {
    const opened = openEnvelope({ octets: Uint8Array.from(envelope), findVerifier: () => station });
    if (!opened.ok) throw new Error(opened.error.where);
    const enrolment = openEnrolment({
      sealed: Uint8Array.from(sealed),
      keyPair: options.sealing,
      station,
      envelope: opened.value,
    });
    if (!enrolment.ok) throw new Error(enrolment.error.reason);
    return enrolment.value.evidence.abandoned.map(({ commitment }) => commitment);
  });
  return [...told, ...kept].map((commitment) => Buffer.from(commitment).toString('hex'));
}
