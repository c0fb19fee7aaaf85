import { describe, expect, test } from 'vitest';
import { EMBEDDING_LENGTH, EMBEDDING_UNIT, type FaceEmbedding } from '#domain/comparison/embedding.ts';
import type { KeyFrame, LivenessEvidence, LivenessTry } from '#domain/liveness/evidence.ts';
import { cardComparison } from '#station/session/card-comparison.ts';
import { SessionRecord } from '#station/session/session-record.ts';

/** So far from the one of distance 0, in the terms that faces are compared in. */
const faceAt = (distance: number): FaceEmbedding => {
  const embedding = new Int16Array(EMBEDDING_LENGTH);
  embedding[0] = Math.round(distance / EMBEDDING_UNIT);
  return embedding;
};

function evidenceOf(faces: readonly (readonly [KeyFrame['purpose'], number | null])[]): LivenessEvidence {
  const keyFrames = faces.map(([purpose, distance], at) => ({
    at,
    purpose,
    jpeg: new Uint8Array(4),
    embedding: distance === null ? null : faceAt(distance),
    passive: null,
  }));
  const tried: LivenessTry = {
    attempt: 1,
    seed: new Uint8Array(32),
    commitment: new Uint8Array(32),
    registryNonce: null,
    exchanges: [],
    prompts: [],
    flashes: [],
    trace: [],
    keyFrames,
    verdict: { judgeVersion: 1, checks: [], result: 'live' },
  };
  const portrait = {
    attempt: 1,
    at: 9,
    jpeg: new Uint8Array(4),
    embedding: faceAt(0.4),
    scores: {},
  } as const;
  const camera = { source: 'system', driver: 'uvcvideo', busPath: 'usb1' } as const;
  return { version: 1, sessionId: 's', camera, tries: [tried], portrait, abandoned: [] };
}

function recordWith(card: FaceEmbedding | null): SessionRecord {
  const record = new SessionRecord('s');
  record.card = { text: new Uint8Array(256), photo: new Uint8Array(1024), samId: '05.01' };
  record.portraitDecoding = 'decoded';
  record.cardEmbedding = card;
  return record;
}

describe('the card’s portrait and the one who stands here', () => {
  test.each([
    ['same', 0.45, 0.4],
    ['cannot-tell', 0.6, 0.6],
    ['different', 0.8, 0.8],
  ] as const)('are told to be: %s', (result, distance, median) => {
    const evidence = evidenceOf([
      ['neutral', distance],
      ['nod', distance],
      ['blink', distance],
    ]);
    const comparison = cardComparison(recordWith(faceAt(0)), evidence);
    expect(comparison).toMatchObject({ result, reason: 'measured' });
    expect(comparison.distance ?? 0).toBeGreaterThanOrEqual(median - 0.01);
  });

  test('are not compared by turns: a profile looks like nobody’s portrait', () => {
    const evidence = evidenceOf([
      ['neutral', 0.4],
      ['turn-left', 2],
      ['turn-right', 2],
      ['smile', 0.4],
    ]);
    expect(cardComparison(recordWith(faceAt(0)), evidence)).toMatchObject({ result: 'same' });
  });

  test('are left to the registry where there is too little to see', () => {
    const evidence = evidenceOf([
      ['neutral', 0.4],
      ['turn-left', 0.4],
      ['turn-right', 0.4],
      ['smile', null],
    ]);
    expect(cardComparison(recordWith(faceAt(0)), evidence)).toEqual({
      result: 'cannot-tell',
      reason: 'too-few-frames',
      distance: null,
    });
    expect(cardComparison(recordWith(null), evidence)).toMatchObject({ reason: 'card-face-unread' });
    expect(cardComparison(new SessionRecord('s'), evidence)).toMatchObject({ reason: 'no-card' });
  });
});

test('the wipe zeroes whose face the card shows, and what is told later', () => {
  const face = faceAt(1);
  const record = recordWith(face);
  record.wipe();
  expect(face[0]).toBe(0);
  const late = faceAt(1);
  record.cardEmbedding = late;
  expect(late[0]).toBe(0);
  expect(record.cardEmbedding).toBeNull();
});
