import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { REGISTRY_PATHS } from '#contract/registry-api.ts';
import { APPLICATIONS } from '#domain/enrolment/application.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import { openRefusal } from '#protocol/refusal.ts';
import { apply, claimsOf, decide, fetchOpen, type Hall, hall, statusListOf, statusOf } from './hall.ts';
import { PEOPLE } from './people.ts';
import { randomBytes } from './registry-fixture.ts';
import { MOTIONLESS, playEvidence } from './test-evidence.ts';
import { PASSWORD } from './test-station.ts';

const person = PEOPLE.lin;
const WRONG = '31415926';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const passTime = ({ registry: { clock } }: Hall, ms: number) => clock.set(clock.now() + ms);

async function issuedBasic(place: Hall) {
  const { decision, eid } = await apply(place, { person, application: 'basic' });
  expect(decision).toMatchObject({ outcome: 'issued', reason: 'issued', application: 'basic' });
  return claimsOf(place.station, eid);
}

const reasonOf = async (place: Hall, told: Omit<Parameters<typeof apply>[1], 'person'>) =>
  (await apply(place, { person, ...told })).decision.reason;

/** Columns of the e-IDs that the database holds, in order of issue. */
function eidsIn({ registry }: Hall) {
  const database = new Database(join(registry.dataFolder, 'registry.sqlite'), { readonly: true });
  try {
    return database
      .prepare('SELECT grade, wrong_tries, revocation FROM eids ORDER BY issued_at, rowid')
      .all() as { grade: string; wrong_tries: number; revocation: string | null }[];
  } finally {
    database.close();
  }
}

describe('the life of an e-ID', () => {
  it('is basic, then full, then lost; the status list tells each', async () => {
    const place = await hall();
    const basic = await issuedBasic(place);
    expect(basic).toMatchObject({ grade: 'basic', maskedName: '林**', simulated: true });
    expect(await statusOf(place, basic)).toBe('valid');

    passTime(place, HOUR);
    const phone = { publicKey: nodeSigner(randomBytes(32)).publicKey, codeId: randomBytes(16), phoneTime: 0 };
    const upgraded = await apply(place, {
      person,
      application: 'upgrade',
      edit: (enrolment) => ({ ...enrolment, phone }),
    });
    expect(upgraded.decision).toMatchObject({ outcome: 'issued', reason: 'issued', application: 'upgrade' });
    const full = await claimsOf(place.station, upgraded.eid);
    expect(full).toMatchObject({ grade: 'full', holderKey: phone.publicKey, maskedName: '林**' });
    expect(full.subject).not.toBe(basic.subject);
    expect(await statusOf(place, basic)).toBe('revoked');
    expect(await statusOf(place, full)).toBe('valid');

    passTime(place, HOUR);
    const lost = await apply(place, { person, application: 'report-lost' });
    expect(lost.decision).toMatchObject({
      outcome: 'revoked',
      reason: 'revoked',
      application: 'report-lost',
    });
    expect(lost.eid).toBeNull();
    expect(await statusOf(place, full)).toBe('revoked');
    expect(eidsIn(place).map(({ grade, revocation }) => [grade, revocation])).toEqual([
      ['basic', 'upgraded'],
      ['full', 'lost'],
    ]);
    expect(await place.registry.running.counts()).toMatchObject({ issued: 2, revoked: 1, eids: 2 });
  });

  it('begins anew after a loss, with a password of its own', async () => {
    const place = await hall();
    await issuedBasic(place);
    expect(await reasonOf(place, { application: 'report-lost' })).toBe('revoked');
    passTime(place, DAY);
    const again = await apply(place, { person, application: 'full', password: WRONG });
    expect(again.decision.reason).toBe('issued');
    passTime(place, DAY);
    expect(await reasonOf(place, { application: 'report-lost', password: PASSWORD })).toBe(
      'referred-password',
    );
    expect(await reasonOf(place, { application: 'report-lost', password: WRONG })).toBe('revoked');
  });

  it('outlives a restart: what is revoked stays in the list', async () => {
    const place = await hall();
    const basic = await issuedBasic(place);
    await apply(place, { person, application: 'report-lost' });
    const registry = await place.registry.restart();
    expect(await statusOf({ ...place, registry }, basic)).toBe('revoked');
  });

  it('goes on when the basic one was reported lost before it was upgraded: there is nothing to upgrade', async () => {
    const place = await hall();
    await issuedBasic(place);
    await apply(place, { person, application: 'report-lost' });
    expect(await reasonOf(place, { application: 'upgrade' })).toBe('rejected-no-eid');
  });

  it('ends by itself: what has expired can be neither upgraded nor reported, and is issued anew', async () => {
    const place = await hall();
    await issuedBasic(place);
    passTime(place, 3 * 366 * DAY);
    expect(await reasonOf(place, { application: 'upgrade' })).toBe('rejected-no-eid');
    expect(await reasonOf(place, { application: 'report-lost' })).toBe('rejected-no-eid');
    expect(await reasonOf(place, { application: 'basic' })).toBe('issued');
  });

  it('without a phone names no holder key and waits at a desk', async () => {
    const place = await hall();
    const { decision, eid } = await apply(place, {
      person,
      application: 'basic',
      edit: (enrolment) => ({ ...enrolment, phone: null }),
    });
    expect(decision.outcome).toBe('issued');
    expect(eid).toBeNull();
  });
});

describe('whoever has an e-ID and applies for one again', () => {
  it.each([
    ['basic', 'basic'],
    ['basic', 'full'],
    ['full', 'basic'],
    ['full', 'full'],
  ] as const)('with a %s one, for a %s one, is referred, and keeps what there is', async (first, second) => {
    const place = await hall();
    const { eid } = await apply(place, { person, application: first });
    expect(await reasonOf(place, { application: second })).toBe('referred-duplicate');
    expect(await statusOf(place, await claimsOf(place.station, eid))).toBe('valid');
    expect(eidsIn(place)).toHaveLength(1);
  });

  it('with a full one, for an upgrade, is referred', async () => {
    const place = await hall();
    await apply(place, { person, application: 'full' });
    expect(await reasonOf(place, { application: 'upgrade' })).toBe('referred-duplicate');
  });

  it('while an earlier application waits for a person, is referred', async () => {
    const place = await hall();
    const different = { result: 'different', reason: 'measured', distance: 0.9 } as const;
    const first = await apply(place, {
      person,
      application: 'full',
      edit: (enrolment) => ({ ...enrolment, comparison: different }),
    });
    expect(first.decision.reason).toBe('referred-comparison');
    expect(await reasonOf(place, { application: 'basic' })).toBe('referred-duplicate');
  });

  it('was referred for it, and then lost the e-ID, is given a new one', async () => {
    const place = await hall();
    await issuedBasic(place);
    expect(await reasonOf(place, { application: 'full' })).toBe('referred-duplicate');
    expect(await reasonOf(place, { application: 'report-lost' })).toBe('revoked');
    expect(await reasonOf(place, { application: 'full' })).toBe('issued');
  });
});

describe('the password of an e-ID', () => {
  const fiveTimesWrong = async (place: Hall, application: 'upgrade' | 'report-lost') => {
    const reasons = [];
    for (let tries = 0; tries < 5; tries += 1) {
      reasons.push(await reasonOf(place, { application, password: WRONG }));
    }
    return reasons;
  };

  it('wrong five times blocks the way to an upgrade, the right one too', async () => {
    const place = await hall();
    const basic = await issuedBasic(place);
    const reasons = await fiveTimesWrong(place, 'upgrade');
    expect(reasons).toEqual([...new Array(4).fill('referred-password'), 'rejected-password-blocked']);
    expect(await reasonOf(place, { application: 'upgrade' })).toBe('rejected-password-blocked');
    expect(await statusOf(place, basic)).toBe('valid');
    expect(eidsIn(place)).toEqual([{ grade: 'basic', wrong_tries: 5, revocation: null }]);
  });

  it('blocked by somebody who knew the number turns no loss report away: a person decides on it', async () => {
    const place = await hall();
    const basic = await issuedBasic(place);
    const reasons = await fiveTimesWrong(place, 'report-lost');
    expect(reasons).toEqual(new Array(5).fill('referred-password'));
    const own = await apply(place, { person, application: 'report-lost' });
    expect(own.decision).toMatchObject({ outcome: 'referred', reason: 'referred-password' });
    expect(await statusOf(place, basic)).toBe('valid');
    expect(eidsIn(place)).toEqual([{ grade: 'basic', wrong_tries: 5, revocation: null }]);
    expect(await reasonOf(place, { application: 'upgrade' })).toBe('rejected-password-blocked');
  });

  it('wrong at an upgrade and wrong at a loss report count together', async () => {
    const place = await hall();
    await issuedBasic(place);
    await reasonOf(place, { application: 'upgrade', password: WRONG });
    await reasonOf(place, { application: 'report-lost', password: WRONG });
    expect(eidsIn(place)[0]?.wrong_tries).toBe(2);
  });

  it('is not tried by a packet that fails before: a photo in front of the camera uses up nothing', async () => {
    const place = await hall();
    await issuedBasic(place);
    const reason = await reasonOf(place, {
      application: 'report-lost',
      password: WRONG,
      edit: (enrolment) => ({ ...enrolment, evidence: playEvidence({ performer: MOTIONLESS }) }),
    });
    expect(reason).toBe('rejected-liveness');
    expect(eidsIn(place)[0]?.wrong_tries).toBe(0);
  });

  it('sealed to another key is malformed, and no try', async () => {
    const place = await hall();
    await issuedBasic(place);
    const reason = await reasonOf(place, {
      application: 'upgrade',
      edit: (enrolment) => ({ ...enrolment, password: { kind: 'proof', sealed: randomBytes(90) } }),
    });
    expect(reason).toBe('rejected-malformed');
    expect(eidsIn(place)[0]?.wrong_tries).toBe(0);
  });

  it('stays the same through an upgrade, and the count begins anew', async () => {
    const place = await hall();
    await issuedBasic(place);
    await reasonOf(place, { application: 'upgrade', password: WRONG });
    expect(await reasonOf(place, { application: 'upgrade' })).toBe('issued');
    expect(eidsIn(place).map(({ wrong_tries }) => wrong_tries)).toEqual([1, 0]);
    expect(await reasonOf(place, { application: 'report-lost' })).toBe('revoked');
  });
});

describe('packets that come late, twice or at once', () => {
  it('a loss report ends nothing that was issued after it was made', async () => {
    const place = await hall();
    await issuedBasic(place);
    passTime(place, HOUR);
    // Made now on a terminal without a network; the citizen reports again elsewhere and starts anew.
    const late = await place.station.packet({ person, application: 'report-lost' });
    passTime(place, HOUR);
    expect(await reasonOf(place, { application: 'report-lost' })).toBe('revoked');
    const anew = await apply(place, { person, application: 'full' });
    passTime(place, 3 * DAY);
    expect((await decide(place.station, late)).decision.reason).toBe('rejected-no-eid');
    expect(await statusOf(place, await claimsOf(place.station, anew.eid))).toBe('valid');
  });

  it('a loss report that was made while the e-ID was in force ends it, however late it comes', async () => {
    const place = await hall();
    const basic = await issuedBasic(place);
    passTime(place, HOUR);
    const late = await place.station.packet({ person, application: 'report-lost' });
    passTime(place, 20 * DAY);
    expect((await decide(place.station, late)).decision.reason).toBe('revoked');
    expect(await statusOf(place, basic)).toBe('revoked');
  });

  it.each(['doubtful', 'unknown'] as const)(
    'a loss report of a terminal whose clock is years behind, and %s, ends the e-ID all the same',
    async (clockTrust) => {
      const place = await hall();
      const basic = await issuedBasic(place);
      passTime(place, HOUR);
      const reason = await reasonOf(place, {
        application: 'report-lost',
        createdAt: place.registry.clock.now() - 900 * DAY,
        edit: (enrolment) => ({ ...enrolment, clockTrust }),
        envelope: (envelope) => ({ ...envelope, clockTrust }),
      });
      expect(reason).toBe('revoked');
      expect(await statusOf(place, basic)).toBe('revoked');
    },
  );

  it('of two upgrades at once one is issued', async () => {
    const place = await hall();
    await issuedBasic(place);
    const packets = [
      await place.station.packet({ person, application: 'upgrade' }),
      await place.station.packet({ person, application: 'upgrade' }),
    ];
    const decided = await Promise.all(packets.map((packet) => decide(place.station, packet)));
    expect(decided.map(({ decision }) => decision.reason).sort()).toEqual(['issued', 'referred-duplicate']);
    expect(eidsIn(place).map(({ grade, revocation }) => [grade, revocation])).toEqual([
      ['basic', 'upgraded'],
      ['full', null],
    ]);
  });

  it('a wrong password that is delivered twice is one try', async () => {
    const place = await hall();
    await issuedBasic(place);
    const packet = await place.station.packet({ person, application: 'upgrade', password: WRONG });
    await decide(place.station, packet);
    await decide(place.station, packet);
    expect(eidsIn(place)[0]?.wrong_tries).toBe(1);
  });
});

describe('a registry in production', () => {
  it.each(APPLICATIONS)('refuses a simulated packet that asks for: %s', async (application) => {
    const { station } = await hall('production');
    const packet = await station.packet({ person, application });
    const answer = await station.upload(packet);
    const refusal = openRefusal({ bytes: answer.body, findVerifier: station.verifierOf('acknowledgement') });
    expect(refusal).toMatchObject({ ok: true, value: { reason: 'simulated-in-production' } });
  });

  it('and one that hides it from the envelope is decided malformed', async () => {
    const { station } = await hall('production');
    const packet = await station.packet({
      person,
      application: 'report-lost',
      envelope: (envelope) => ({ ...envelope, simulated: false }),
    });
    expect((await decide(station, packet)).decision.reason).toBe('rejected-malformed');
  });
});

describe('a status list', () => {
  it('is in force for a day, and is made anew before half of it is over', async () => {
    const place = await hall();
    const start = place.registry.clock.now();
    const first = await statusListOf(place);
    expect(first).toMatchObject({ block: 0, issuedAt: start, expiresAt: start + DAY });
    passTime(place, 11 * HOUR);
    expect((await statusListOf(place)).issuedAt).toBe(start);
    passTime(place, 2 * HOUR);
    expect((await statusListOf(place)).issuedAt).toBe(start + 13 * HOUR);
  });

  it('names exactly those that were revoked', async () => {
    const place = await hall();
    const basic = await issuedBasic(place);
    const { eid } = await apply(place, { person: PEOPLE.mei, application: 'full' });
    await apply(place, { person, application: 'report-lost' });
    expect(await statusOf(place, await claimsOf(place.station, eid))).toBe('valid');
    const { places } = await statusListOf(place);
    const set = places.reduce((sum, octet) => sum + octet.toString(2).replaceAll('0', '').length, 0);
    expect(set).toBe(1);
    expect(await statusOf(place, basic)).toBe('revoked');
  });

  it('is known under its ETag until something is revoked', async () => {
    const place = await hall();
    await issuedBasic(place);
    const path = REGISTRY_PATHS.statusList(0);
    const { headers } = await fetchOpen(place, path);
    expect(headers['cache-control']).toMatch(/^public, max-age=\d+$/);
    const known = { 'if-none-match': headers.etag ?? 'none' };
    expect(await fetchOpen(place, path, known)).toMatchObject({ status: 304, body: new Uint8Array(0) });
    await apply(place, { person, application: 'report-lost' });
    expect((await fetchOpen(place, path, known)).status).toBe(200);
  });
});
