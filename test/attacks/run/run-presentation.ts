import { createHash } from 'node:crypto';
import type { FaceEmbedding } from '#domain/comparison/embedding.ts';
import type { LivenessEvidence } from '#domain/liveness/evidence.ts';
import { judgeTry } from '#domain/liveness/judge.ts';
import { judgeEvidence } from '#domain/liveness/judge-evidence.ts';
import { drawPlan, type PlanInputs, planCommitment } from '#domain/liveness/plan.ts';
import { nodeDigests } from '#protocol/digests.ts';
import type { Presentation } from '../species/species.ts';
import type { AttackRecord, Shown } from './attack-record.ts';
import { headsIn, type StageFiles } from './open-stage.ts';
import { momentAt } from './screen.ts';
import { FRAME_EVERY, runVirtualTry, type VirtualCamera } from './virtual-try.ts';

/** The plan of a presentation: drawn as every plan is, from a seed that its name gives. */
export function planInputsOf(id: string): PlanInputs {
  const seed = new Uint8Array(createHash('sha256').update(`presentation ${id}`).digest());
  return { seed, sessionId: id, attempt: 1, exchanges: [], registryNonce: null };
}

/** Shows one presentation to the terminal and keeps what it saw. */
export async function runPresentation(told: {
  readonly presentation: Presentation;
  readonly camera: VirtualCamera;
  readonly embed: (jpeg: Uint8Array) => Promise<FaceEmbedding | null>;
  readonly files: StageFiles;
}): Promise<AttackRecord> {
  const { presentation, camera, embed, files } = told;
  const { id, perform } = presentation;
  const inputs = planInputsOf(id);
  const plan = drawPlan({ digests: nodeDigests, ...inputs });
  const played = await runVirtualTry({ camera, embed, perform, plan, flash: true });
  const { judged, keyFrames, portrait, shown, frames, faceAt, readyAt } = played;
  const withoutPixels = <T extends { readonly jpeg: Uint8Array }>(picture: T) => ({
    ...picture,
    jpeg: new Uint8Array(0),
  });
  const evidence: LivenessEvidence = {
    version: 1,
    sessionId: id,
    camera: { source: 'simulated', driver: 'rendered', busPath: '' },
    tries: [
      {
        ...inputs,
        commitment: planCommitment({ digests: nodeDigests, ...inputs }),
        prompts: judged.prompts,
        flashes: judged.flashes,
        trace: judged.trace,
        keyFrames: keyFrames.map(withoutPixels),
        verdict: judgeTry(judged),
      },
    ],
    portrait: portrait === null ? null : withoutPixels(portrait),
    abandoned: [],
  };
  const views = viewsOf(presentation, { shown, frames });
  return {
    id,
    rendererKey: keyOf(views.heads, files),
    viewsDigest: views.digest,
    ...{ shown: [...shown], frames, faceAt, readyAt, evidence },
  };
}

/** Whether the presentation would be shown, rendered, read and broken off in the very same way now. */
export function isCurrent(presentation: Presentation, record: AttackRecord, files: StageFiles): boolean {
  const views = viewsOf(presentation, record);
  const alike = views.digest === record.viewsDigest && keyOf(views.heads, files) === record.rendererKey;
  return alike && endsAlike(record.evidence);
}

/**
 * A try ends at the first hard reason. When the judge of today does not find that one in it any more, nobody knows what
 * the rest of the try would have been.
 */
function endsAlike(evidence: LivenessEvidence): boolean {
  const then = evidence.tries.at(-1)?.verdict;
  if (then?.result !== 'not-live') return true;
  const { verdict } = judgeEvidence(evidence, nodeDigests);
  return verdict.result === 'not-live' && verdict.reason === then.reason;
}

function viewsOf(
  { perform }: Presentation,
  { shown, frames }: { readonly shown: readonly Shown[]; readonly frames: number },
) {
  const hash = createHash('sha256');
  const heads = new Set<string>();
  for (let index = 0; index < frames; index += 1) {
    const view = perform(momentAt(index * FRAME_EVERY, shown));
    hash.update(JSON.stringify(view));
    for (const head of headsIn(view)) heads.add(head);
  }
  return { digest: hash.digest('hex').slice(0, 32), heads };
}

export function keyOf(heads: ReadonlySet<string>, { rendererKey, headKeys }: StageFiles): string {
  const hash = createHash('sha256').update(rendererKey);
  for (const [id, key] of Object.entries(headKeys)) if (heads.has(id)) hash.update(`${id} ${key}`);
  return hash.digest('hex').slice(0, 32);
}
