import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMBEDDING_LENGTH } from '#domain/comparison/embedding.ts';
import { APPLICATIONS } from '#domain/enrolment/application.ts';
import type { CardReading, Enrolment } from '#domain/enrolment/enrolment.ts';
import {
  LARGEST_KEY_FRAME_BYTES,
  LARGEST_PORTRAIT_BYTES,
  MOST_ABANDONED,
} from '#domain/liveness/evidence.ts';
import { FLASH_COLOURS } from '#domain/liveness/flash-colour.ts';
import { TRACKED_POINTS } from '#domain/liveness/landmark-frame.ts';
import { MOST_TRACE_FRAMES } from '#domain/liveness/trace.ts';
import type { Verdict } from '#domain/liveness/verdict.ts';
import { type CborValue, decodeCbor, encodeCbor } from '#protocol/cbor.ts';
import { MOST_KEY_FRAMES, MOST_PROMPTS } from '#protocol/enrolment/evidence-codec.ts';
import { decodeEnrolment, encodeEnrolment } from '#protocol/enrolment.ts';
import { sealEnrolment } from '#protocol/packet.ts';
import {
  sampleCard,
  sampleEnrolment,
  sampleFrames,
  sampleTyped,
  sealingKeyPair,
  stationSigner,
} from './sample.ts';

const enrolment = sampleEnrolment({ frames: 40, jpegBytes: 500 });
const octets = encodeEnrolment(enrolment);

function withCard(change: Partial<CardReading>): Enrolment['holder'] {
  return { source: 'card', card: { ...sampleCard, ...change } };
}

function withVerdict(verdict: Verdict): Enrolment {
  const tries = enrolment.evidence.tries.map((attempt) => ({ ...attempt, verdict }));
  return { ...enrolment, evidence: { ...enrolment.evidence, tries } };
}

describe('an enrolment', () => {
  test('decodes to what was encoded, every number exact', () => {
    expect(decodeEnrolment(octets)).toEqual({ ok: true, value: enrolment });
  });

  test.each<[string, Enrolment]>([
    [
      'no phone, no portrait',
      { ...enrolment, phone: null, evidence: { ...enrolment.evidence, portrait: null } },
    ],
    ['operator and witness', { ...enrolment, operator: 'F-0012', witness: 'S-0003' }],
    [
      'a card valid for ever',
      {
        ...enrolment,
        holder: withCard({ record: { ...sampleCard.record, validUntil: 'long-term' } }),
      },
    ],
    [
      'a typed number and name, and a new password',
      { ...enrolment, application: 'basic', holder: { source: 'typed', typed: sampleTyped } },
    ],
    [
      'a typed number alone, and a proof of the password',
      {
        ...enrolment,
        application: 'report-lost',
        holder: { source: 'typed', typed: { ...sampleTyped, name: null } },
        password: { kind: 'proof', sealed: new Uint8Array(60).fill(3) },
      },
    ],
    [
      'a card and a proof of the password',
      {
        ...enrolment,
        application: 'upgrade',
        password: { kind: 'proof', sealed: new Uint8Array(60).fill(3) },
      },
    ],
    [
      'a comparison that was not made',
      { ...enrolment, comparison: { result: 'cannot-tell', reason: 'too-few-frames', distance: null } },
    ],
    [
      'a comparison whose decoder failed',
      { ...enrolment, comparison: { result: 'cannot-tell', reason: 'decoder-failed', distance: null } },
    ],
    [
      'a measured comparison',
      { ...enrolment, comparison: { result: 'same', reason: 'measured', distance: 0.31 } },
    ],
    [
      'a referred try',
      withVerdict({ judgeVersion: 1, checks: [], result: 'referred', reason: 'screen-texture' }),
    ],
    ['a failed try', withVerdict({ judgeVersion: 1, checks: [], result: 'not-live', reason: 'looks-flat' })],
    [
      'frames without a face',
      {
        ...enrolment,
        evidence: {
          ...enrolment.evidence,
          tries: enrolment.evidence.tries.map((attempt) => ({
            ...attempt,
            registryNonce: new Uint8Array(32),
            trace: attempt.trace.map((frame) => ({ ...frame, faces: 0, points: null, light: null })),
          })),
        },
      },
    ],
  ])('survives with %s', (_, variant) => {
    expect(decodeEnrolment(encodeEnrolment(variant))).toEqual({ ok: true, value: variant });
  });

  test('survives any contents within the bounds', () => {
    const anyEnrolment = fc
      .record({
        name: fc.string({ minLength: 1, maxLength: 7, unit: 'grapheme' }).filter((text) => text.length <= 15),
        createdAt: fc.integer({ min: 0, max: 4e12 }),
        application: fc.constantFrom(...APPLICATIONS),
        verifier: fc.uint8Array({ maxLength: 400 }),
        typed: fc.boolean(),
        operator: fc.option(fc.string({ minLength: 1, maxLength: 40 }).filter(isWellFormed), { nil: null }),
        shownAt: fc.double({ min: 0, max: 1e11, noNaN: true }).filter((number) => !Object.is(number, -0)),
        photo: fc.uint8Array({ minLength: 1024, maxLength: 1024 }),
        frames: fc.integer({ min: 0, max: 30 }),
      })
      .map(
        ({ name, createdAt, application, verifier, typed, operator, shownAt, photo, frames }): Enrolment => ({
          ...enrolment,
          createdAt,
          application,
          password: typed ? { kind: 'chosen', verifier } : { kind: 'proof', sealed: verifier },
          operator,
          holder: typed
            ? { source: 'typed', typed: { ...sampleTyped, name } }
            : withCard({ photo, record: { ...sampleCard.record, name } }),
          evidence: {
            ...enrolment.evidence,
            tries: enrolment.evidence.tries.map((attempt) => ({
              ...attempt,
              prompts: attempt.prompts.map((prompt) => ({ ...prompt, shownAt })),
              trace: sampleFrames(frames),
            })),
          },
        }),
      );
    fc.assert(
      fc.property(anyEnrolment, (any) => {
        expect(decodeEnrolment(encodeEnrolment(any))).toEqual({ ok: true, value: any });
      }),
      { numRuns: 60 },
    );
  });

  test('out of its bounds is not encoded, and the error names the place without the value', () => {
    const named = (change: Partial<Enrolment>) => () => encodeEnrolment({ ...enrolment, ...change });
    expect(named({ installation: 0 })).toThrow('enrolment.installation must be');
    expect(named({ holder: withCard({ text: new Uint8Array(255) }) })).toThrow(
      'enrolment.holder.card.text must be bstr 256',
    );
    expect(named({ holder: withCard({ record: { ...sampleCard.record, number: '12345' } }) })).toThrow(
      /^enrolment\.holder\.card\.record\.number must be tstr 18$/,
    );
    expect(named({ createdAt: Number.NaN })).toThrow('enrolment.createdAt must be');
  });
});

function isWellFormed(text: string): boolean {
  return text.isWellFormed();
}

describe('octets that are no enrolment', () => {
  /** The path to a nested field by integer keys and places, and what to put there. */
  function changed(path: readonly number[], replacement: CborValue): Uint8Array {
    const decoded = decodeCbor(octets);
    if (!decoded.ok) throw new Error('the sample decodes');
    const put = (value: CborValue, [key, ...rest]: readonly number[]): CborValue => {
      if (key === undefined) return replacement;
      if (value instanceof Map) return new Map([...value, [key, put(value.get(key) ?? null, rest)]]);
      if (Array.isArray(value)) return value.map((item, index) => (index === key ? put(item, rest) : item));
      throw new Error('no such path');
    };
    return encodeCbor(put(decoded.value, path));
  }

  test.each<[string, readonly number[], CborValue]>([
    ['enrolment.schema', [1], 2],
    ['enrolment.packetId', [2], new Uint8Array(16)],
    ['enrolment.holder.card.photo', [20, 2, 2], new Uint8Array(1023)],
    ['enrolment.holder.card.record.birth', [20, 2, 3, 5], '1990-02-30'],
    ['enrolment.holder.card.record.number', [20, 2, 3, 7], '44010619900307002x'],
    ['enrolment.holder.card.record.name', [20, 2, 3, 2], ''],
    ['enrolment.holder', [20, 1], 'typed'],
    [
      'enrolment.holder',
      [20, 3],
      new Map<number, CborValue>([
        [1, sampleTyped.number],
        [2, null],
      ]),
    ],
    ['enrolment.holder.source', [20, 1], 'passport'],
    ['enrolment.application', [19], 'renewal'],
    ['enrolment.password.kind', [21, 1], 'guessed'],
    ['enrolment.password.sealed', [21, 2], new Uint8Array(401)],
    ['enrolment', [6], 'full'],
    ['enrolment.phone.publicKey', [10, 1], new Uint8Array(33)],
    ['enrolment.consent.language', [12, 3], 'fr'],
    ['enrolment.evidence.tries', [13, 4], [null, null, null]],
    ['enrolment.evidence.tries[0].attempt', [13, 4, 0, 1], 3],
    ['enrolment.evidence.tries[0].prompts[1].action', [13, 4, 0, 6, 1, 1], 'wink'],
    ['enrolment.evidence.tries[0].trace', [13, 4, 0, 7], Uint8Array.of(9)],
    ['enrolment.evidence.tries[0].keyFrames[0].jpeg', [13, 4, 0, 8, 0, 3], new Uint8Array(48 * 1024 + 1)],
    ['enrolment.evidence.tries[0].verdict', [13, 4, 0, 9, 4], 'too-slow'],
    ['enrolment.evidence.portrait.scores.pose', [13, 5, 4], new Map([['pose', 101]])],
    ['enrolment.evidence.portrait.scores', [13, 5, 4], new Map([['__proto__', 1]])],
    ['enrolment.comparison.distance', [14, 3], -1],
    ['enrolment.simulated', [18], 1],
  ])('%s is named', (where, path, replacement) => {
    const decoded = decodeEnrolment(changed(path, replacement));
    expect(decoded.ok ? 'accepted' : decoded.error.where).toBe(where);
  });

  test('cut short anywhere are refused', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: octets.length - 1 }),
        (length) => !decodeEnrolment(octets.subarray(0, length)).ok,
      ),
    );
  });

  test('with any octets changed give an enrolment that encodes to those octets, or a reason', () => {
    fc.assert(
      fc.property(fc.nat({ max: octets.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const spoilt = octets.slice();
        spoilt[at] = (spoilt[at] ?? 0) ^ difference;
        const decoded = decodeEnrolment(spoilt);
        if (decoded.ok) expect(Buffer.compare(encodeEnrolment(decoded.value), spoilt)).toBe(0);
        else expect(decoded.error.where).toMatch(/^enrolment/);
      }),
      { numRuns: 300 },
    );
  });
});

test('the largest enrolment within the bounds still fits a packet', () => {
  let state = 1;
  const noise = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state >> 16;
  };
  const trace = sampleFrames(MOST_TRACE_FRAMES).map((frame) => ({
    ...frame,
    points: Int16Array.from({ length: TRACKED_POINTS.length * 3 }, (_, place) =>
      place % 3 === 2 ? Math.trunc(noise() / 16) * 8 : noise(),
    ),
  }));
  const [first] = enrolment.evidence.tries;
  if (!first) throw new Error('the sample has a try');
  const embedding = new Int16Array(EMBEDDING_LENGTH).fill(0x7fff);
  const keyFrame = {
    at: 1,
    purpose: 'neutral',
    jpeg: new Uint8Array(LARGEST_KEY_FRAME_BYTES),
    embedding,
    passive: 0.5,
  } as const;
  const prompt = { action: 'turn-right', shownAt: 0.1, opensAt: 0.2, closesAt: 0.3 } as const;
  const check = { name: 'x'.repeat(60), value: 0.1, threshold: 0.2, passed: false, weight: 'soft' as const };
  const full = (attempt: 1 | 2) => ({
    ...first,
    attempt,
    trace,
    keyFrames: new Array(MOST_KEY_FRAMES).fill(keyFrame),
    prompts: new Array(MOST_PROMPTS).fill(prompt),
    flashes: FLASH_COLOURS.map((colour) => ({ colour, shownAt: 0.1 })),
    verdict: { judgeVersion: 1, checks: new Array(128).fill(check), result: 'live' } as const,
  });
  const portrait = {
    attempt: 2,
    at: 1,
    jpeg: new Uint8Array(LARGEST_PORTRAIT_BYTES),
    scores: {},
    embedding,
  } as const;
  const abandoned = new Array(MOST_ABANDONED).fill({ commitment: new Uint8Array(32), reason: 'superseded' });
  const largest: Enrolment = {
    ...enrolment,
    evidence: { ...enrolment.evidence, tries: [full(1), full(2)], portrait, abandoned },
  };
  const sealed = sealEnrolment({
    enrolment: largest,
    signer: stationSigner,
    sealingPublicKey: sealingKeyPair.publicKey,
  });
  expect(sealed.length).toBeGreaterThan(1_000_000);
  expect(sealed.length).toBeLessThan(2 * 1024 * 1024);
});
