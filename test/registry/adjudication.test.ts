import { describe, expect, it } from 'vitest';
import { REGISTRY_PATHS } from '#contract/registry-api.ts';
import type { DecisionReason } from '#domain/enrolment/decision.ts';
import type { CardReading, Enrolment } from '#domain/enrolment/enrolment.ts';
import { hashOf } from '#protocol/envelope.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import { claimsOf, decide, type Hall, hall, newStation } from './hall.ts';
import { PEOPLE, type Person } from './people.ts';
import { randomBytes } from './registry-fixture.ts';
import { decisionIn, decisionsIn, nonceIn, problemIn } from './statements.ts';
import { MOTIONLESS, playEvidence } from './test-evidence.ts';
import { provisionStation, type TestStation } from './test-station.ts';

async function anotherStation({ registry }: Hall): Promise<TestStation> {
  return newStation(registry, 'hall-2');
}

async function enrol(
  { station }: Hall,
  person: Person,
  edit: (enrolment: Enrolment) => Enrolment = (enrolment) => enrolment,
) {
  return decide(station, await station.packet({ person, edit }));
}

function withCard(enrolment: Enrolment, edit: (card: CardReading) => CardReading): Enrolment {
  const { holder } = enrolment;
  if (holder.source !== 'card') throw new Error('this enrolment has no card');
  return { ...enrolment, holder: { source: 'card', card: edit(holder.card) } };
}

describe('an enrolment in order', () => {
  it('is issued: a signed decision on that very envelope, and an e-ID bound to the phone', async () => {
    const { registry, station } = await hall();
    const phone = nodeSigner(randomBytes(32)).publicKey;
    const packet = await station.packet({
      person: PEOPLE.lin,
      edit: (enrolment) => ({
        ...enrolment,
        phone: { publicKey: phone, codeId: randomBytes(16), phoneTime: enrolment.createdAt },
      }),
    });
    const { decision, eid } = await decide(station, packet);
    expect(decision).toEqual({
      packetId: packet.packetId,
      stationId: 'hall-1',
      envelopeSha256: hashOf(packet.envelope),
      outcome: 'issued',
      reason: 'issued',
      application: 'full',
      decidedAt: registry.clock.now(),
    });
    expect(await claimsOf(station, eid)).toMatchObject({
      maskedName: '林**',
      grade: 'full',
      holderKey: phone,
      issuedAt: registry.clock.now(),
      simulated: true,
    });
    expect(await registry.running.decisionOf(packet.packetId)).toMatchObject({ outcome: 'issued' });
    expect(await registry.running.counts()).toMatchObject({ issued: 1, eids: 1, waiting: 0 });
  });

  it('has a subject that is no function of the person: two halls, two subjects', async () => {
    const subjects = [];
    for (const place of [await hall(), await hall()]) {
      const { eid } = await enrol(place, PEOPLE.lin);
      subjects.push((await claimsOf(place.station, eid)).subject);
    }
    expect(subjects[0]).not.toBe(subjects[1]);
  });

  it('without a phone is issued, and its e-ID waits at a desk', async () => {
    const place = await hall();
    const { decision, eid } = await enrol(place, PEOPLE.lin, (enrolment) => ({ ...enrolment, phone: null }));
    expect(decision.outcome).toBe('issued');
    expect(eid).toBeNull();
    expect((await place.registry.running.counts()).eids).toBe(1);
  });

  it('of several people is decided in order of arrival', async () => {
    const { registry, station } = await hall();
    for (const person of [PEOPLE.lin, PEOPLE.mei, PEOPLE.stranger]) {
      await station.upload(await station.packet({ person }));
    }
    await registry.running.settled();
    const answer = decisionsIn(await station.call({ path: REGISTRY_PATHS.decisions('0') }));
    const reasons = answer.decisions.map((statement) => decisionIn(station, statement).reason);
    expect(reasons).toEqual(['issued', 'issued', 'rejected-not-in-register']);
    expect(answer).toMatchObject({ more: false, chain: { head: 3, gaps: [] } });
    const later = decisionsIn(await station.call({ path: REGISTRY_PATHS.decisions(answer.next) }));
    expect(later).toMatchObject({ decisions: [], next: answer.next });
  });
});

describe('a station that was installed anew', () => {
  it('is told what became of the packets that its earlier installation left', async () => {
    const { registry, station } = await hall();
    await station.upload(await station.packet({ person: PEOPLE.lin }));
    await registry.running.settled();
    const { running, clock } = registry;
    const code = await running.newProvisioningCode('hall-1');
    const anew = await provisionStation({ url: running.url, code, clock });
    expect(anew.certificate).toMatchObject({ stationId: 'hall-1', installation: 2 });
    const { decisions, chain } = decisionsIn(await anew.call({ path: REGISTRY_PATHS.decisions('0') }));
    expect(decisions.map((statement) => decisionIn(anew, statement).reason)).toEqual(['issued']);
    expect(chain).toMatchObject({ head: 0, gaps: [] });
  });
});

describe('an enrolment that is rejected', () => {
  const cases: readonly {
    readonly told: string;
    readonly reason: DecisionReason;
    readonly person: Person;
    readonly edit?: (enrolment: Enrolment) => Enrolment;
  }[] = [
    {
      told: 'of a person whom the register does not know',
      reason: 'rejected-not-in-register',
      person: PEOPLE.stranger,
    },
    { told: 'of a minor who came alone', reason: 'rejected-under-age', person: PEOPLE.teenager },
    {
      told: 'with a card that had expired on that day',
      reason: 'rejected-card-expired',
      person: PEOPLE.expired,
    },
    {
      told: 'whose station read the chip otherwise than its bytes say',
      reason: 'rejected-card-invalid',
      person: PEOPLE.lin,
      edit: (enrolment) =>
        withCard(enrolment, (card) => ({ ...card, record: { ...card.record, name: '林改名' } })),
    },
    {
      told: 'whose chip bytes are damaged',
      reason: 'rejected-card-invalid',
      person: PEOPLE.lin,
      edit: (enrolment) => withCard(enrolment, (card) => ({ ...card, text: new Uint8Array(256) })),
    },
    {
      told: 'whose card carries another name than the register',
      reason: 'rejected-contradicts-register',
      person: { ...PEOPLE.lin, card: { ...PEOPLE.lin.card, name: '林他人' } },
    },
    {
      told: 'whose face did nothing that was asked, though the station says it was alive',
      reason: 'rejected-liveness',
      person: PEOPLE.lin,
      edit: (enrolment) => {
        const { verdict } = enrolment.evidence.tries[0] ?? {};
        const photo = playEvidence({ performer: MOTIONLESS });
        return {
          ...enrolment,
          evidence: {
            ...photo,
            tries: photo.tries.map((played) => ({ ...played, verdict: verdict ?? played.verdict })),
          },
        };
      },
    },
    {
      told: 'whose plan is not the one that was committed to',
      reason: 'rejected-liveness',
      person: PEOPLE.lin,
      edit: (enrolment) => ({
        ...enrolment,
        evidence: {
          ...enrolment.evidence,
          tries: enrolment.evidence.tries.map((played) => ({ ...played, seed: randomBytes(32) })),
        },
      }),
    },
    {
      told: 'whose password verifier is sealed to another key',
      reason: 'rejected-malformed',
      person: PEOPLE.lin,
      edit: (enrolment) => ({ ...enrolment, password: { kind: 'chosen', verifier: randomBytes(120) } }),
    },
  ];

  it.each(cases)('$told', async ({ reason, person, edit }) => {
    const place = await hall();
    const { decision, eid } = await enrol(place, person, edit);
    expect(decision).toMatchObject({ outcome: 'rejected', reason });
    expect(eid).toBeNull();
    expect((await place.registry.running.counts()).eids).toBe(0);
  });

  it('because what was sealed names another packet than its envelope', async () => {
    const { station } = await hall();
    const packet = await station.packet({
      person: PEOPLE.lin,
      edit: (enrolment) => ({
        ...enrolment,
        packetId: enrolment.packetId.replace(/.$/, '0').replace(/^0/, '1'),
      }),
    });
    expect((await decide(station, packet)).decision.reason).toBe('rejected-malformed');
  });

  it('because it hides from the envelope that it was simulated', async () => {
    const { station } = await hall();
    const packet = await station.packet({
      person: PEOPLE.lin,
      envelope: (envelope) => ({ ...envelope, simulated: false }),
    });
    expect((await decide(station, packet)).decision.reason).toBe('rejected-malformed');
  });

  it('and can be made again, properly', async () => {
    const place = await hall();
    const photo = playEvidence({ performer: MOTIONLESS });
    const first = await enrol(place, PEOPLE.lin, (enrolment) => ({ ...enrolment, evidence: photo }));
    expect(first.decision.outcome).toBe('rejected');
    expect((await enrol(place, PEOPLE.lin)).decision.outcome).toBe('issued');
  });
});

describe('an enrolment that a person has to look at', () => {
  it('is the second of somebody, who keeps phone and password until then', async () => {
    const place = await hall();
    expect((await enrol(place, PEOPLE.lin)).decision.outcome).toBe('issued');
    const second = await enrol(place, PEOPLE.lin);
    expect(second.decision).toMatchObject({ outcome: 'referred', reason: 'referred-duplicate' });
    expect(second.eid).toBeNull();
    expect((await place.registry.running.counts()).eids).toBe(1);
  });

  it.each([
    ['demo', 'same', 'issued'],
    ['demo', 'cannot-tell', 'issued'],
    ['demo', 'different', 'referred-comparison'],
    ['pilot', 'same', 'issued'],
    ['pilot', 'cannot-tell', 'referred-comparison'],
    ['production', 'cannot-tell', 'referred-comparison'],
  ] as const)('in %s, with a comparison that says "%s": %s', async (mode, result, reason) => {
    const { decision } = await enrol(await hall(mode), PEOPLE.lin, (enrolment) => ({
      ...enrolment,
      simulated: mode !== 'production',
      comparison: { result, reason: 'measured', distance: 0.5 },
    }));
    expect(decision.reason).toBe(reason);
  });
});

describe("the registry's nonce in the evidence", () => {
  async function withNonce(place: Hall, registryNonce: Uint8Array, person: Person) {
    return enrol(place, person, (enrolment) => ({ ...enrolment, evidence: playEvidence({ registryNonce }) }));
  }

  async function askNonce(station: TestStation): Promise<Uint8Array> {
    return nonceIn(await station.call({ method: 'POST', path: REGISTRY_PATHS.nonces }));
  }

  it('counts when this station was given it', async () => {
    const place = await hall();
    const nonce = await askNonce(place.station);
    expect((await withNonce(place, nonce, PEOPLE.lin)).decision.reason).toBe('issued');
  });

  it('counts once', async () => {
    const place = await hall();
    const nonce = await askNonce(place.station);
    await withNonce(place, nonce, PEOPLE.lin);
    expect((await withNonce(place, nonce, PEOPLE.mei)).decision.reason).toBe('referred-liveness');
  });

  it('does not count when the registry never gave it', async () => {
    const { decision } = await withNonce(await hall(), randomBytes(32), PEOPLE.lin);
    expect(decision.reason).toBe('referred-liveness');
  });

  it('does not count when another station was given it', async () => {
    const place = await hall();
    const nonce = await askNonce(await anotherStation(place));
    expect((await withNonce(place, nonce, PEOPLE.lin)).decision.reason).toBe('referred-liveness');
  });
});

describe('waiting for a decision', () => {
  it('for a packet that never came ends at once', async () => {
    const { station } = await hall();
    const packet = await station.packet({ person: PEOPLE.lin });
    const answer = await station.call({ path: REGISTRY_PATHS.packetDecision(packet.packetId, 10_000) });
    expect(problemIn(answer).title).toBe('not-found');
  });

  it.each(['10001', '-1', '1e3', 'now'])(
    'refuses to wait %s milliseconds, naming the field',
    async (wait) => {
      const { station } = await hall();
      const packet = await station.packet({ person: PEOPLE.lin });
      const answer = await station.call({ path: `/v1/packets/${packet.packetId}/decision?wait=${wait}` });
      expect(problemIn(answer)).toMatchObject({ title: 'bad-request' });
      expect(problemIn(answer).detail).toMatch(/^query\.wait: /);
    },
  );

  it('tells no station of the packets of another', async () => {
    const place = await hall();
    const other = await anotherStation(place);
    const packet = await place.station.packet({ person: PEOPLE.lin });
    await decide(place.station, packet);
    const answer = await other.call({ path: REGISTRY_PATHS.packetDecision(packet.packetId, 0) });
    expect(problemIn(answer).title).toBe('not-found');
    expect(decisionsIn(await other.call({ path: REGISTRY_PATHS.decisions('0') })).decisions).toEqual([]);
  });

  it('is not needed again after a restart: what was decided stays decided', async () => {
    const place = await hall();
    const packet = await place.station.packet({ person: PEOPLE.lin });
    const before = await decide(place.station, packet);
    const { running } = await place.registry.restart();
    expect(await running.decisionOf(packet.packetId)).toMatchObject({ reason: before.decision.reason });
    expect(await running.counts()).toMatchObject({ issued: 1, eids: 1 });
  });
});
