import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  PhoneEidAnswerSchema,
  REGISTRY_CONTENT_TYPES,
  REGISTRY_LIMITS,
  REGISTRY_PATHS,
} from '#contract/registry-api.ts';
import type { Enrolment } from '#domain/enrolment/enrolment.ts';
import { decodeBody, encodeBody } from '#protocol/http-body.ts';
import { signRequest } from '#protocol/http-signature.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import { apply, hall } from '../hall.ts';
import { PEOPLE } from '../people.ts';
import { randomBytes, startTestRegistry, type TestRegistry } from '../registry-fixture.ts';
import { problemIn } from '../statements.ts';
import { send } from '../test-station.ts';

const phone = nodeSigner(randomBytes(32));
const own = { publicKey: phone.publicKey };

/** Sends what a phone would, signed by `phone` whatever the body says. */
function post(
  { running, clock }: TestRegistry,
  sent: {
    readonly body: Uint8Array;
    readonly contentType?: string;
    readonly signed?: boolean;
    readonly nonce?: string;
  },
) {
  const { body, contentType = REGISTRY_CONTENT_TYPES.cbor, signed = true } = sent;
  const url = new URL(REGISTRY_PATHS.phoneEid, running.url);
  const signature = signRequest({
    ...{ body, contentType, signer: phone },
    method: 'POST',
    targetUri: url.href,
    created: Math.floor(clock.now() / 1000),
    nonce: sent.nonce ?? Buffer.from(randomBytes(16)).toString('hex'),
  });
  const headers = signed ? signature : { 'content-type': contentType };
  return send({ url, method: 'POST', headers, body, authority: null });
}

describe('a phone’s request is refused', () => {
  it('when it names another phone’s key', async () => {
    const registry = await startTestRegistry();
    const { publicKey } = nodeSigner(randomBytes(32));
    const answer = await post(registry, { body: encodeBody({ publicKey }) });
    expect(problemIn(answer)).toMatchObject({ title: 'bad-signature', detail: 'keyid: unknown-key' });
  });

  it('when nobody signed it', async () => {
    const answer = await post(await startTestRegistry(), { body: encodeBody(own), signed: false });
    expect(problemIn(answer).title).toBe('bad-signature');
  });

  it('when it has another type', async () => {
    const contentType = REGISTRY_CONTENT_TYPES.upload;
    const answer = await post(await startTestRegistry(), { body: encodeBody(own), contentType });
    expect(problemIn(answer).title).toBe('wrong-content-type');
  });

  it('when it is longer than one key needs', async () => {
    const answer = await post(await startTestRegistry(), { body: new Uint8Array(257) });
    expect(problemIn(answer).title).toBe('too-large');
  });

  it('when it holds anything else at all', async () => {
    const registry = await startTestRegistry();
    const genuine = encodeBody(own);
    const hostile = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 256 }),
      fc
        .tuple(fc.nat(genuine.length - 1), fc.integer({ min: 1, max: 255 }))
        .map(([at, flip]) => genuine.map((octet, index) => (index === at ? octet ^ flip : octet))),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (body) => {
        const answer = await post(registry, { body: new Uint8Array(body) });
        expect(['bad-request', 'bad-signature']).toContain(problemIn(answer).title);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a key that no enrolment named', () => {
  it('is told “not yet”, as one whose packet is still on its way', async () => {
    const registry = await startTestRegistry();
    const answer = await post(registry, { body: encodeBody(own) });
    expect(answer).toMatchObject({ status: 200, body: encodeBody({ status: 'not-yet' }) });
  });
});

describe('a phone whose e-ID was ended', () => {
  async function withPhone() {
    const place = await hall();
    const named = { publicKey: phone.publicKey, codeId: randomBytes(16), phoneTime: 0 };
    const edit = (enrolment: Enrolment) => ({ ...enrolment, phone: named });
    const basic = { person: PEOPLE.lin, application: 'basic', edit } as const;
    await apply(place, basic);
    return { ...place, basic, edit };
  }

  async function toldTo(registry: TestRegistry) {
    const answer = await post(registry, { body: encodeBody(own) });
    const told = decodeBody(answer.body, PhoneEidAnswerSchema, REGISTRY_LIMITS.answerBytes);
    if (!told.ok) throw new Error(JSON.stringify(told.error));
    return told.value;
  }

  it('is told so, and no e-ID', async () => {
    const place = await withPhone();
    expect(await toldTo(place.registry)).toMatchObject({ status: 'issued' });
    await apply(place, { person: PEOPLE.lin, application: 'report-lost' });
    expect(await toldTo(place.registry)).toEqual({ status: 'revoked' });
  });

  it('is told what was decided since, and given the next e-ID that names it', async () => {
    const place = await withPhone();
    await apply(place, { person: PEOPLE.lin, application: 'report-lost' });
    await apply(place, { ...place.basic, person: PEOPLE.stranger });
    expect(await toldTo(place.registry)).toEqual({ status: 'rejected', reason: 'rejected-not-in-register' });
    await apply(place, place.basic);
    expect(await toldTo(place.registry)).toMatchObject({ status: 'issued' });
  });

  it('by an upgrade is given the full one within the same second', async () => {
    const place = await withPhone();
    const { eid } = await apply(place, { person: PEOPLE.lin, application: 'upgrade', edit: place.edit });
    expect(await toldTo(place.registry)).toEqual({ status: 'issued', eid });
  });

  it('by an upgrade for another phone is told that it has none any more', async () => {
    const place = await withPhone();
    await apply(place, { person: PEOPLE.lin, application: 'upgrade' });
    expect(await toldTo(place.registry)).toEqual({ status: 'revoked' });
  });
});
