import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import {
  type Publication,
  PublicationSchema,
  REGISTRY_CONTENT_TYPES,
  REGISTRY_LIMITS,
  REGISTRY_PATHS,
} from '#contract/registry-api.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { decodeBody } from '#protocol/http-body.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import { openStationCertificate } from '#protocol/station-certificate.ts';
import { openStatusList, statusAt } from '#protocol/status-list.ts';
import { findVerifierIn, openTrustList } from '#protocol/trust-list.ts';
import { apply, claimsOf, fetchOpen, type Hall, hall, newStation } from './hall.ts';
import { PEOPLE } from './people.ts';
import { problemIn } from './statements.ts';

async function publicationOf(
  place: Hall,
): Promise<{ readonly publication: Publication; readonly etag: string }> {
  const answer = await fetchOpen(place, REGISTRY_PATHS.publication);
  expect(answer).toMatchObject({ status: 200, contentType: REGISTRY_CONTENT_TYPES.cbor });
  const decoded = decodeBody(answer.body, PublicationSchema, REGISTRY_LIMITS.publicationBytes);
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.error));
  return { publication: decoded.value, etag: answer.headers.etag ?? '' };
}

describe('the publication', () => {
  it('is enough to check an e-ID and a station without a network, from the root key on', async () => {
    const place = await hall();
    const other = await newStation(place.registry, 'hall-2');
    const { eid } = await apply(place, { person: PEOPLE.lin, application: 'basic' });
    await apply(place, { person: PEOPLE.lin, application: 'report-lost' });
    const { statusIndex } = await claimsOf(place.station, eid);

    const { publication } = await publicationOf(place);
    const root = nodeVerifier(publication.rootPublicKey);
    const trust = openTrustList({ bytes: publication.trustList, root });
    if (!trust.ok) throw new Error(trust.error.reason);
    const findRoot = (kid: Uint8Array) => (sameBytes(kid, root.kid) ? root : undefined);
    const certified = publication.stations.map(({ certificate, revokedAt }) => {
      const opened = openStationCertificate({ bytes: certificate, findVerifier: findRoot });
      return opened.ok ? [opened.value.stationId, opened.value.publicKey, revokedAt] : opened.error.reason;
    });
    expect(certified).toEqual([
      ['hall-1', place.station.signer.publicKey, null],
      ['hall-2', other.signer.publicKey, null],
    ]);
    const [octets] = publication.statusLists;
    if (octets === undefined) throw new Error('there is no status list');
    const list = await openStatusList({
      octets,
      findVerifier: findVerifierIn({ list: trust.value, use: 'issuer' }),
    });
    expect(list.ok && statusAt(list.value, statusIndex)).toBe('revoked');
  });

  it('stays the same octets until a station comes or something is revoked', async () => {
    const place = await hall();
    const { eid } = await apply(place, { person: PEOPLE.lin, application: 'basic' });
    expect(eid).not.toBeNull();
    const first = await publicationOf(place);
    expect((await publicationOf(place)).etag).toBe(first.etag);
    const known = { 'if-none-match': `"another", ${first.etag}` };
    expect((await fetchOpen(place, REGISTRY_PATHS.publication, known)).status).toBe(304);

    await newStation(place.registry, 'hall-2');
    const second = await publicationOf(place);
    expect(second.etag).not.toBe(first.etag);
    await apply(place, { person: PEOPLE.lin, application: 'report-lost' });
    expect((await publicationOf(place)).etag).not.toBe(second.etag);
  });

  it('marks an installation that was revoked', async () => {
    const place = await hall();
    const before = await publicationOf(place);
    expect(before.publication.stations.map(({ revokedAt }) => revokedAt)).toEqual([null]);
    const database = new Database(join(place.registry.dataFolder, 'registry.sqlite'));
    const revokedAt = place.registry.clock.now();
    database.prepare('UPDATE installations SET revoked_at = ?').run(revokedAt);
    database.close();
    const { publication } = await publicationOf(place);
    expect(publication.stations.map((station) => station.revokedAt)).toEqual([revokedAt]);
  });

  it('to a caller who signs is signed over the call, and kept by nobody', async () => {
    const { station } = await hall();
    const answer = await station.call({ path: REGISTRY_PATHS.publication });
    expect(answer).toMatchObject({ status: 200, proven: true });
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});

describe('a status list that there is not', () => {
  it.each([
    ['1', 'not-found'],
    ['4095', 'not-found'],
    ['4096', 'bad-request'],
    ['-1', 'bad-request'],
    ['00', 'bad-request'],
    ['first', 'bad-request'],
  ])('block %s: %s', async (block, title) => {
    const answer = await fetchOpen(await hall(), `/v1/status-lists/${block}`);
    expect(problemIn(answer).title).toBe(title);
  });
});
