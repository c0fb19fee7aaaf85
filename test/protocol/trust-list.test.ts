import { describe, expect, test } from 'vitest';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import {
  acceptTrustList,
  currentKey,
  findVerifierIn,
  openTrustList,
  signTrustList,
  type TrustedKey,
  type TrustList,
} from '#protocol/trust-list.ts';
import {
  acknowledgementSigner,
  issuerSigner,
  rootSigner,
  sampleTrustList,
  sealingKeyPair,
  stationSigner,
} from './sample.ts';

const root = nodeVerifier(rootSigner.publicKey);
const reopen = (trustList: TrustList, signer = rootSigner) =>
  openTrustList({ bytes: signTrustList({ trustList, signer }), root });

describe('a trust list', () => {
  test('signed by the root opens', () => {
    expect(reopen(sampleTrustList)).toEqual({ ok: true, value: sampleTrustList });
  });

  test('signed by anybody else does not', () => {
    expect(reopen(sampleTrustList, stationSigner)).toMatchObject({
      ok: false,
      error: { reason: 'unknown-key' },
    });
  });

  test('with a kid that is not the thumbprint of its key is refused', () => {
    const keys = sampleTrustList.keys.map((key, index) =>
      index === 2 ? { ...key, kid: rootSigner.kid } : key,
    );
    expect(reopen({ ...sampleTrustList, keys })).toMatchObject({
      ok: false,
      error: { reason: 'malformed', where: 'trust-list.keys[2].kid' },
    });
  });

  test('that offers a signature key for sealing is refused: its kid tells the curve', () => {
    const keys = sampleTrustList.keys.map((key) =>
      key.use === 'issuer' ? { ...key, use: 'sealing' as const } : key,
    );
    expect(reopen({ ...sampleTrustList, keys }).ok).toBe(false);
  });

  test('never makes way for an older one', () => {
    const older = { ...sampleTrustList, version: sampleTrustList.version - 1 };
    const newer = { ...sampleTrustList, version: sampleTrustList.version + 1 };
    expect(acceptTrustList({ current: sampleTrustList, candidate: older })).toEqual({
      ok: false,
      error: 'older-than-current',
    });
    expect(acceptTrustList({ current: sampleTrustList, candidate: newer })).toEqual({
      ok: true,
      value: newer,
    });
    expect(acceptTrustList({ current: null, candidate: older }).ok).toBe(true);
    expect(acceptTrustList({ current: sampleTrustList, candidate: sampleTrustList }).ok).toBe(true);
  });

  test('of equal version but other contents does not replace the one that is held', () => {
    const sameVersion = { ...sampleTrustList, registryName: 'another' };
    expect(acceptTrustList({ current: sampleTrustList, candidate: sameVersion })).toEqual({
      ok: false,
      error: 'same-version-other-contents',
    });
  });
});

describe('the current key of a use', () => {
  const day = 86_400_000;
  const sealing = (validFrom: number, validUntil: number): TrustedKey => ({
    kid: sealingKeyPair.kid,
    use: 'sealing',
    publicKey: sealingKeyPair.publicKey,
    validFrom,
    validUntil,
  });
  const list: TrustList = { ...sampleTrustList, keys: [sealing(0, 10 * day), sealing(5 * day, 20 * day)] };

  test.each([
    [0, 0],
    [4 * day, 0],
    [5 * day, 5 * day],
    [10 * day, 5 * day],
    [20 * day, 5 * day],
  ])('at %i is the one that became valid last', (at, validFrom) => {
    expect(currentKey({ list, use: 'sealing', at })?.validFrom).toBe(validFrom);
  });

  test('is none after the last has ended and for a use without keys', () => {
    expect(currentKey({ list, use: 'sealing', at: 20 * day + 1 })).toBeUndefined();
    expect(currentKey({ list, use: 'staff', at: 5 * day })).toBeUndefined();
  });
});

test('verifiers are found by kid and only for their use', () => {
  const find = findVerifierIn({ list: sampleTrustList, use: 'acknowledgement' });
  expect(find(acknowledgementSigner.kid)?.kid).toEqual(acknowledgementSigner.kid);
  expect(find(issuerSigner.kid)).toBeUndefined();
  expect(findVerifierIn({ list: sampleTrustList, use: 'sealing' })(sealingKeyPair.kid)).toBeUndefined();
});
