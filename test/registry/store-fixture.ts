import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ChainId } from '#registry/intake/chain-book.ts';
import { type Arrival, type Kept, keepArrival } from '#registry/intake/keep-arrival.ts';
import { openStore, type Store } from '#registry/store/store.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { MORNING, randomBytes } from './registry-fixture.ts';

/** A database of the test's own, with one certified installation. */
export async function testStore(): Promise<{
  readonly store: Store;
  readonly file: string;
  readonly chain: ChainId;
}> {
  const file = join(temporaryFolder(), 'registry.sqlite');
  const opened = openStore(file);
  if (!opened.ok) throw new Error(opened.error.reason);
  const store = opened.value;
  onTestFinished(() => store.close());
  return { store, file, chain: await newInstallation(store, 'hall-1', CERTIFICATE_SHA256) };
}

/** What sequence 1 of the fixture's chain links to. */
export const CERTIFICATE_SHA256 = new Uint8Array(32).fill(0xce);

export async function newInstallation(
  store: Store,
  stationId: string,
  certificateSha256: Uint8Array,
  publicKey: Uint8Array = randomBytes(32),
): Promise<ChainId> {
  await store.queries
    .insertInto('stations')
    .values({ station_id: stationId, name: stationId, last_installation: 1 })
    .execute();
  const chain = { stationId, installation: 1 };
  await addInstallation(store, chain, certificateSha256, publicKey);
  return chain;
}

/** Certifies one more installation of a station that is there. */
export async function addInstallation(
  store: Store,
  { stationId, installation }: ChainId,
  certificateSha256: Uint8Array,
  publicKey: Uint8Array = randomBytes(32),
): Promise<void> {
  await store.queries
    .insertInto('installations')
    .values({
      station_id: stationId,
      installation,
      public_key: publicKey,
      kid: randomBytes(8),
      certificate: new Uint8Array([1]),
      certificate_sha256: certificateSha256,
      registered_at: MORNING,
      revoked_at: null,
    })
    .execute();
}

/** A packet as intake hands it over after its checks; its envelope octets are its id. */
export function arrivalOf(told: {
  readonly chain: ChainId;
  readonly packetId: string;
  readonly sequence: number;
  readonly previous: Uint8Array;
}): Arrival {
  return {
    envelope: new TextEncoder().encode(`envelope of ${told.packetId}`),
    sealed: new Uint8Array(16),
    receivedAt: MORNING,
    opened: {
      schema: 1,
      ...told.chain,
      packetId: told.packetId,
      sequence: told.sequence,
      previous: told.previous,
      createdAt: MORNING,
      clockTrust: 'synchronised',
      sealedSize: 16,
      sealedSha256: new Uint8Array(32),
      stationKid: new Uint8Array(8),
      sealingKid: new Uint8Array(8),
      auditHead: new Uint8Array(32),
      simulated: true,
    },
  };
}

export function keep(store: Store, arrival: Arrival): Promise<Kept> {
  return store.write((queries) => keepArrival(queries, arrival));
}
