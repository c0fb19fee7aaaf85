import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCbor } from '#protocol/cbor.ts';
import { signMessage } from '#protocol/cose/sign1.ts';
import { encodeEnrolment } from '#protocol/enrolment.ts';
import type { Envelope } from '#protocol/envelope.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { decodeUpload, encodeUpload, openEnrolment, sealEnrolment } from '#protocol/packet.ts';
import { seal } from '#protocol/sealing.ts';
import {
  credentialKeyPair,
  rootSigner,
  sampleEnrolment,
  sampleEnvelope,
  sealingKeyPair,
  stationSigner,
  stationVerifier,
} from './sample.ts';

const enrolment = sampleEnrolment({ frames: 10, jpegBytes: 300 });
const sealed = sealEnrolment({
  enrolment,
  signer: stationSigner,
  sealingPublicKey: sealingKeyPair.publicKey,
});
const envelope = sampleEnvelope(sealed);
const open = (changes: { readonly sealed?: Uint8Array; readonly envelope?: Envelope } = {}) =>
  openEnrolment({ sealed, envelope, keyPair: sealingKeyPair, station: stationVerifier, ...changes });

describe('a packet', () => {
  test('opens to the enrolment that was sealed', () => {
    expect(open()).toEqual({ ok: true, value: enrolment });
  });

  test('for another sealing key is refused', () => {
    const opened = openEnrolment({ sealed, envelope, keyPair: credentialKeyPair, station: stationVerifier });
    expect(opened).toEqual({ ok: false, error: { reason: 'not-sealed-to-this-key', where: 'body' } });
  });

  test('signed by another station is refused', () => {
    const foreign = sealEnrolment({
      enrolment,
      signer: rootSigner,
      sealingPublicKey: sealingKeyPair.publicKey,
    });
    expect(open({ sealed: foreign })).toMatchObject({ ok: false, error: { reason: 'unknown-key' } });
  });

  test.each<[string, Partial<Envelope>]>([
    ['packetId', { packetId: '019c8f3a-5e00-7abc-8def-0123456789ac' }],
    ['stationId', { stationId: 'GZ-TH-0008' }],
    ['installation', { installation: 2 }],
    ['sealingKid', { sealingKid: credentialKeyPair.kid }],
    ['simulated', { simulated: false }],
  ])('whose %s differs from its envelope is refused', (where, change) => {
    expect(open({ envelope: { ...envelope, ...change } })).toEqual({
      ok: false,
      error: { reason: 'contradicts-envelope', where },
    });
  });

  test('an envelope sealed in place of an enrolment is refused', () => {
    const wrong = signMessage({
      kind: 'envelope',
      payload: encodeEnrolment(enrolment),
      signer: stationSigner,
    });
    const opened = open({ sealed: seal({ bytes: wrong, publicKey: sealingKeyPair.publicKey }) });
    expect(opened).toMatchObject({ ok: false, error: { reason: 'wrong-kind' } });
  });

  test('with a bit turned over anywhere is refused', () => {
    fc.assert(
      fc.property(fc.nat({ max: sealed.length * 8 - 1 }), (bit) => {
        const changed = sealed.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return !open({ sealed: changed }).ok;
      }),
      { numRuns: 60 },
    );
  });

  test('leaves no plain octets behind: what was signed is zero afterwards', () => {
    const seen: Uint8Array[] = [];
    const spy: Signer = {
      ...stationSigner,
      sign: (bytes) => {
        seen.push(bytes);
        return stationSigner.sign(bytes);
      },
    };
    sealEnrolment({ enrolment, signer: spy, sealingPublicKey: sealingKeyPair.publicKey });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.every((octet) => octet === 0)).toBe(true);
  });
});

describe('an upload', () => {
  const upload = { envelope: Uint8Array.of(1, 2, 3), sealed };

  test('comes back as it was', () => {
    expect(decodeUpload(encodeUpload(upload))).toEqual({ ok: true, value: upload });
  });

  test('of more than 2 MiB is neither made nor read', () => {
    const tooLarge = new Uint8Array(2 * 1024 * 1024);
    expect(() => encodeUpload({ envelope: upload.envelope, sealed: tooLarge })).toThrow(RangeError);
    const body = encodeCbor([upload.envelope, tooLarge]);
    expect(decodeUpload(body)).toMatchObject({ ok: false, error: { where: 'upload' } });
  });

  test.each<[string, Uint8Array, string]>([
    ['one part', encodeCbor([sealed]), 'upload'],
    ['three parts', encodeCbor([sealed, sealed, sealed]), 'upload'],
    ['a part that is text', encodeCbor(['envelope', sealed]), 'upload.envelope'],
    ['an envelope that is far too long', encodeCbor([new Uint8Array(2000), sealed]), 'upload.envelope'],
    ['a map', encodeCbor(new Map([[1, sealed]])), 'upload'],
  ])('of %s is refused', (_, body, where) => {
    expect(decodeUpload(body)).toMatchObject({ ok: false, error: { reason: 'malformed', where } });
  });

  test('of any octets gives a reason and never an exception', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => !decodeUpload(bytes).ok));
  });
});
