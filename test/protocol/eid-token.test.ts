import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeCbor } from '#protocol/cbor.ts';
import { openMessage } from '#protocol/cose/sign1.ts';
import { decodeEidCode, EID_CODE_PREFIX, encodeEidCode, openEid, signEid } from '#protocol/eid-token.ts';
import { base45Encode } from '#protocol/text/base45.ts';
import { issuerSigner, only, rootSigner, sampleClaims } from './sample.ts';

const octets = signEid({ claims: sampleClaims, signer: issuerSigner });
const codeOf = (bytes: Uint8Array) => `${EID_CODE_PREFIX}${base45Encode(bytes)}`;

describe('an e-ID', () => {
  test('opens to its claims', () => {
    expect(openEid({ octets, findVerifier: only(issuerSigner) })).toEqual({ ok: true, value: sampleClaims });
  });

  test('without a phone has no holder key', () => {
    const claims = { ...sampleClaims, holderKey: null };
    const bare = signEid({ claims, signer: issuerSigner });
    const opened = openMessage({ kind: 'eid', bytes: bare, findVerifier: only(issuerSigner) });
    if (!opened.ok) throw new Error(opened.error.where);
    const payload = decodeCbor(opened.value.payload);
    // RFC 8747 knows no empty `cnf`: the claim is left out.
    expect(payload.ok && payload.value instanceof Map && !payload.value.has(8)).toBe(true);
    expect(openEid({ octets: bare, findVerifier: only(issuerSigner) })).toEqual({ ok: true, value: claims });
  });

  test('of another issuer is refused', () => {
    const foreign = signEid({ claims: sampleClaims, signer: rootSigner });
    expect(openEid({ octets: foreign, findVerifier: only(issuerSigner) })).toMatchObject({
      ok: false,
      error: { reason: 'unknown-key' },
    });
  });

  test('with a bit turned over anywhere is refused', () => {
    for (let bit = 0; bit < octets.length * 8; bit += 1) {
      const changed = octets.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(openEid({ octets: changed, findVerifier: only(issuerSigner) }).ok, `bit ${bit}`).toBe(false);
    }
  });
});

describe('the code of an e-ID', () => {
  test('comes back as the octets that were signed, and suits a QR code', async () => {
    const code = await encodeEidCode(octets);
    expect(code).toMatch(/^EID1:[0-9A-Z $%*+\-./:]+$/);
    expect(code.length).toBeLessThan(800);
    expect(await decodeEidCode(code)).toEqual({ ok: true, value: octets });
  });

  test('is told apart from other codes', async () => {
    expect(await decodeEidCode('HTTPS://EXAMPLE.ORG')).toEqual({ ok: false, error: 'not-ours' });
    expect(await decodeEidCode('')).toEqual({ ok: false, error: 'not-ours' });
  });

  test('that would inflate to gigabytes is refused after two kilobytes', async () => {
    const bomb = deflateSync(new Uint8Array(1_900_000));
    expect(codeOf(bomb).length).toBeLessThan(3200);
    expect(await decodeEidCode(codeOf(bomb))).toEqual({ ok: false, error: 'malformed' });
    expect(await decodeEidCode(codeOf(deflateSync(new Uint8Array(2048))))).toMatchObject({ ok: true });
    expect(await decodeEidCode(codeOf(deflateSync(new Uint8Array(2049))))).toMatchObject({ ok: false });
  });

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['what is not compressed', octets],
    ['a cut end', deflateSync(octets).subarray(0, -5)],
    [
      'a wrong check sum',
      deflateSync(octets).map((octet, at, all) => (at === all.length - 1 ? octet ^ 1 : octet)),
    ],
    ['rubbish behind the end', Uint8Array.of(...deflateSync(octets), 1, 2, 3)],
  ])('with %s is refused', async (_, bytes) => {
    expect(await decodeEidCode(codeOf(bytes))).toEqual({ ok: false, error: 'malformed' });
  });

  test('of any text gives octets or a reason and never an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.uint8Array(), async (text, bytes) => {
        expect((await decodeEidCode(`${EID_CODE_PREFIX}${text}`)).ok).toBe(false);
        expect((await decodeEidCode(codeOf(bytes))).ok).toBe(false);
      }),
    );
  });

  test('that is longer than any of ours is refused unread', async () => {
    expect(await decodeEidCode(`${EID_CODE_PREFIX}${'0'.repeat(4000)}`)).toEqual({
      ok: false,
      error: 'malformed',
    });
  });
});
