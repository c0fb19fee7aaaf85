import { embeddingDistance } from '../../comparison/embedding.ts';
import type { PortraitMoment } from '../judge.ts';
import { isTurn } from '../plan.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { atMost, type Finding, type SoftFinding, softAtMost } from './finding.ts';
import type { KeyFrameMoment } from './pictures.ts';

interface Pictures {
  readonly keyFrames: readonly KeyFrameMoment[];
  readonly portrait: PortraitMoment | null;
}

/**
 * Whether every picture shows the face of the neutral one, by the distance of their embeddings. The head is turned or
 * bowed in some, and a network that was trained on faces from the front sees those as further away: they have a
 * wider limit. What has no embedding is not judged here, see {@link identityFollowed}.
 */
export function identityFindings({ keyFrames, portrait }: Pictures): Finding[] {
  const neutral = keyFrames.find(({ purpose }) => purpose === 'neutral')?.embedding ?? null;
  if (neutral === null) return [];
  const aside = (picture: KeyFrameMoment) =>
    picture.purpose === 'nod' || (picture.purpose !== 'neutral' && isTurn(picture.purpose));
  const distances = (pictures: readonly Pick<KeyFrameMoment, 'embedding'>[]) =>
    pictures.flatMap(({ embedding }) => (embedding === null ? [] : [embeddingDistance(neutral, embedding)]));
  const front = distances([
    ...keyFrames.filter((picture) => !aside(picture)),
    ...(portrait === null ? [] : [portrait]),
  ]);
  const turned = distances(keyFrames.filter(aside));
  return [
    atMost({
      name: 'identity-front',
      value: Math.max(0, ...front),
      threshold: THRESHOLDS.identityFront.value,
      reason: 'face-changed',
    }),
    atMost({
      name: 'identity-turned',
      value: Math.max(0, ...turned),
      threshold: THRESHOLDS.identityTurned.value,
      reason: 'face-changed',
    }),
  ];
}

/** Whether there was enough to compare: the neutral picture, and all others but one. */
export function identityFollowed({ keyFrames, portrait }: Pictures): SoftFinding {
  const pictures = [...keyFrames, ...(portrait === null ? [] : [portrait])];
  const known = keyFrames.some(({ purpose, embedding }) => purpose === 'neutral' && embedding !== null);
  const missing = pictures.filter(({ embedding }) => embedding === null).length;
  return softAtMost({
    name: 'identity-missing',
    value: known ? missing : Math.max(missing, THRESHOLDS.identityMissing.value + 1),
    threshold: THRESHOLDS.identityMissing.value,
    reason: 'identity-not-followed',
  });
}
