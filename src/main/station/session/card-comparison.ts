import { compareFaces } from '#domain/comparison/compare-faces.ts';
import type { FaceEmbedding } from '#domain/comparison/embedding.ts';
import type { Comparison } from '#domain/enrolment/enrolment.ts';
import type { LivenessEvidence } from '#domain/liveness/evidence.ts';
import { isTurn } from '#domain/liveness/plan.ts';
import type { SessionRecord } from './session-record.ts';

/** Whether the card's portrait shows the person who passed the face step. Advisory: the registry decides. */
export function cardComparison(
  record: Pick<SessionRecord, 'card' | 'cardEmbedding' | 'portraitDecoding'>,
  evidence: LivenessEvidence,
): Comparison {
  if (record.card === null) return { result: 'cannot-tell', reason: 'no-card', distance: null };
  const { portraitDecoding } = record;
  return portraitDecoding === 'decoded'
    ? compareFaces({ card: record.cardEmbedding, frames: frontalFaces(evidence) })
    : { result: 'cannot-tell', reason: portraitDecoding, distance: null };
}

/** Of the last try, the only one that can have passed, without its turns: a profile looks like nobody's portrait. */
function frontalFaces({ tries, portrait }: LivenessEvidence): FaceEmbedding[] {
  const frontal = tries.at(-1)?.keyFrames.filter(({ purpose }) => purpose === 'neutral' || !isTurn(purpose));
  return [...(frontal ?? []), ...(portrait === null ? [] : [portrait])].flatMap(({ embedding }) =>
    embedding === null ? [] : [embedding],
  );
}
