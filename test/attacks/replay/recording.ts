import { createHash } from 'node:crypto';
import { decode, encode } from 'cborg';
import * as v from 'valibot';
import { ACTIONS } from '#domain/liveness/action.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { thin } from '#domain/liveness/thinning.ts';
import { decodeTrace, encodeTrace } from '#domain/liveness/trace.ts';
import type { Moment } from '../../citizens/performer.ts';
import { headsIn, type StageFiles } from '../run/open-stage.ts';
import { keyOf } from '../run/run-presentation.ts';
import { FRAME_EVERY, type VirtualCamera } from '../run/virtual-try.ts';
import type { Presentation } from '../species/species.ts';

/**
 * What the terminal's camera sees of a replay that never looks at what is asked: one recording, to be laid against any
 * number of plans. The attacker starts the clip at the first prompt, which here comes at {@link FIRST_PROMPT}.
 */
export interface Recording {
  readonly id: string;
  readonly rendererKey: string;
  readonly viewsDigest: string;
  /** As evidence keeps them. */
  readonly frames: readonly LandmarkFrame[];
}

/** Late enough for the face to have stood still and for the longest silence before a prompt, ms. */
export const FIRST_PROMPT = 4000;
/** Three answers that come at the very end of their windows, and the portrait, fit in what follows. */
const LENGTH = 34_000;
const FRAMES = Math.floor(LENGTH / FRAME_EVERY);

const StoredSchema = v.strictObject({
  id: v.string(),
  rendererKey: v.string(),
  viewsDigest: v.string(),
  trace: v.instance(Uint8Array),
});

/** CBOR (RFC 8949). */
export function writeRecording({ frames, ...rest }: Recording): Uint8Array {
  return encode({ ...rest, trace: encodeTrace(frames) });
}

/** Null for what is no recording, or one of another time's form: it is then as if it were not there. */
export function readRecording(bytes: Uint8Array): Recording | null {
  const stored = v.safeParse(StoredSchema, decode(bytes));
  if (!stored.success) return null;
  const { trace, ...rest } = stored.output;
  const frames = decodeTrace(trace);
  return frames.ok ? { ...rest, frames: frames.value } : null;
}

/** Shows the replay once, without listening. */
export async function record(told: {
  readonly presentation: Presentation;
  readonly camera: VirtualCamera;
  readonly files: StageFiles;
}): Promise<Recording> {
  const { presentation, camera, files } = told;
  const frames: LandmarkFrame[] = [];
  for (let index = 0; index < FRAMES; index += 1) {
    const at = index * FRAME_EVERY;
    const frame = await camera.show({ view: presentation.perform(unheard(at)), at });
    frames.push(...thin(frames.at(-1), [frame]));
  }
  return { id: presentation.id, ...namesOf(presentation, files), frames };
}

/** Whether the replay would look the very same now. */
export function isCurrentRecording(
  presentation: Presentation,
  recording: Recording,
  files: StageFiles,
): boolean {
  const { rendererKey, viewsDigest } = namesOf(presentation, files);
  return recording.rendererKey === rendererKey && recording.viewsDigest === viewsDigest;
}

function namesOf({ perform }: Presentation, files: StageFiles) {
  const hash = createHash('sha256');
  const heads = new Set<string>();
  for (let index = 0; index < FRAMES; index += 1) {
    const view = perform(unheard(index * FRAME_EVERY));
    hash.update(JSON.stringify(view));
    for (const head of headsIn(view)) heads.add(head);
  }
  return { rendererKey: keyOf(heads, files), viewsDigest: hash.digest('hex').slice(0, 32) };
}

/** Some prompt, which starts the clip; nothing that follows is listened to. */
function unheard(time: number): Moment {
  const [action] = ACTIONS;
  const begun = time >= FIRST_PROMPT;
  return {
    time,
    asked: begun ? action : null,
    askedSince: begun ? FIRST_PROMPT : null,
    flash: null,
    hint: null,
    told: begun ? [{ kind: 'prompt', action, since: FIRST_PROMPT, until: null }] : [],
  };
}
