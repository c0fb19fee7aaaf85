import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeProvisioningAnswer,
  decodeProvisioningRequest,
  encodeProvisioningAnswer,
  encodeProvisioningRequest,
  makeProvisioningCode,
  type ProvisioningCode,
  parseProvisioningCode,
  proofMatches,
  provisioningProof,
  rootMatches,
} from '#protocol/provisioning.ts';
import {
  issuerSigner,
  provisioningSecret,
  rootSigner,
  sampleProvisioningRequest,
  stationSigner,
} from './sample.ts';

const text = makeProvisioningCode({ secret: provisioningSecret, rootPublicKey: rootSigner.publicKey });

function parsed(typed: string): ProvisioningCode {
  const code = parseProvisioningCode(typed);
  if (!code.ok) throw new Error(`refused: ${code.error.reason}`);
  return code.value;
}

describe('a provisioning code', () => {
  test('is ten groups of four and holds secret and root', () => {
    expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){9}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(parsed(text).secret).toEqual(provisioningSecret);
    expect(rootMatches({ code: parsed(text), rootPublicKey: rootSigner.publicKey })).toBe(true);
  });

  test('shows a man in the middle who brings a root of his own', () => {
    expect(rootMatches({ code: parsed(text), rootPublicKey: issuerSigner.publicKey })).toBe(false);
  });

  test('may be typed in lower case, with spaces, with O for 0 and l for 1', () => {
    const sloppy = text.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect(parsed(sloppy)).toEqual(parsed(text));
  });

  test('with any one character mistyped is refused as mistyped', () => {
    const plain = text.replaceAll('-', '');
    for (let at = 0; at < plain.length; at += 1) {
      const wrong = plain[at] === '7' ? '8' : '7';
      const typed = `${plain.slice(0, at)}${wrong}${plain.slice(at + 1)}`;
      expect(parseProvisioningCode(typed), `character ${at}`).toEqual({
        ok: false,
        error: { reason: 'mistyped' },
      });
    }
  });

  test('too short, too long or with a foreign character says which', () => {
    expect(parseProvisioningCode(text.slice(1))).toMatchObject({
      error: { reason: 'wrong-length', characters: 39 },
    });
    expect(parseProvisioningCode(`${text}AA`)).toMatchObject({ error: { reason: 'wrong-length' } });
    expect(parseProvisioningCode(`U${text.slice(1)}`)).toEqual({
      ok: false,
      error: { reason: 'wrong-character' },
    });
    fc.assert(fc.property(fc.string(), (typed) => !parseProvisioningCode(typed).ok));
  });
});

describe('the proof', () => {
  const covered = {
    secret: provisioningSecret,
    stationPublicKey: stationSigner.publicKey,
    stationId: 'GZ-TH-0007',
    rootPublicKey: rootSigner.publicKey,
  };
  const proof = provisioningProof(covered);

  test('fits only the secret, key, id and root that it was made for', () => {
    expect(proofMatches(provisioningProof(covered), proof)).toBe(true);
    const others = [
      { ...covered, secret: new Uint8Array(10) },
      { ...covered, stationPublicKey: issuerSigner.publicKey },
      { ...covered, stationId: null },
      { ...covered, rootPublicKey: issuerSigner.publicKey },
    ];
    for (const other of others) expect(proofMatches(provisioningProof(other), proof)).toBe(false);
    expect(proofMatches(proof, proof.subarray(1))).toBe(false);
  });

  test('does not carry the secret', () => {
    const request = Buffer.from(encodeProvisioningRequest(sampleProvisioningRequest));
    expect(request.includes(Buffer.from(provisioningSecret))).toBe(false);
  });
});

describe('request and answer', () => {
  const answer = {
    rootPublicKey: rootSigner.publicKey,
    trustList: Uint8Array.of(1),
    certificate: Uint8Array.of(2),
    installation: 3,
    at: 4,
  };

  test('come back as they were', () => {
    expect(decodeProvisioningRequest(encodeProvisioningRequest(sampleProvisioningRequest))).toEqual({
      ok: true,
      value: sampleProvisioningRequest,
    });
    expect(decodeProvisioningAnswer(encodeProvisioningAnswer(answer))).toEqual({ ok: true, value: answer });
  });

  test('of any octets give a reason and never an exception', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        (bytes) => !decodeProvisioningRequest(bytes).ok && !decodeProvisioningAnswer(bytes).ok,
      ),
    );
  });
});
