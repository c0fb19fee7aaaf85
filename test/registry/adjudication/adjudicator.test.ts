import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Enrolment } from '#domain/enrolment/enrolment.ts';
import type { Verdict } from '#domain/liveness/verdict.ts';
import { hashOf, signEnvelope } from '#protocol/envelope.ts';
import { sealEnrolment } from '#protocol/packet.ts';
import { makePasswordVerifier, sealPasswordProof } from '#protocol/password-verifier.ts';
import { createAdjudicator } from '#registry/adjudication/adjudicator.ts';
import { decisionBoard } from '#registry/adjudication/decision-board.ts';
import type { PopulationRegister } from '#registry/adjudication/population-register.ts';
import { retrySetAside } from '#registry/adjudication/waiting-packets.ts';
import { createIssuance, type Issuance } from '#registry/issuance/issuance.ts';
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
  told: {
    readonly sequence: number;
    readonly person: Person;
    readonly edit?: (enrolment: Enrolment) => Enrolment;
  },
): Promise<string> {
  const sample = sampleEnrolment({ frames: 1, jpegBytes: 10 });
  const packetId = sample.packetId.replace(/.{2}$/, String(10 + told.sequence));
  const { card } = told.person;
  const plain: Enrolment = {
    ...sample,
    packetId,
    createdAt: MORNING,
    evidence: {
      ...sample.evidence,
      tries: sample.evidence.tries.map((played) => ({ ...played, commitment: randomBytes(32) })),
      abandoned: [],
    },
    holder: { source: 'card', card: { ...sampleCard, text: chipText(card), record: card } },
  };
  const sealed = sealEnrolment({
    enrolment: told.edit?.(plain) ?? plain,
    signer: stationSigner,
    sealingPublicKey: sealingKeyPair.publicKey,
  });
  const opened = { ...sampleEnvelope(sealed), packetId, sequence: told.sequence };
  const envelope = signEnvelope({ envelope: opened, signer: stationSigner });
  await keep(store, { envelope, opened, sealed, receivedAt: MORNING });
  return packetId;
}

const issuance = createIssuance({
  signer: issuerSigner,
  credentialKey: credentialKeyPair,
  pepper: randomBytes(32),
  issuer: 'registry of the test',
  randomBytes,
});
const lookupSecret = randomBytes(32);

function adjudicatorOver(
  store: Store,
  population: PopulationRegister,
  told: { readonly issuance?: Issuance; readonly verdict?: Verdict } = {},
) {
  const adjudicator = createAdjudicator({
    store,
    population,
    sealingKey: sealingKeyPair,
    lookupSecret,
    judge: () => told.verdict ?? { judgeVersion: 1, checks: [], result: 'not-live', reason: 'looks-flat' },
    issuance: told.issuance ?? issuance,
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

const live: Verdict = { judgeVersion: 1, checks: [], result: 'live' };
const digits = (text: string) => new TextEncoder().encode(text);
const credentialPublicKey = credentialKeyPair.publicKey;

async function keepBasic(store: Store): Promise<void> {
  const salt = randomBytes(16);
  const verifier = await makePasswordVerifier({ password: digits('48201937'), salt, credentialPublicKey });
  const { number, name } = PEOPLE.lin.card;
  await keepPacket(store, {
    sequence: 1,
    person: PEOPLE.lin,
    edit: (enrolment) => ({
      ...enrolment,
      application: 'basic',
      holder: { source: 'typed', typed: { number, name } },
      password: { kind: 'chosen', verifier },
    }),
  });
}

async function keepUpgrade(store: Store, sequence: number, password: string): Promise<void> {
  const sealed = sealPasswordProof({ password: digits(password), credentialPublicKey });
  await keepPacket(store, {
    sequence,
    person: PEOPLE.lin,
    edit: (enrolment) => ({ ...enrolment, application: 'upgrade', password: { kind: 'proof', sealed } }),
  });
}

const reasonsIn = async (store: Store) =>
  (await store.queries.selectFrom('decisions').select('reason').orderBy('position').execute()).map(
    ({ reason }) => reason,
  );
const eidsIn = (store: Store) =>
  store.queries.selectFrom('eids').select(['grade', 'wrong_tries', 'revocation']).orderBy('grade').execute();

describe('several adjudicators over one database', () => {
  async function withBasic() {
    const { store } = await testStore();
    await newInstallation(store, STATION, hashOf(new Uint8Array([1])), stationSigner.publicKey);
    await keepBasic(store);
    const first = adjudicatorOver(store, knowing, { verdict: live });
    first.wake();
    await first.settled();
    expect(await reasonsIn(store)).toEqual(['issued']);
    return { store, first };
  }

  it('that take the same packets decide each once: of two upgrades one is issued, a wrong try counts once', async () => {
    const { store, first } = await withBasic();
    await keepUpgrade(store, 2, '31415926');
    await keepUpgrade(store, 3, '48201937');
    await keepUpgrade(store, 4, '48201937');
    const second = adjudicatorOver(store, knowing, { verdict: live });
    const both = [first, second];
    for (const adjudicator of both) adjudicator.wake();
    await Promise.all(both.map((adjudicator) => adjudicator.settled()));
    expect((await reasonsIn(store)).slice(1).sort()).toEqual([
      'issued',
      'referred-duplicate',
      'referred-password',
    ]);
    expect(await eidsIn(store)).toEqual([
      { grade: 'basic', wrong_tries: 1, revocation: 'upgraded' },
      { grade: 'full', wrong_tries: 0, revocation: null },
    ]);
  });

  it('compare a password again when the e-ID became another meanwhile', async () => {
    const { store, first } = await withBasic();
    await first.stop();
    await keepUpgrade(store, 2, '48201937');
    let compared = 0;
    const overtaken: Issuance = {
      ...issuance,
      provePassword: async (request) => {
        compared += 1;
        const result = await issuance.provePassword(request);
        if (compared === 1) await store.queries.updateTable('eids').set({ subject: 'ANOTHER' }).execute();
        return result;
      },
    };
    const second = adjudicatorOver(store, knowing, { verdict: live, issuance: overtaken });
    second.wake();
    await second.settled();
    expect(compared).toBe(2);
    expect(await reasonsIn(store)).toEqual(['issued', 'issued']);
  });

  it('that failed in the middle of an upgrade left the basic e-ID as it was', async () => {
    const { store, first } = await withBasic();
    await first.stop();
    await keepUpgrade(store, 2, '48201937');
    const failing: Issuance = {
      ...issuance,
      mint: () => {
        throw new Error('the hardware module is gone');
      },
    };
    const second = adjudicatorOver(store, knowing, { verdict: live, issuance: failing });
    second.wake();
    await second.settled();
    expect(await states(store)).toEqual(['done', 'failed']);
    expect(await eidsIn(store)).toEqual([{ grade: 'basic', wrong_tries: 0, revocation: null }]);
  });
});
