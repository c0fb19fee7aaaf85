import { EMBEDDING_LENGTH, toEmbedding } from '#domain/comparison/embedding.ts';
import { ACTIONS } from '#domain/liveness/action.ts';
import type { LivenessEvidence, LivenessTry } from '#domain/liveness/evidence.ts';
import { judgeTry } from '#domain/liveness/judge.ts';
import { drawPlan, planCommitment } from '#domain/liveness/plan.ts';
import { nodeDigests } from '#protocol/digests.ts';
import { type Performer, rehearse, WILLING } from '../domain/liveness/rehearsal.ts';
import { randomBytes } from './registry-fixture.ts';

/** A living person's evidence, or a photo's: played by a synthetic face on a plan drawn from a genuine seed. */
export function playEvidence(told: {
  readonly registryNonce?: Uint8Array | null;
  readonly performer?: Performer;
}): LivenessEvidence {
  const sessionId = Buffer.from(randomBytes(8)).toString('hex');
  const inputs = {
    seed: randomBytes(32),
    sessionId,
    attempt: 1 as const,
    exchanges: [],
    registryNonce: told.registryNonce ?? null,
  };
  const face = toEmbedding(Float32Array.from(randomBytes(EMBEDDING_LENGTH), (byte) => byte / 1024));
  const plan = drawPlan({ digests: nodeDigests, ...inputs });
  const judged = rehearse({ plan, ...(told.performer === undefined ? {} : { performer: told.performer }) });
  const played: LivenessTry = {
    ...inputs,
    commitment: planCommitment({ digests: nodeDigests, ...inputs }),
    prompts: judged.prompts,
    trace: judged.trace,
    keyFrames: judged.keyFrames.map(({ at, purpose }) => ({
      at,
      purpose: purpose === 'neutral' ? purpose : (ACTIONS.find((action) => action === purpose) ?? 'neutral'),
      jpeg: picture(),
      embedding: face,
      passive: null,
    })),
    flashes: [],
    verdict: judgeTry(judged),
  };
  return {
    version: 1,
    sessionId,
    camera: { source: 'simulated', driver: 'synthetic', busPath: '' },
    tries: [played],
    portrait:
      judged.portrait === null
        ? null
        : { attempt: 1, at: judged.portrait.at, jpeg: picture(), embedding: face, scores: { sharpness: 90 } },
    abandoned: [],
  };
}

/** A person who does nothing that is asked, as a photo would. */
export const MOTIONLESS: Performer = { ...WILLING, does: () => 'nothing' };

function picture(): Uint8Array {
  const bytes = randomBytes(4000);
  bytes.set([0xff, 0xd8, 0xff]);
  return bytes;
}
