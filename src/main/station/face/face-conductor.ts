import type { CameraIdentity, LivenessEvidence, LivenessTry, Portrait } from '#domain/liveness/evidence.ts';
import { type JudgeSwitches, judgeTry } from '#domain/liveness/judge.ts';
import { drawPlan, type PlanInputs, planCommitment } from '#domain/liveness/plan.ts';
import type { Timers } from '#drivers/timers.ts';
import { nodeDigests } from '#protocol/digests.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type {
  AuditTrail,
  Environment,
  FaceConductor,
  FaceEmbedder,
  FaceListener,
  PassiveNetwork,
} from '#station/ports.ts';
import { conduct } from './conduct.ts';
import {
  beginConducting,
  type ConductEffect,
  type ConductEvent,
  type Conducted,
  type Conducting,
} from './conducting.ts';
import { nextDue } from './pass-time.ts';
import { pictureReader } from './picture-reader.ts';
import { tryEvidence } from './try-evidence.ts';

export interface FaceConductorOptions {
  /** Random id of the session, a UUID: an input of every commitment. */
  readonly sessionId: string;
  readonly environment: Environment;
  readonly audit: AuditTrail;
  readonly timers: Pick<Timers, 'after'>;
  readonly listener: FaceListener;
  /** A fresh nonce of the registry, 8 to 64 bytes, or null when offline. Never rejects. */
  readonly registryNonce: () => Promise<Uint8Array | null>;
  readonly camera: CameraIdentity;
  readonly embedder: FaceEmbedder;
  /** Null unless the operator plugs one in. */
  readonly passive: PassiveNetwork | null;
  /** Whether the screen lights the face with colours before the first action. */
  readonly flash: boolean;
  /** Checks that this terminal's operator has switched off. */
  readonly switches: Partial<JudgeSwitches>;
  readonly log: Pick<StationLog, 'info' | 'warn' | 'error'>;
}

/** A try under way: its plan is secret until it has ended. */
interface Running {
  readonly inputs: PlanInputs;
  readonly commitment: Uint8Array;
  state: Conducting;
  /** Reasons that were logged already: a flood of forged input is one line. */
  readonly refused: Set<string>;
}

/** Runs {@link conduct}: keeps the state of the try under way, its timer and the evidence of those that ended. */
export function createFaceConductor(options: FaceConductorOptions): FaceConductor {
  const { sessionId, environment, audit, timers, listener, camera, log } = options;
  const tries: LivenessTry[] = [];
  let portrait: Portrait | null = null;
  let running: Running | null = null;
  let cancelTimer: (() => void) | null = null;
  /** Grows with every begin and abandon, so that a begin that waits for its nonce notices that it came too late. */
  let generation = 0;
  let nextRequestId = 1;

  const now = () => environment.clock.monotonic();
  const readPicture = pictureReader(options);

  function handle(event: ConductEvent): void {
    if (running !== null) settle(running, conduct(running.state, event));
  }

  function settle(own: Running, { state, effects }: Conducted): void {
    own.state = state;
    nextRequestId = state.nextRequestId;
    schedule(own);
    for (const effect of effects) {
      // A listener may have ended the session while it was told something.
      if (running === own) perform(own, effect);
      else if (effect.type === 'discard') effect.bytes.fill(0);
    }
  }

  function schedule(own: Running): void {
    cancelTimer?.();
    const due = nextDue(own.state);
    cancelTimer =
      due === null
        ? null
        : timers.after(Math.max(1, Math.ceil(due - now())), () => handle({ type: 'tick', now: now() }));
  }

  function perform(own: Running, effect: ConductEffect) {
    switch (effect.type) {
      case 'view':
        return listener.view(effect.view);
      case 'portrait':
        return listener.portrait(effect.jpeg);
      case 'read-picture':
        return read(own, effect);
      case 'command':
        return listener.command(effect.command);
      case 'refused':
        return refuse(own, effect.reason);
      case 'discard':
        effect.bytes.fill(0);
        return;
      case 'ended':
        return finish(own);
    }
  }

  function refuse(own: Running, reason: string): void {
    if (own.refused.has(reason)) return;
    own.refused.add(reason);
    const { attempt } = own.inputs;
    log.warn('face.input-refused', { attempt, reason });
    audit.record({ type: 'liveness.input-refused', fields: { sessionId, attempt, reason } });
  }

  function read(own: Running, picture: { readonly requestId: number; readonly jpeg: Uint8Array }): void {
    const { requestId, jpeg } = picture;
    readPicture(jpeg)
      .catch((error: unknown) => {
        log.error('face.picture-not-read', { error });
        return { embedding: null, passive: null };
      })
      .then(({ embedding, passive }) => {
        // Whoever it shows, the try that it belonged to is over.
        if (running !== own) embedding?.fill(0);
        else handle({ type: 'picture-read', now: now(), requestId, embedding, passive });
      });
  }

  function finish(own: Running): void {
    const { inputs, commitment, state } = own;
    running = null;
    const { judged, keyFrames, portrait: chosen } = tryEvidence(state);
    const verdict = judgeTry({ ...judged, switches: options.switches });
    zeroPictures(state.portraits);
    if (state.choice !== null && chosen === null) zeroPictures([state.choice.portrait]);
    const { seed, attempt, exchanges, registryNonce } = inputs;
    const { prompts, flashes, trace } = judged;
    tries.push({
      attempt,
      seed,
      commitment,
      registryNonce,
      exchanges,
      prompts,
      flashes,
      trace,
      keyFrames,
      verdict,
    });
    const reason = verdict.result === 'live' ? 'passed' : verdict.reason;
    audit.record({
      type: 'liveness.used',
      fields: { sessionId, attempt, commitment: hex(commitment), result: verdict.result, reason },
    });
    // Which check it was tells a technician whether it is the light, the camera or the people.
    const unmet = verdict.checks.find(({ passed }) => !passed)?.name ?? null;
    log.info('face.judged', {
      attempt,
      outcome: verdict.result,
      ...{ reason, kind: unmet, count: trace.length },
    });
    if (verdict.result === 'not-live') {
      if (chosen !== null) zeroPictures([chosen]);
      listener.failed(verdict.reason);
    } else {
      portrait = chosen;
      listener.passed(verdict);
    }
  }

  function abandon(reason: string): void {
    generation += 1;
    cancelTimer?.();
    cancelTimer = null;
    const own = running;
    if (own === null) return;
    running = null;
    zeroTry(own.state);
    zeroPictures(own.state.portraits);
    if (own.state.choice !== null) zeroPictures([own.state.choice.portrait]);
    own.inputs.seed.fill(0);
    const { attempt } = own.inputs;
    audit.record({
      type: 'liveness.abandoned',
      fields: { sessionId, attempt, commitment: hex(own.commitment), reason },
    });
    listener.command({ type: 'stop' });
  }

  return {
    async begin(attempt, exchanges) {
      abandon('superseded');
      const own = generation;
      const registryNonce = await options.registryNonce();
      if (own !== generation) return;
      const seed = environment.randomBytes(32);
      const inputs: PlanInputs = { seed, sessionId, attempt, exchanges, registryNonce };
      const commitment = planCommitment({ digests: nodeDigests, ...inputs });
      // Before anything of the plan can be seen by anybody.
      audit.record({
        type: 'liveness.committed',
        fields: { sessionId, attempt, commitment: hex(commitment) },
      });
      const plan = drawPlan({ digests: nodeDigests, ...inputs });
      const { flash } = options;
      const firstRequestId = nextRequestId;
      const begun = beginConducting({ attempt, plan, exchanges, flash, now: now(), firstRequestId });
      running = { inputs, commitment, state: begun.state, refused: new Set() };
      settle(running, begun);
    },
    frames({ attempt, sentAt, frames }) {
      if (running?.inputs.attempt === attempt) handle({ type: 'frames', now: now(), sentAt, frames });
    },
    promptShown({ attempt, index, action, at }) {
      if (running?.inputs.attempt === attempt)
        handle({ type: 'prompt-painted', now: now(), index, action, at });
    },
    flashShown({ attempt, index, colour, at }) {
      if (running?.inputs.attempt === attempt)
        handle({ type: 'flash-painted', now: now(), index, colour, at });
    },
    choosePortrait: (choice) => handle({ type: 'portrait-chosen', now: now(), choice }),
    keyFrame(picture) {
      if (running === null) picture.jpeg.fill(0);
      else handle({ type: 'picture', now: now(), ...picture });
    },
    abandon: () => abandon('left'),
    evidence: (): LivenessEvidence => ({
      version: 1,
      sessionId,
      camera,
      tries: [...tries],
      portrait,
      abandoned: [],
    }),
    wipe() {
      abandon('wiped');
      for (const ended of tries) {
        zeroTry(ended);
        ended.seed.fill(0);
      }
      tries.length = 0;
      if (portrait !== null) zeroPictures([portrait]);
      portrait = null;
    },
  };
}

function zeroTry({ trace, keyFrames }: Pick<LivenessTry, 'trace' | 'keyFrames'>): void {
  for (const { points } of trace) points?.fill(0);
  zeroPictures(keyFrames);
}

function zeroPictures(pictures: readonly Pick<Portrait, 'jpeg' | 'embedding'>[]): void {
  for (const { jpeg, embedding } of pictures) {
    jpeg.fill(0);
    embedding?.fill(0);
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
