import { createHash, createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contentDigestOf,
  type HeaderFields,
  signRequest,
  signResponse,
  verifyRequest,
  verifyResponse,
} from '#protocol/http-signature.ts';
import { only, rootSigner, stationSigner } from './sample.ts';

const body = new TextEncoder().encode('{"any": "body"}');
const targetUri = 'https://registry.example/v1/packets?x=1';
const nonce = 'c2l4dGVlbi1ieXRlcy0w';
const request = {
  method: 'POST',
  targetUri,
  contentType: 'application/cbor',
  body,
  signer: stationSigner,
  created: 1_772_415_000,
  nonce,
};
const headers = signRequest(request);

const check = (changes: {
  readonly method?: string;
  readonly targetUri?: string;
  readonly headers?: HeaderFields;
  readonly body?: Uint8Array;
}) =>
  verifyRequest({ method: 'POST', targetUri, headers, body, findVerifier: only(stationSigner), ...changes });
const reasonOf = (result: ReturnType<typeof check>) => (result.ok ? 'accepted' : result.error.reason);

describe('a signed request (RFC 9421)', () => {
  test('is accepted with its kid, time and nonce', () => {
    expect(check({})).toEqual({ ok: true, value: { kid: stationSigner.kid, created: 1_772_415_000, nonce } });
  });

  test('verifies by hand, from the text of the RFC alone', () => {
    const kid = Buffer.from(stationSigner.kid).toString('hex');
    const parameters = `("@method" "@target-uri" "content-type" "content-digest");created=1772415000;keyid="${kid}";alg="ed25519";nonce="${nonce}";tag="eid-terminal"`;
    expect(headers['signature-input']).toBe(`sig1=${parameters}`);
    const digest = createHash('sha256').update(body).digest('base64');
    const base = [
      '"@method": POST',
      `"@target-uri": ${targetUri}`,
      '"content-type": application/cbor',
      `"content-digest": sha-256=:${digest}:`,
      `"@signature-params": ${parameters}`,
    ].join('\n');
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(stationSigner.publicKey).toString('base64url') },
      format: 'jwk',
    });
    const signature = Buffer.from(headers.signature?.slice(6, -1) ?? '', 'base64');
    expect(verify(null, Buffer.from(base), key, signature)).toBe(true);
  });

  test('without a body covers method and target', () => {
    const bare = signRequest({ method: 'GET', targetUri, signer: stationSigner, created: 1, nonce });
    expect(Object.keys(bare).sort()).toEqual(['signature', 'signature-input']);
    expect(check({ method: 'GET', headers: bare, body: new Uint8Array(0) }).ok).toBe(true);
  });

  test('may have its parameters in another order', () => {
    const kid = Buffer.from(stationSigner.kid).toString('hex');
    const parameters = `("@target-uri" "@method");tag="eid-terminal";nonce="${nonce}";alg="ed25519";keyid="${kid}";created=5`;
    const base = `"@target-uri": ${targetUri}\n"@method": GET\n"@signature-params": ${parameters}`;
    const signature = Buffer.from(stationSigner.sign(Buffer.from(base))).toString('base64');
    const own = { 'signature-input': `sig1=${parameters}`, signature: `sig1=:${signature}:` };
    expect(check({ method: 'GET', headers: own, body: new Uint8Array(0) })).toMatchObject({
      ok: true,
      value: { created: 5 },
    });
  });
});

describe('a request that was tampered with', () => {
  test.each<[string, Parameters<typeof check>[0], string]>([
    ['another method', { method: 'PUT' }, 'bad-signature'],
    ['another path', { targetUri: targetUri.replace('packets', 'decisions') }, 'bad-signature'],
    ['another host', { targetUri: targetUri.replace('registry', 'mirror') }, 'bad-signature'],
    ['another body', { body: Uint8Array.of(1) }, 'wrong-digest'],
    ['an emptied body', { body: new Uint8Array(0) }, 'wrong-digest'],
    ['another content type', { headers: { ...headers, 'content-type': 'text/plain' } }, 'bad-signature'],
    ['a digest to fit another body', withOtherBody(), 'bad-signature'],
    ['no signature', { headers: { ...headers, signature: undefined } }, 'missing-signature'],
    ['no input', { headers: { ...headers, 'signature-input': undefined } }, 'missing-signature'],
    ['a header that came twice', { headers: { ...headers, signature: ['a', 'b'] } }, 'malformed-signature'],
    ['another algorithm', changedInput('"ed25519"', '"hmac-sha256"'), 'wrong-algorithm'],
    ['another purpose', changedInput('"eid-terminal"', '"something-else"'), 'wrong-tag'],
    ['a later time', changedInput('created=1772415000', 'created=1772415001'), 'bad-signature'],
    ['another nonce', changedInput(nonce, nonce.replace('c', 'd')), 'bad-signature'],
    ['no nonce', changedInput(`;nonce="${nonce}"`, ''), 'bad-signature'],
    ['a parameter twice', changedInput('created=', 'created=1;created='), 'malformed-signature'],
    ['a parameter that is not known', changedInput(';created', ';expires=1;created'), 'malformed-signature'],
    ['the body not covered', changedInput(' "content-type" "content-digest"', ''), 'not-covered'],
    ['a component twice', changedInput('"@method"', '"@method" "@method"'), 'malformed-signature'],
    ['a foreign component', changedInput('"@method"', '"@method" "date"'), 'malformed-signature'],
    ['another label', changedInput('sig1=', 'sig2='), 'malformed-signature'],
  ])('%s', (_, changes, reason) => {
    expect(reasonOf(check(changes))).toBe(reason);
  });

  test('a key that is not known', () => {
    const result = verifyRequest({
      method: 'POST',
      targetUri,
      headers,
      body,
      findVerifier: only(rootSigner),
    });
    expect(reasonOf(result)).toBe('unknown-key');
  });

  test('any header text gives a reason and never an exception', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (input, signature) => {
        return !check({ headers: { ...headers, 'signature-input': input, signature } }).ok;
      }),
    );
    fc.assert(
      fc.property(fc.nat({ max: 250 }), fc.string({ maxLength: 3 }), (at, inserted) => {
        const input = headers['signature-input'] ?? '';
        const spoilt = `${input.slice(0, at)}${inserted}${input.slice(at + inserted.length)}`;
        fc.pre(spoilt.trim() !== input);
        return !check({ headers: { ...headers, 'signature-input': spoilt } }).ok;
      }),
    );
  });

  function changedInput(from: string, to: string) {
    return {
      headers: { ...headers, 'signature-input': (headers['signature-input'] ?? '').replace(from, to) },
    };
  }
  function withOtherBody() {
    const other = Uint8Array.of(1, 2, 3);
    return { body: other, headers: { ...headers, 'content-digest': contentDigestOf(other) } };
  }
});

describe('a signed answer', () => {
  const requestSignature = headers.signature ?? '';
  const answer = Uint8Array.of(7, 7, 7);
  const signed = signResponse({
    status: 200,
    body: answer,
    requestSignature,
    signer: rootSigner,
    created: 1_772_415_002,
  });
  const verifyAnswer = (changes: Partial<Parameters<typeof verifyResponse>[0]>) =>
    verifyResponse({
      status: 200,
      headers: signed,
      body: answer,
      requestSignature,
      findVerifier: only(rootSigner),
      ...changes,
    });

  test('is accepted with the time of the registry', () => {
    expect(verifyAnswer({})).toEqual({ ok: true, value: { kid: rootSigner.kid, created: 1_772_415_002 } });
  });

  test('to another request is refused, so that an old answer cannot be played again', () => {
    const other = signRequest({ ...request, nonce: 'YW5vdGhlci1ub25jZS0xMjM' });
    expect(verifyAnswer({ requestSignature: other.signature ?? '' })).toMatchObject({
      ok: false,
      error: { reason: 'bad-signature' },
    });
  });

  test('with another status, body or key is refused', () => {
    expect(verifyAnswer({ status: 201 })).toMatchObject({ error: { reason: 'bad-signature' } });
    expect(verifyAnswer({ body: Uint8Array.of(1) })).toMatchObject({ error: { reason: 'wrong-digest' } });
    expect(verifyAnswer({ findVerifier: only(stationSigner) })).toMatchObject({
      error: { reason: 'unknown-key' },
    });
    expect(verifyAnswer({ headers: {} })).toMatchObject({ error: { reason: 'missing-signature' } });
  });

  test('may be empty', () => {
    const empty = new Uint8Array(0);
    const emptySigned = signResponse({
      status: 204,
      body: empty,
      requestSignature,
      signer: rootSigner,
      created: 1,
    });
    expect(verifyAnswer({ status: 204, body: empty, headers: emptySigned }).ok).toBe(true);
  });
});
