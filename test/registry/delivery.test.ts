import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REGISTRY_CONTENT_TYPES, REGISTRY_LIMITS, REGISTRY_PATHS } from '#contract/registry-api.ts';
import { hashOf } from '#protocol/envelope.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import { encodeUpload } from '#protocol/packet.ts';
import { PEOPLE } from './people.ts';
import { randomBytes, startTestRegistry, type TestRegistry } from './registry-fixture.ts';
import { acknowledgementIn, problemIn, refusalIn, timeIn } from './statements.ts';
import { provisionStation, send, type TestStation } from './test-station.ts';

const YEAR = 365 * 86_400_000;

async function hall(
  name = 'hall-1',
  registry?: TestRegistry,
): Promise<{ readonly registry: TestRegistry; readonly station: TestStation }> {
  const started = registry ?? (await startTestRegistry());
  const { running, clock } = started;
  const code = await running.newProvisioningCode(name);
  return { registry: started, station: await provisionStation({ url: running.url, code, clock }) };
}

describe('a packet that is delivered', () => {
  it('is acknowledged with its own hashes, its place and the head of the chain', async () => {
    const { registry, station } = await hall();
    const packet = await station.packet({ person: PEOPLE.lin });
    const answer = await station.upload(packet);
    expect(answer).toMatchObject({ status: 201, proven: true });
    expect(acknowledgementIn(station, answer)).toEqual({
      packetId: packet.packetId,
      envelopeSha256: hashOf(packet.envelope),
      sealedSha256: packet.opened.sealedSha256,
      stationId: 'hall-1',
      installation: 1,
      sequence: 1,
      receivedAt: registry.clock.now(),
      chainHead: { sequence: 1, envelopeSha256: hashOf(packet.envelope) },
      gaps: [],
      flags: [],
    });
  });

  it('survives the end of the process that acknowledged it', async () => {
    const { registry, station } = await hall();
    const packet = await station.packet({ person: PEOPLE.lin });
    await station.upload(packet);
    const restarted = await registry.restart();
    await restarted.running.settled();
    expect(await restarted.running.counts()).toMatchObject({ packets: 1, waiting: 0, setAside: 0 });
  });

  it('a second time is acknowledged again and kept once', async () => {
    const { registry, station } = await hall();
    const packet = await station.packet({ person: PEOPLE.lin });
    const first = acknowledgementIn(station, await station.upload(packet));
    registry.clock.set(registry.clock.now() + 60_000);
    const again = await station.upload(packet);
    expect(again.status).toBe(200);
    expect(acknowledgementIn(station, again)).toEqual(first);
    expect((await registry.running.counts()).packets).toBe(1);
  });

  it('ten times at once is kept once, and every answer acknowledges it', async () => {
    const { registry, station } = await hall();
    const packet = await station.packet({ person: PEOPLE.lin });
    const answers = await Promise.all(Array.from({ length: 10 }, () => station.upload(packet)));
    for (const answer of answers) expect(acknowledgementIn(station, answer).packetId).toBe(packet.packetId);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await registry.running.counts()).packets).toBe(1);
  });

  it('under the id of another packet is a signed conflict, and the first stays', async () => {
    const { registry, station } = await hall();
    const first = await station.packet({ person: PEOPLE.lin });
    await station.upload(first);
    const second = await station.packet({
      person: PEOPLE.mei,
      envelope: (envelope) => ({ ...envelope, packetId: first.packetId }),
    });
    const answer = await station.upload({ ...second, packetId: first.packetId });
    expect(answer).toMatchObject({ status: 409, proven: true });
    expect(refusalIn(station, answer)).toMatchObject({
      packetId: first.packetId,
      reason: 'conflict',
      envelopeSha256: hashOf(second.envelope),
    });
    expect((await registry.running.counts()).packets).toBe(1);
  });

  it.each([
    ['three years behind', -3 * YEAR],
    ['three years ahead', 3 * YEAR],
  ])('by a station whose clock is %s is taken', async (_, offset) => {
    const { registry, station } = await hall();
    const wrongTime = registry.clock.now() + offset;
    const packet = await station.packet({ person: PEOPLE.lin, createdAt: wrongTime });
    const answer = await station.upload(packet, { createdAt: wrongTime });
    expect(answer.status).toBe(201);
    expect(acknowledgementIn(station, answer).packetId).toBe(packet.packetId);
  });

  it('of an earlier installation is taken from the station that has a new one', async () => {
    const { registry, station } = await hall();
    const left = await station.packet({ person: PEOPLE.lin });
    const { station: reinstalled } = await hall('hall-1', registry);
    const answer = await station.upload(left, { signer: reinstalled.signer });
    expect(acknowledgementIn(station, answer)).toMatchObject({ installation: 1, sequence: 1 });
  });
});

describe('a packet that is refused for good, signed', () => {
  it.each([
    [
      'its body is not the one that the envelope names',
      (sealed: Uint8Array) => sealed.with(500, (sealed[500] ?? 0) ^ 1),
    ],
    ['its body is longer than the envelope says', (sealed: Uint8Array) => new Uint8Array([...sealed, 0])],
  ])('because %s', async (_, change) => {
    const { registry, station } = await hall();
    const packet = await station.packet({ person: PEOPLE.lin });
    const answer = await station.upload({ ...packet, sealed: new Uint8Array(change(packet.sealed)) });
    expect(answer).toMatchObject({ status: 422, proven: true });
    expect(refusalIn(station, answer)).toMatchObject({ reason: 'malformed', packetId: packet.packetId });
    expect((await registry.running.counts()).packets).toBe(0);
  });

  it('because its envelope is signed wrongly', async () => {
    const { station } = await hall();
    const packet = await station.packet({ person: PEOPLE.lin });
    const envelope = packet.envelope.slice();
    envelope.set([(envelope.at(-1) ?? 0) ^ 1], envelope.length - 1);
    expect(refusalIn(station, await station.upload({ ...packet, envelope }))).toMatchObject({
      reason: 'bad-signature',
      envelopeSha256: hashOf(envelope),
    });
  });

  it('because it is simulated and the registry is in production; a genuine one is taken', async () => {
    const registry = await startTestRegistry({ mode: 'production' });
    const { station } = await hall('hall-1', registry);
    const simulated = await station.packet({ person: PEOPLE.lin });
    expect(refusalIn(station, await station.upload(simulated)).reason).toBe('simulated-in-production');
    const genuine = await station.packet({
      person: PEOPLE.lin,
      edit: (enrolment) => ({ ...enrolment, simulated: false }),
    });
    expect(acknowledgementIn(station, await station.upload(genuine)).gaps).toEqual([[1, 1]]);
  });
});

describe('a call that says nothing about a packet', () => {
  it('comes from a station that delivers what another one made', async () => {
    const { registry, station } = await hall();
    const { station: other } = await hall('hall-2', registry);
    const stolen = await station.packet({ person: PEOPLE.lin });
    const answer = await other.upload(stolen);
    expect(answer).toMatchObject({ status: 400, proven: true });
    expect(problemIn(answer).detail).toBe('envelope (not of this station)');
    expect((await registry.running.counts()).packets).toBe(0);
  });

  it('names another packet in its path than in its envelope', async () => {
    const { station } = await hall();
    const first = await station.packet({ person: PEOPLE.lin });
    const second = await station.packet({ person: PEOPLE.mei });
    const answer = await station.upload({ ...first, packetId: second.packetId });
    expect(problemIn(answer)).toMatchObject({ title: 'bad-request', detail: 'path (another packet id)' });
  });

  it('is signed by a key that nobody certified', async () => {
    const { station } = await hall();
    const packet = await station.packet({ person: PEOPLE.lin });
    const answer = await station.upload(packet, { signer: nodeSigner(randomBytes(32)) });
    expect(answer.proven).toBe(true);
    expect(problemIn(answer).title).toBe('unknown-station');
  });

  it('is signed by an installation that was revoked; its packets stay with it', async () => {
    const { registry, station } = await hall();
    const database = new Database(join(registry.dataFolder, 'registry.sqlite'));
    database.prepare('UPDATE installations SET revoked_at = ?').run(registry.clock.now());
    database.close();
    const answer = await station.upload(await station.packet({ person: PEOPLE.lin }));
    expect(answer).toMatchObject({ status: 403, proven: true });
    expect(problemIn(answer).title).toBe('revoked-station');
  });

  it('was changed on its way: body, path and header are all covered', async () => {
    const { registry, station } = await hall();
    const packet = await station.packet({ person: PEOPLE.lin });
    const body = await station.upload(packet, {
      tamper: (sent) => sent.body?.set([(sent.body.at(700) ?? 0) ^ 4], 700),
    });
    expect(problemIn(body)).toMatchObject({ title: 'bad-signature', detail: 'content-digest: wrong-digest' });
    const type = await station.upload(packet, {
      tamper: (sent) => {
        sent.headers['content-type'] = REGISTRY_CONTENT_TYPES.cbor;
      },
    });
    expect(problemIn(type).title).toBe('bad-signature');
    expect((await registry.running.counts()).packets).toBe(0);
  });

  it('is longer than any packet', async () => {
    const { station } = await hall();
    const packet = await station.packet({ person: PEOPLE.lin });
    const answer = await station.upload(packet, { body: new Uint8Array(REGISTRY_LIMITS.uploadBytes + 1) });
    expect(problemIn(answer).title).toBe('too-large');
  });

  it('has no signature, and its answer has none', async () => {
    const { station, registry } = await hall();
    const packet = await station.packet({ person: PEOPLE.lin });
    const answer = await send({
      url: new URL(REGISTRY_PATHS.packet(packet.packetId), registry.running.url),
      method: 'POST',
      headers: { 'content-type': REGISTRY_CONTENT_TYPES.upload },
      body: encodeUpload(packet),
      authority: station.trust.tlsCertificates,
    });
    expect(problemIn(answer)).toMatchObject({
      title: 'bad-signature',
      detail: 'signature-input: missing-signature',
    });
    expect(answer.headers.signature).toBeUndefined();
  });

  it('carries anything at all: every answer is a signed problem or refusal, and nothing is kept', async () => {
    const { registry, station } = await hall();
    const packet = await station.packet({ person: PEOPLE.lin });
    const upload = encodeUpload(packet);
    const hostile = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 400 }),
      fc
        .tuple(fc.nat(upload.length - 1), fc.integer({ min: 1, max: 255 }))
        .map(([at, flip]) => upload.map((byte, index) => (index === at ? byte ^ flip : byte))),
      fc.nat(upload.length - 1).map((length) => upload.slice(0, Math.max(1, length))),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (body) => {
        const answer = await station.upload(packet, { body: new Uint8Array(body) });
        expect(answer.proven).toBe(true);
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
    expect((await registry.running.counts()).packets).toBe(0);
    expect(acknowledgementIn(station, await station.upload(packet)).sequence).toBe(1);
  });
});

describe('the chain', () => {
  it('with a packet missing is taken, and the gap is named until it closes', async () => {
    const { station } = await hall();
    const [first, second, third] = [
      await station.packet({ person: PEOPLE.lin }),
      await station.packet({ person: PEOPLE.mei }),
      await station.packet({ person: PEOPLE.stranger }),
    ];
    expect(acknowledgementIn(station, await station.upload(third))).toMatchObject({
      gaps: [[1, 2]],
      flags: [],
      chainHead: { sequence: 3 },
    });
    expect(acknowledgementIn(station, await station.upload(first)).gaps).toEqual([[2, 2]]);
    expect(acknowledgementIn(station, await station.upload(second))).toMatchObject({ gaps: [], flags: [] });
  });

  it('that forks after a restored disk keeps both branches and flags them', async () => {
    const { registry, station } = await hall();
    const first = await station.packet({ person: PEOPLE.lin });
    const place = { sequence: 1, previous: hashOf(first.envelope) };
    const kept = await station.packet({ person: PEOPLE.mei });
    station.restoreChain(place);
    const branch = await station.packet({ person: PEOPLE.stranger });
    for (const packet of [first, kept]) await station.upload(packet);
    const answer = acknowledgementIn(station, await station.upload(branch));
    expect(answer).toMatchObject({ sequence: 2, flags: ['fork'] });
    expect(answer.chainHead).toEqual({ sequence: 2, envelopeSha256: hashOf(kept.envelope) });
    expect(await registry.running.counts()).toMatchObject({ packets: 3, forked: 2, brokenLinks: 0 });
  });

  it('whose link does not fit what is held is taken and flagged', async () => {
    const { registry, station } = await hall();
    await station.upload(await station.packet({ person: PEOPLE.lin }));
    const loose = await station.packet({
      person: PEOPLE.mei,
      envelope: (envelope) => ({ ...envelope, previous: randomBytes(32) }),
    });
    expect(acknowledgementIn(station, await station.upload(loose)).flags).toEqual(['broken-link']);
    expect((await registry.running.counts()).brokenLinks).toBe(1);
  });
});

describe('the clock', () => {
  it.each([
    ['behind', -301_000],
    ['ahead', 301_000],
  ])('of a station that is five minutes %s gets the time for its own nonce', async (_, offset) => {
    const { registry, station } = await hall();
    const answer = await station.call({
      method: 'POST',
      path: REGISTRY_PATHS.nonces,
      createdAt: registry.clock.now() + offset,
    });
    expect(answer).toMatchObject({ status: 401, contentType: REGISTRY_CONTENT_TYPES.time, proven: true });
    expect(timeIn(answer)).toEqual({ now: registry.clock.now(), nonce: answer.nonce });
  });

  it('is told to whoever asks, whatever they believe', async () => {
    const { registry, station } = await hall();
    const answer = await station.call({
      path: REGISTRY_PATHS.time,
      createdAt: registry.clock.now() - 3 * YEAR,
    });
    expect(answer).toMatchObject({ status: 200, contentType: REGISTRY_CONTENT_TYPES.time, proven: true });
    expect(timeIn(answer)).toEqual({ now: registry.clock.now(), nonce: answer.nonce });
  });
});

describe('a request that comes a second time', () => {
  it('is answered once', async () => {
    const { station } = await hall();
    const nonce = Buffer.from(randomBytes(24)).toString('base64url');
    const call = { method: 'POST', path: REGISTRY_PATHS.nonces, nonce } as const;
    expect((await station.call(call)).status).toBe(200);
    const again = await station.call(call);
    expect(again).toMatchObject({ status: 401, proven: true });
    expect(problemIn(again).title).toBe('replayed');
  });
});
