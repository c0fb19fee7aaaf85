import { describe, expect, it } from 'vitest';
import type { Enrolment } from '#domain/enrolment/enrolment.ts';
import { err, ok } from '#domain/result.ts';
import { fetchEid, fetchTrustList } from '#phone/fetch-eid.ts';
import { makeReferencePhone, type ReferencePhone } from '#phone/reference-phone.ts';
import type { RegistryLine } from '#phone/registry-line.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { PEOPLE, type Person } from '../registry/people.ts';
import { MORNING, randomBytes, startTestRegistry, type TestRegistry } from '../registry/registry-fixture.ts';
import { type Packet, provisionStation, send, type TestStation } from '../registry/test-station.ts';

const YEAR = 365 * 86_400_000;

/** Real HTTPS from Node. */
const line: RegistryLine = async ({ authorities, body, ...call }) => {
  try {
    return ok(await send({ ...call, body: body ?? undefined, authority: authorities }));
  } catch {
    return err({ reason: 'unreachable' });
  }
};

interface Hall {
  readonly registry: TestRegistry;
  readonly station: TestStation;
}

async function hall(): Promise<Hall> {
  const registry = await startTestRegistry();
  const { running, clock } = registry;
  const code = await running.newProvisioningCode('hall-1');
  return { registry, station: await provisionStation({ url: running.url, code, clock }) };
}

const newPhone = () => makeReferencePhone({ seed: randomBytes(32), now: () => MORNING });

function packetOf(
  { station }: Hall,
  enrolled: { readonly phone: ReferencePhone; readonly person: Person },
): Promise<Packet> {
  const { publicKey } = enrolled.phone;
  return station.packet({
    person: enrolled.person,
    edit: (enrolment: Enrolment) => ({
      ...enrolment,
      phone: { publicKey, codeId: randomBytes(16), phoneTime: enrolment.createdAt },
    }),
  });
}

async function deliver({ registry, station }: Hall, packet: Packet): Promise<void> {
  await station.upload(packet);
  await registry.running.settled();
}

/** What the phone learns, from nothing but the registry's address and root key. */
async function ask(
  { registry }: Pick<Hall, 'registry'>,
  phone: ReferencePhone,
  changed: { readonly now?: () => number; readonly line?: RegistryLine } = {},
) {
  const { url, rootPublicKey } = registry.running;
  const trust = await fetchTrustList({
    registryUrl: url,
    isRoot: (key) => sameBytes(key, rootPublicKey),
    line,
  });
  if (!trust.ok) throw new Error(trust.error.reason);
  const { signer } = phone;
  const now = () => registry.clock.now();
  return fetchEid({
    registryUrl: url,
    trust: trust.value,
    signer,
    now,
    random: randomBytes,
    line,
    ...changed,
  });
}

describe('a phone', () => {
  it('has its e-ID as soon as it is issued, and again whenever it asks', async () => {
    const place = await hall();
    const phone = newPhone();
    await deliver(place, await packetOf(place, { phone, person: PEOPLE.lin }));
    const fetched = await ask(place, phone);
    expect(fetched).toMatchObject({
      ok: true,
      value: {
        status: 'issued',
        code: expect.stringMatching(/^EID1:/),
        claims: { grade: 'full', maskedName: '林**', holderKey: phone.publicKey },
      },
    });
    expect(await ask(place, phone)).toEqual(fetched);
    const registry = await place.registry.restart();
    expect(await ask({ registry }, phone)).toEqual(fetched);
  });

  it('that was enrolled offline has it once the station has delivered', async () => {
    const place = await hall();
    const phone = newPhone();
    const kept = await packetOf(place, { phone, person: PEOPLE.mei });
    expect(await ask(place, phone)).toEqual({ ok: true, value: { status: 'not-yet' } });
    await deliver(place, kept);
    expect(await ask(place, phone)).toMatchObject({ ok: true, value: { status: 'issued' } });
  });

  it('learns why there is none', async () => {
    const place = await hall();
    const [stranger, second] = [newPhone(), newPhone()];
    await deliver(place, await packetOf(place, { phone: stranger, person: PEOPLE.stranger }));
    await deliver(place, await packetOf(place, { phone: newPhone(), person: PEOPLE.lin }));
    await deliver(place, await packetOf(place, { phone: second, person: PEOPLE.lin }));
    expect(await ask(place, stranger)).toEqual({
      ok: true,
      value: { status: 'rejected', reason: 'rejected-not-in-register' },
    });
    expect(await ask(place, second)).toEqual({
      ok: true,
      value: { status: 'referred', reason: 'referred-duplicate' },
    });
  });

  it('keeps its e-ID when the same phone comes a second time and is referred', async () => {
    const place = await hall();
    const phone = newPhone();
    await deliver(place, await packetOf(place, { phone, person: PEOPLE.lin }));
    await deliver(place, await packetOf(place, { phone, person: PEOPLE.lin }));
    expect(await ask(place, phone)).toMatchObject({ ok: true, value: { status: 'issued' } });
  });

  it('gets nothing of another phone’s', async () => {
    const place = await hall();
    await deliver(place, await packetOf(place, { phone: newPhone(), person: PEOPLE.lin }));
    expect(await ask(place, newPhone())).toEqual({ ok: true, value: { status: 'not-yet' } });
  });

  it.each([
    ['behind', -3 * YEAR],
    ['ahead', 3 * YEAR],
  ])('whose clock is three years %s has its e-ID all the same', async (_, offset) => {
    const place = await hall();
    const phone = newPhone();
    await deliver(place, await packetOf(place, { phone, person: PEOPLE.lin }));
    const now = () => place.registry.clock.now() + offset;
    expect(await ask(place, phone, { now })).toMatchObject({ ok: true, value: { status: 'issued' } });
  });
});

describe('a phone does not believe', () => {
  it('a registry with another root', async () => {
    const { registry } = await hall();
    const list = await fetchTrustList({ registryUrl: registry.running.url, isRoot: () => false, line });
    expect(list).toEqual({ ok: false, error: { reason: 'another-registry' } });
  });

  it('a server with another authority', async () => {
    const [place, other] = [await hall(), await hall()];
    const phone = newPhone();
    const elsewhere: RegistryLine = (call) =>
      line({ ...call, url: new URL(call.url.pathname, other.registry.running.url) });
    const answer = await ask(place, phone, { line: elsewhere });
    expect(answer).toEqual({ ok: false, error: { reason: 'unreachable' } });
  });

  it('an answer that was changed on its way, or that was given to another request', async () => {
    const place = await hall();
    const phone = newPhone();
    const changed: RegistryLine = async (call) => {
      const answer = await line(call);
      return answer.ok ? ok({ ...answer.value, body: new Uint8Array([0xa0]) }) : answer;
    };
    let earlier: Awaited<ReturnType<RegistryLine>> | null = null;
    const repeated: RegistryLine = async (call) => {
      earlier ??= await line(call);
      return earlier;
    };
    await ask(place, phone, { line: repeated });
    await deliver(place, await packetOf(place, { phone, person: PEOPLE.lin }));
    for (const liar of [changed, repeated]) {
      const answer = await ask(place, phone, { line: liar });
      expect(answer).toEqual({ ok: false, error: { reason: 'unproven-answer' } });
    }
  });

  it('a line that is cut', async () => {
    const place = await hall();
    const cut: RegistryLine = async () => err({ reason: 'unreachable' });
    expect(await ask(place, newPhone(), { line: cut })).toEqual({
      ok: false,
      error: { reason: 'unreachable' },
    });
  });
});

describe('a request of a phone that comes a second time', () => {
  it('is refused, whoever brings it', async () => {
    const place = await hall();
    const phone = newPhone();
    await deliver(place, await packetOf(place, { phone, person: PEOPLE.lin }));
    const twice: RegistryLine = async (call) => {
      const first = await line(call);
      return call.method === 'GET' ? first : line(call);
    };
    expect(await ask(place, phone, { line: twice })).toEqual({ ok: false, error: { reason: 'replayed' } });
  });
});
