import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hashOf, signEnvelope } from '#protocol/envelope.ts';
import { sealEnrolment } from '#protocol/packet.ts';
import { createAdjudicator } from '#registry/adjudication/adjudicator.ts';
import { decisionBoard } from '#registry/adjudication/decision-board.ts';
import type { PopulationRegister } from '#registry/adjudication/population-register.ts';
import { retrySetAside } from '#registry/adjudication/waiting-packets.ts';
import { createIssuance } from '#registry/issuance/issuance.ts';
import type { Store } from '#registry/store/store.ts';
import {
  credentialKeyPair,
  issuerSigner,
  sampleCard,
  sampleEnrolment,
  sampleEnvelope,
  sealingKeyPair,
  stationSigner,
} from '../../protocol/sample.ts';
import { chipText, PEOPLE, type Person } from '../people.ts';
import { MORNING, randomBytes, setClock } from '../registry-fixture.ts';
import { keep, newInstallation, testStore } from '../store-fixture.ts';

const STATION = sampleEnrolment({ frames: 1, jpegBytes: 10 }).stationId;

/** A genuine packet of the sample station, kept as intake keeps it. */
async function keepPacket(
  store: Store,
  told: { readonly sequence: number; readonly person: Person },
): Promise<string> {
  const sample = sampleEnrolment({ frames: 1, jpegBytes: 10 });
  const packetId = sample.packetId.replace(/.{2}$/, String(10 + told.sequence));
  const { card } = told.person;
  const sealed = sealEnrolment({
    enrolment: {
      ...sample,
      packetId,
      createdAt: MORNING,
      holder: { source: 'card', card: { ...sampleCard, text: chipText(card), record: card } },
    },
    signer: stationSigner,
    sealingPublicKey: sealingKeyPair.publicKey,
  });
  const opened = { ...sampleEnvelope(sealed), packetId, sequence: told.sequence };
  const envelope = signEnvelope({ envelope: opened, signer: stationSigner });
  await keep(store, { envelope, opened, sealed, receivedAt: MORNING });
  return packetId;
}

function adjudicatorOver(store: Store, population: PopulationRegister) {
  const adjudicator = createAdjudicator({
    store,
    population,
    sealingKey: sealingKeyPair,
    lookupSecret: randomBytes(32),
    judge: () => ({ judgeVersion: 1, checks: [], result: 'not-live', reason: 'looks-flat' }),
    issuance: createIssuance({
      signer: issuerSigner,
      credentialKey: credentialKeyPair,
      pepper: randomBytes(32),
      issuer: 'registry of the test',
      randomBytes,
    }),
    board: decisionBoard(),
    mode: 'demo',
    clock: setClock(),
    randomBytes,
    log: pino({ level: 'silent' }),
  });
  onTestFinished(() => adjudicator.stop());
  return adjudicator;
}

async function states(store: Store) {
  const rows = await store.queries.selectFrom('packets').select('adjudication').orderBy('arrival').execute();
  return rows.map((row) => row.adjudication);
}

const knowing: PopulationRegister = { find: async () => PEOPLE.lin.card };

describe('adjudication', () => {
  it('sets aside a packet that it fails on, goes on with the next, and tries again at the next start', async () => {
    const { store } = await testStore();
    await newInstallation(store, STATION, hashOf(new Uint8Array([1])), stationSigner.publicKey);
    await keepPacket(store, { sequence: 1, person: PEOPLE.mei });
    await keepPacket(store, { sequence: 2, person: PEOPLE.lin });
    const failing = adjudicatorOver(store, {
      find: async (number) => {
        if (number === PEOPLE.mei.card.number) throw new Error('the register cannot be reached');
        return PEOPLE.lin.card;
      },
    });
    failing.wake();
    await failing.settled();
    expect(await states(store)).toEqual(['failed', 'done']);
    await failing.stop();

    await retrySetAside(store);
    const mended = adjudicatorOver(store, knowing);
    mended.wake();
    await mended.settled();
    expect(await states(store)).toEqual(['done', 'done']);
  });

  it('misses nothing that is stored while it looks', async () => {
    const { store } = await testStore();
    await newInstallation(store, STATION, hashOf(new Uint8Array([1])), stationSigner.publicKey);
    const adjudicator = adjudicatorOver(store, knowing);
    for (let sequence = 1; sequence <= 20; sequence += 1) {
      await keepPacket(store, { sequence, person: PEOPLE.lin });
      adjudicator.wake();
    }
    await adjudicator.settled();
    expect(new Set(await states(store))).toEqual(new Set(['done']));
  });

  it('decides nothing twice', async () => {
    const { store } = await testStore();
    await newInstallation(store, STATION, hashOf(new Uint8Array([1])), stationSigner.publicKey);
    await keepPacket(store, { sequence: 1, person: PEOPLE.lin });
    for (let start = 0; start < 3; start += 1) {
      const adjudicator = adjudicatorOver(store, knowing);
      adjudicator.wake();
      await adjudicator.settled();
      await adjudicator.stop();
    }
    expect(await store.queries.selectFrom('decisions').select('reason').execute()).toHaveLength(1);
  });
});
