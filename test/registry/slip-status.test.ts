import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  REGISTRY_CONTENT_TYPES,
  REGISTRY_LIMITS,
  REGISTRY_PATHS,
  type SlipStatusAnswer,
  SlipStatusAnswerSchema,
} from '#contract/registry-api.ts';
import type { Application } from '#domain/enrolment/application.ts';
import { hashOf } from '#protocol/envelope.ts';
import { decodeBody } from '#protocol/http-body.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { type SlipStatement, signSlipStatement } from '#protocol/slip-statement.ts';
import { type apply, decide, type Hall, hall, newStation } from './hall.ts';
import { PEOPLE } from './people.ts';
import { randomBytes } from './registry-fixture.ts';
import { problemIn } from './statements.ts';
import { type HttpAnswer, PASSWORD, type Packet, type TestStation } from './test-station.ts';

const person = PEOPLE.lin;

/** The statement that a station prints on the slip of a packet. */
function slipOf(
  station: TestStation,
  packet: Packet,
  told: { readonly edit?: (statement: SlipStatement) => SlipStatement; readonly signer?: Signer } = {},
): Uint8Array {
  const { stationId, installation, packetId, sequence, createdAt, clockTrust, simulated } = packet.opened;
  const statement: SlipStatement = {
    ...{ stationId, installation, packetId, sequence, createdAt, clockTrust, simulated },
    application: 'basic',
    envelopeSha256: hashOf(packet.envelope),
  };
  return signSlipStatement({
    statement: told.edit?.(statement) ?? statement,
    signer: told.signer ?? station.signer,
  });
}

function ask(station: TestStation, body: Uint8Array, contentType: string = REGISTRY_CONTENT_TYPES.slip) {
  return station.call({ method: 'POST', path: REGISTRY_PATHS.slipStatus, body, contentType });
}

function toldIn(answer: HttpAnswer): SlipStatusAnswer {
  expect(answer).toMatchObject({ status: 200, proven: true, contentType: REGISTRY_CONTENT_TYPES.cbor });
  const told = decodeBody(answer.body, SlipStatusAnswerSchema, REGISTRY_LIMITS.answerBytes);
  if (!told.ok) throw new Error(JSON.stringify(told.error));
  return told.value;
}

async function applyAndAsk(
  place: Hall,
  application: Application,
  told: Partial<Parameters<typeof apply>[1]> = {},
) {
  const packet = await place.station.packet({ person, application, ...told });
  await decide(place.station, packet);
  return { packet, told: toldIn(await ask(place.station, slipOf(place.station, packet))) };
}

describe('the status of a slip', () => {
  it('before its packet has come: not arrived', async () => {
    const { station } = await hall();
    const packet = await station.packet({ person });
    expect(toldIn(await ask(station, slipOf(station, packet)))).toEqual({
      state: 'not-arrived',
      reason: null,
      decidedAt: null,
    });
  });

  it('of an e-ID on a phone: issued, with the time', async () => {
    const place = await hall();
    const { told } = await applyAndAsk(place, 'basic');
    const decidedAt = place.registry.clock.now();
    expect(told).toEqual({ state: 'issued', reason: 'issued', decidedAt });
  });

  it('of an e-ID without a phone: to be collected', async () => {
    const { told } = await applyAndAsk(await hall(), 'basic', {
      edit: (enrolment) => ({ ...enrolment, phone: null }),
    });
    expect(told).toMatchObject({ state: 'collect', reason: 'issued' });
  });

  it('of a referred and of a rejected one: that, and why', async () => {
    const place = await hall();
    await applyAndAsk(place, 'basic');
    expect((await applyAndAsk(place, 'full')).told).toMatchObject({
      state: 'referred',
      reason: 'referred-duplicate',
    });
    expect((await applyAndAsk(place, 'basic', { person: PEOPLE.stranger })).told).toMatchObject({
      state: 'rejected',
      reason: 'rejected-not-in-register',
    });
  });

  it('of an e-ID that was reported lost since, and of the report: revoked', async () => {
    const place = await hall();
    const { packet } = await applyAndAsk(place, 'basic');
    place.registry.clock.set(place.registry.clock.now() + 60_000);
    const report = await applyAndAsk(place, 'report-lost', { password: PASSWORD });
    const revoked = { state: 'revoked', reason: 'revoked', decidedAt: place.registry.clock.now() };
    expect(report.told).toEqual(revoked);
    expect(toldIn(await ask(place.station, slipOf(place.station, packet)))).toEqual(revoked);
  });

  it('of an e-ID that was upgraded since: issued, as it was', async () => {
    const place = await hall();
    const { packet } = await applyAndAsk(place, 'basic');
    await applyAndAsk(place, 'upgrade');
    expect(toldIn(await ask(place.station, slipOf(place.station, packet))).state).toBe('issued');
  });

  it('is told to another station of the same registry', async () => {
    const place = await hall();
    const { packet } = await applyAndAsk(place, 'basic');
    const other = await newStation(place.registry, 'hall-2');
    expect(toldIn(await ask(other, slipOf(place.station, packet))).state).toBe('issued');
  });

  it('is told of a slip of an installation that is no more', async () => {
    const place = await hall();
    const { packet } = await applyAndAsk(place, 'basic');
    const anew = await newStation(place.registry, 'hall-1');
    expect(toldIn(await ask(anew, slipOf(place.station, packet))).state).toBe('issued');
  });
});

describe('nothing is told of a slip', () => {
  async function decided() {
    const place = await hall();
    const { packet } = await applyAndAsk(place, 'basic');
    return { ...place, packet };
  }

  it('that names another envelope than the one that is held', async () => {
    const { station, packet } = await decided();
    const edit = (statement: SlipStatement) => ({ ...statement, envelopeSha256: randomBytes(32) });
    const problem = problemIn(await ask(station, slipOf(station, packet, { edit })));
    expect(problem).toMatchObject({
      title: 'not-found',
      detail: 'body: another packet is held under this id',
    });
  });

  it('that a station signed in the name of another', async () => {
    const { registry, station, packet } = await decided();
    const other = await newStation(registry, 'hall-2');
    const problem = problemIn(await ask(other, slipOf(station, packet, { signer: other.signer })));
    expect(problem).toMatchObject({
      title: 'bad-request',
      detail: 'body: names another station than its key is certified for',
    });
  });

  it('by a key that the registry never certified', async () => {
    const { station, packet } = await decided();
    const signer = nodeSigner(randomBytes(32));
    expect(problemIn(await ask(station, slipOf(station, packet, { signer }))).title).toBe('not-found');
  });

  it('with a bit turned over anywhere, or of any octets', async () => {
    const { station, packet } = await decided();
    const genuine = slipOf(station, packet);
    const turned = fc.nat(genuine.length * 8 - 1).map((bit) => {
      const octets = genuine.slice();
      octets[bit >> 3] = (octets[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return octets;
    });
    const any = fc.uint8Array({ minLength: 1, maxLength: REGISTRY_LIMITS.slipBytes });
    await fc.assert(
      fc.asyncProperty(fc.oneof(turned, any), async (octets) => {
        const { title } = problemIn(await ask(station, new Uint8Array(octets)));
        expect(['bad-request', 'not-found']).toContain(title);
      }),
      { numRuns: 80 },
    );
  });

  it('to somebody who is no station', async () => {
    const { station, packet } = await decided();
    const stranger = nodeSigner(randomBytes(32));
    const answer = await station.call({
      method: 'POST',
      path: REGISTRY_PATHS.slipStatus,
      body: slipOf(station, packet),
      contentType: REGISTRY_CONTENT_TYPES.slip,
      signer: stranger,
    });
    expect(problemIn(answer).title).toBe('unknown-station');
  });

  it('of another type or longer than any slip', async () => {
    const { station, packet } = await decided();
    const wrongType = await ask(station, slipOf(station, packet), REGISTRY_CONTENT_TYPES.cbor);
    expect(problemIn(wrongType).title).toBe('wrong-content-type');
    const tooLong = await ask(station, new Uint8Array(REGISTRY_LIMITS.slipBytes + 1));
    expect(problemIn(tooLong).title).toBe('too-large');
  });
});
