import type { FaceEmbedding } from '#domain/comparison/embedding.ts';
import type { Action } from '#domain/liveness/action.ts';
import type { KeyFrame, Portrait } from '#domain/liveness/evidence.ts';
import type { JudgedTry } from '#domain/liveness/judge.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import type { Plan } from '#domain/liveness/plan.ts';
import { assertNever } from '#domain/result.ts';
import { conduct } from '#station/face/conduct.ts';
import {
  beginConducting,
  type ConductEffect,
  type ConductEvent,
  type Conducting,
} from '#station/face/conducting.ts';
import { nextDue } from '#station/face/pass-time.ts';
import { tryEvidence } from '#station/face/try-evidence.ts';
import type { CaptureRequest } from '../../../src/renderer/camera/tracker-messages.ts';
import type { Performer } from '../../citizens/performer.ts';
import type { View } from '../../citizens/scene-view.ts';
import type { Shown } from './attack-record.ts';
import { momentAt, shownBy } from './screen.ts';

/** What stands in for camera and tracker. Times are milliseconds of the one virtual clock. */
export interface VirtualCamera {
  show(moment: { readonly view: View; readonly at: number }): Promise<LandmarkFrame>;
  capture(request: CaptureRequest): Promise<{ readonly at: number; readonly jpeg: Uint8Array } | null>;
}

export interface VirtualTry {
  readonly judged: JudgedTry;
  readonly keyFrames: readonly KeyFrame[];
  readonly portrait: Portrait | null;
  /** Capture time of the first frame with a face; null when there was none. */
  readonly faceAt: number | null;
  /** When the last picture that the verdict needs was there; the citizen's look at the portrait comes after it. */
  readonly readyAt: number;
  /** What the screen showed, ms since the try began. */
  readonly shown: readonly Shown[];
  /** How often something was shown to the camera, {@link FRAME_EVERY} apart from the beginning on. */
  readonly frames: number;
}

/** The virtual clock at the beginning of a try. */
export const BEGINS_AT = 1000;
/** 10 frames a second: more than twice the least that the judge takes, and less than any camera delivers. ms. */
export const FRAME_EVERY = 100;
/** How long what takes time takes, ms. */
export const TAKES = { tracking: 45, painting: 35, picture: 80, reading: 150, choosing: 1 } as const;
/** No try is longer. */
const LONGEST = 90_000;

/**
 * One try in virtual time: the station's own conductor, a camera that shows what the performer does, and nothing that
 * waits. The performer sees the screen as a person does, when it has been painted.
 */
export async function runVirtualTry(told: {
  readonly camera: VirtualCamera;
  readonly embed: (jpeg: Uint8Array) => Promise<FaceEmbedding | null>;
  readonly perform: Performer;
  readonly plan: Plan;
  readonly flash: boolean;
  readonly exchanges?: readonly Action[];
}): Promise<VirtualTry> {
  const { camera, embed, perform, plan } = told;
  const waiting: { readonly due: number; readonly event: (now: number) => ConductEvent }[] = [];
  const shown: Shown[] = [];
  let frames = 0;
  let now = BEGINS_AT;
  let faceAt: number | null = null;
  let readyAt: number | null = null;
  const begun = beginConducting({
    attempt: 1,
    plan,
    exchanges: told.exchanges ?? [],
    flash: told.flash,
    now,
    firstRequestId: 1,
  });
  let state: Conducting = begun.state;
  await performAll(begun.effects);

  while (state.step.name !== 'ended') {
    if (now > BEGINS_AT + LONGEST) throw new Error('a try that does not end');
    const next = waiting.toSorted((a, b) => a.due - b.due)[0];
    const due = nextDue(state);
    const frameDue = BEGINS_AT + frames * FRAME_EVERY;
    const soonest = Math.min(
      frameDue,
      next?.due ?? Number.POSITIVE_INFINITY,
      due ?? Number.POSITIVE_INFINITY,
    );
    now = Math.max(now, soonest);
    if (next !== undefined && next.due === soonest) {
      waiting.splice(waiting.indexOf(next), 1);
      await happen(next.event(now));
    } else if (frameDue === soonest) await takeFrame(frameDue);
    else await happen({ type: 'tick', now });
  }
  const { judged, keyFrames, portrait } = tryEvidence(state);
  return { judged, keyFrames, portrait, faceAt, readyAt: readyAt ?? now, shown, frames };

  async function happen(event: ConductEvent): Promise<void> {
    const conducted = conduct(state, event);
    state = conducted.state;
    await performAll(conducted.effects);
  }

  async function takeFrame(at: number): Promise<void> {
    // Counted, not added up: the same numbers whenever the views are made again.
    const view = perform(momentAt(frames * FRAME_EVERY, shown));
    frames += 1;
    const frame = await camera.show({ view, at });
    if (frame.points !== null) faceAt ??= at;
    later(TAKES.tracking, (sentAt) => ({ type: 'frames', now: sentAt, sentAt, frames: [frame] }));
  }

  function later(after: number, event: (now: number) => ConductEvent): void {
    waiting.push({ due: now + after, event });
  }

  async function performAll(effects: readonly ConductEffect[]): Promise<void> {
    for (const effect of effects) {
      switch (effect.type) {
        case 'view': {
          const { view } = effect;
          shown.push(shownBy(view, now + TAKES.painting - BEGINS_AT));
          if (view.phase === 'prompt')
            later(TAKES.painting, (at) => ({
              ...{ type: 'prompt-painted', now: at, at },
              ...{ index: view.index, action: view.action },
            }));
          if (view.phase === 'flash')
            later(TAKES.painting, (at) => ({
              ...{ type: 'flash-painted', now: at, at },
              ...{ index: view.index, colour: view.colour },
            }));
          if (view.phase === 'portrait') {
            readyAt ??= now;
            later(TAKES.choosing, (at) => ({ type: 'portrait-chosen', now: at, choice: 'keep' }));
          }
          break;
        }
        case 'command':
          if (effect.command.type === 'capture') await takePicture(effect.command);
          break;
        case 'read-picture': {
          const { requestId } = effect;
          const embedding = await embed(effect.jpeg);
          later(TAKES.reading, (at) => ({
            ...{ type: 'picture-read', now: at, requestId, embedding, passive: null },
          }));
          break;
        }
        case 'refused':
          throw new Error(`the conductor refused what the virtual terminal sent: ${effect.reason}`);
        case 'portrait':
        case 'discard':
        case 'ended':
          break;
        default:
          assertNever(effect);
      }
    }
  }

  async function takePicture(request: CaptureRequest & { readonly requestId: number }): Promise<void> {
    const { requestId } = request;
    const picture = await camera.capture(request);
    if (picture === null) return;
    later(TAKES.picture, (at) => ({
      ...{ type: 'picture', now: at, requestId, at: picture.at, jpeg: picture.jpeg },
    }));
  }
}
