import { embeddingDistance } from '../../comparison/embedding.ts';
import type { PortraitMoment } from '../judge.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { atMost, type Finding, type SoftFinding, softAtMost } from './finding.ts';
import type { KeyFrameMoment } from './pictures.ts';

interface Pictures {
  readonly keyFrames: readonly KeyFrameMoment[];
  readonly portrait: PortraitMoment | null;
}

/**
 * Whether every picture shows the face of the neutral one, by the distance of their embeddings: the largest counts. What
 * has no embedding is not judged here, see {@link identityFollowed}.
 *
 * Ten rendered heads that turn by 30 degrees, nod, smile, open the mouth or shut the eyes stay within 0.40 of their
 * neutral picture. Strangers lie 0.44 to 0.88 apart, so a look-alike is not told from a movement: the limit is the one
 * above which real pairs are different people, and what lies between is left to a person.
 */
export function identityFindings(pictures: Pictures): Finding[] {
  const furthest = furthestFromNeutral(pictures);
  if (furthest === null) return [];
  return [
    atMost({
      name: 'identity',
      value: furthest,
      threshold: THRESHOLDS.identityChanged.value,
      reason: 'face-changed',
    }),
  ];
}

/** Whether there was enough to compare (the neutral picture, and all others but one), and whether it left no doubt. */
export function identityFollowed(pictures: Pictures): SoftFinding[] {
  const furthest = furthestFromNeutral(pictures);
  const { keyFrames, portrait } = pictures;
  const missing = [...keyFrames, ...(portrait === null ? [] : [portrait])].filter(
    ({ embedding }) => embedding === null,
  ).length;
  const limit = THRESHOLDS.identityMissing.value;
  const reason = 'identity-not-followed';
  return [
    softAtMost({
      name: 'identity-missing',
      value: furthest === null ? Math.max(missing, limit + 1) : missing,
      threshold: limit,
      reason,
    }),
    ...(furthest === null
      ? []
      : [
          softAtMost({
            name: 'identity-doubt',
            value: furthest,
            threshold: THRESHOLDS.identityDoubted.value,
            reason,
          }),
        ]),
  ];
}

/** Null without the neutral picture's embedding. */
function furthestFromNeutral({ keyFrames, portrait }: Pictures): number | null {
  const neutral = keyFrames.find(({ purpose }) => purpose === 'neutral')?.embedding ?? null;
  if (neutral === null) return null;
  const others = [...keyFrames, ...(portrait === null ? [] : [portrait])];
  return others.reduce(
    (most, { embedding }) =>
      embedding === null ? most : Math.max(most, embeddingDistance(neutral, embedding)),
    0,
  );
}
