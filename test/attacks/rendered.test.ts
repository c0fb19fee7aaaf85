import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFaceReader, type FaceReader } from '../../src/faces/face-reader.ts';
import { type OpenStage, openStage, type StageFiles, stageFiles } from './run/open-stage.ts';
import { runPresentation } from './run/run-presentation.ts';
import { ATTACK_SPECIES } from './species/all-species.ts';
import { livePresentations } from './species/live/live-presentations.ts';
import type { Presentation } from './species/species.ts';

/** A few presentations rendered anew: scenes, reader, conductor and judge still work together. */
const PATIENCE = 120_000;

let files: StageFiles;
let stage: OpenStage;
let reader: FaceReader;

beforeAll(async () => {
  [files, reader] = await Promise.all([stageFiles(), createFaceReader()]);
  stage = await openStage(files);
}, PATIENCE);
afterAll(() => stage?.close());

async function verdictOf(id: string) {
  const all: readonly Presentation[] = [
    ...livePresentations(),
    ...ATTACK_SPECIES.flatMap((species) => species.presentations()),
  ];
  const presentation = all.find((each) => each.id === id);
  if (presentation === undefined) throw new Error(`there is no presentation ${id}`);
  const { evidence } = await runPresentation({
    presentation,
    camera: await stage.begin(),
    files,
    embed: async (bytes) => {
      const embedded = await reader.embed({ bytes, from: 'frame' });
      return embedded.ok ? embedded.value : null;
    },
  });
  const { result, ...rest } = evidence.tries[0]?.verdict ?? { result: 'none' };
  return { result, ...('reason' in rest ? { reason: rest.reason } : {}) };
}

describe('before the terminal, rendered anew', () => {
  it('a living person passes', { timeout: PATIENCE }, async () => {
    expect(await verdictOf('live-001')).toEqual({ result: 'live' });
  });

  it('a photo that is held still does not move when it is asked to', { timeout: PATIENCE }, async () => {
    expect(await verdictOf('still-photo-01')).toEqual({ result: 'not-live', reason: 'too-slow' });
  });

  it('an injected picture that freezes repeats itself', { timeout: PATIENCE }, async () => {
    expect(await verdictOf('frozen-injection-01')).toEqual({ result: 'not-live', reason: 'picture-repeats' });
  });

  it('a recording of one action on a screen shows it when another one is asked', {
    timeout: PATIENCE,
  }, async () => {
    expect(await verdictOf('replay-single-near-framed-01')).toMatchObject({ result: 'not-live' });
  });
});
