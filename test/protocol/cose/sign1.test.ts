import { Tagged } from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CborValue, encodeCbor } from '#protocol/cbor.ts';
import { openMessage, signMessage } from '#protocol/cose/sign1.ts';
import { contentTypeOf, externalDataOf, MESSAGE_KINDS, typOf } from '#protocol/message-kind.ts';
import { only, rootSigner, stationSigner, stationVerifier } from '../sample.ts';

const payload = encodeCbor(['any payload']);
const message = signMessage({ kind: 'envelope', payload, signer: stationSigner });
const open = (bytes: Uint8Array) =>
  openMessage({ kind: 'envelope', bytes, findVerifier: only(stationSigner) });

/** A message made by hand, properly signed over whatever its header says. */
function forged(options: {
  readonly header?: ReadonlyMap<number, CborValue>;
  readonly unprotected?: ReadonlyMap<number, CborValue>;
  readonly external?: Uint8Array;
}): Uint8Array {
  const header = encodeCbor(options.header ?? genuineHeader());
  const signature = stationSigner.sign(
    encodeCbor(['Signature1', header, options.external ?? externalDataOf('envelope'), payload]),
  );
  return encodeCbor(new Tagged(18, [header, options.unprotected ?? new Map(), payload, signature]));
}

function genuineHeader(changes: readonly (readonly [number, CborValue])[] = []): Map<number, CborValue> {
  return new Map<number, CborValue>([
    [1, -8],
    [3, contentTypeOf('envelope')],
    [4, stationSigner.kid],
    [16, typOf('envelope')],
    ...changes,
  ]);
}

function without(label: number): Map<number, CborValue> {
  const header = genuineHeader();
  header.delete(label);
  return header;
}

describe('a signed message', () => {
  test('opens to its payload and the kid of its signer', () => {
    expect(open(message)).toEqual({ ok: true, value: { payload, kid: stationSigner.kid } });
    expect(open(forged({}))).toEqual(open(message));
  });

  test('of one kind never opens as another', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MESSAGE_KINDS), fc.constantFrom(...MESSAGE_KINDS), (made, expected) => {
        const opened = openMessage({
          kind: expected,
          bytes: signMessage({ kind: made, payload, signer: stationSigner }),
          findVerifier: only(stationSigner),
        });
        expect(opened.ok ? 'opened' : opened.error.reason).toBe(made === expected ? 'opened' : 'wrong-kind');
      }),
      { numRuns: 30 },
    );
  });

  test('with any one bit turned over is refused', () => {
    for (let bit = 0; bit < message.length * 8; bit += 1) {
      const changed = message.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(open(changed).ok, `bit ${bit}`).toBe(false);
    }
  });

  test('cut short or with octets behind it is refused', () => {
    for (let length = 0; length < message.length; length += 1) {
      expect(open(message.subarray(0, length)).ok).toBe(false);
    }
    expect(open(Uint8Array.of(...message, 0)).ok).toBe(false);
  });

  test('any octets give a reason and never an exception', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => !open(octets).ok));
  });
});

describe('refused, although the signature fits', () => {
  test.each<[string, Uint8Array, string]>([
    ['another algorithm', forged({ header: genuineHeader([[1, -7]]) }), 'wrong-algorithm'],
    ['the fully specified Ed25519 label', forged({ header: genuineHeader([[1, -19]]) }), 'wrong-algorithm'],
    ['no algorithm', forged({ header: without(1) }), 'wrong-algorithm'],
    ['a critical header', forged({ header: genuineHeader([[2, [99]]]) }), 'critical-header'],
    [
      'an unprotected header',
      forged({ unprotected: new Map([[4, stationSigner.kid]]) }),
      'unprotected-header',
    ],
    ['another content type', forged({ header: genuineHeader([[3, 'text/plain']]) }), 'wrong-kind'],
    ['another typ', forged({ header: genuineHeader([[16, typOf('eid')]]) }), 'wrong-kind'],
    ['no typ', forged({ header: without(16) }), 'wrong-kind'],
    ['no kid', forged({ header: without(4) }), 'malformed'],
    ['a short kid', forged({ header: genuineHeader([[4, Uint8Array.of(1)]]) }), 'malformed'],
    ['a header that is not known', forged({ header: genuineHeader([[5, new Uint8Array(8)]]) }), 'malformed'],
    ['other external data', forged({ external: new Uint8Array(0) }), 'bad-signature'],
  ])('%s', (_, octets, reason) => {
    const opened = open(octets);
    expect(opened.ok ? 'opened' : opened.error.reason).toBe(reason);
  });

  test('a message without the COSE_Sign1 tag', () => {
    expect(open(message.subarray(1))).toMatchObject({ ok: false, error: { reason: 'malformed' } });
  });

  test('a key that is not known', () => {
    const opened = openMessage({ kind: 'envelope', bytes: message, findVerifier: only(rootSigner) });
    expect(opened).toEqual({ ok: false, error: { reason: 'unknown-key', where: 'kid' } });
  });

  test('the kid of a known key over the signature of another', () => {
    const impostor = { ...rootSigner, kid: stationSigner.kid };
    const bytes = signMessage({ kind: 'envelope', payload, signer: impostor });
    expect(openMessage({ kind: 'envelope', bytes, findVerifier: () => stationVerifier })).toMatchObject({
      ok: false,
      error: { reason: 'bad-signature' },
    });
  });
});
