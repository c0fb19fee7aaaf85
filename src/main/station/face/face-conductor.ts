import type { Action } from '#domain/liveness/action.ts';
import { nearestFrame } from '#domain/liveness/checks/pictures.ts';
import type { CameraIdentity, LivenessEvidence, LivenessTry, Portrait } from '#domain/liveness/evidence.ts';
import { judgeTry } from '#domain/liveness/judge.ts';
import { drawPlan, type PlanInputs, planCommitment } from '#domain/liveness/plan.ts';
import { comparePortraits, portraitScores, sharpnessRank } from '#domain/portrait/scores.ts';
import type { Timers } from '#drivers/timers.ts';
import { nodeDigests } from '#protocol/digests.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { AuditTrail, Environment, FaceConductor, FaceListener } from '#station/ports.ts';
import { conduct } from './conduct.ts';
import {
  beginConducting,
  type ConductEffect,
  type ConductEvent,
  type Conducted,
  type Conducting,
} from './conducting.ts';
import { nextDue } from './pass-time.ts';
import { usablePortraits } from './take-frames.ts';

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
  /** Actions that this citizen is not asked for. */
  readonly exchanges: readonly Action[];
  readonly log: Pick<StationLog, 'info' | 'warn'>;
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
  const { sessionId, environment, audit, timers, listener, camera, exchanges, log } = options;
  const tries: LivenessTry[] = [];
  let portrait: Portrait | null = null;
  let running: Running | null = null;
  let cancelTimer: (() => void) | null = null;
  /** Grows with every begin and abandon, so that a begin that waits for its nonce notices that it came too late. */
  let generation = 0;
  let nextRequestId = 1;

  const now = () => environment.clock.monotonic();

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

  function finish(own: Running): void {
    const { inputs, commitment, state } = own;
    running = null;
    const best = bestPortrait(state);
    const verdict = judgeTry({ ...state, flashes: [], portrait: best });
    for (const { jpeg } of state.portraits) if (jpeg !== best?.jpeg) jpeg.fill(0);
    const { seed, attempt, registryNonce } = inputs;
    const { prompts, trace, keyFrames } = state;
    tries.push({
      attempt,
      seed,
      commitment,
      registryNonce,
      exchanges: inputs.exchanges,
      prompts,
      flashes: [],
      trace,
      keyFrames,
      verdict,
    });
    const reason = verdict.result === 'live' ? 'passed' : verdict.reason;
    audit.record({
      type: 'liveness.used',
      fields: { sessionId, attempt, commitment: hex(commitment), result: verdict.result, reason },
    });
    log.info('face.judged', { attempt, outcome: verdict.result, reason, count: trace.length });
    if (verdict.result === 'not-live') {
      best?.jpeg.fill(0);
      listener.failed(verdict.reason);
    } else {
      portrait = best;
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
    zero(own.state);
    own.inputs.seed.fill(0);
    const { attempt } = own.inputs;
    audit.record({
      type: 'liveness.abandoned',
      fields: { sessionId, attempt, commitment: hex(own.commitment), reason },
    });
    listener.command({ type: 'stop' });
  }

  return {
    async begin(attempt) {
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
      const begun = beginConducting({ attempt, plan, exchanges, now: now(), firstRequestId: nextRequestId });
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
    flashShown({ attempt }) {
      if (running?.inputs.attempt === attempt) refuse(running, 'flash-not-asked');
    },
    choosePortrait() {},
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
        zero({ ...ended, portraits: [] });
        ended.seed.fill(0);
      }
      tries.length = 0;
      portrait?.jpeg.fill(0);
      portrait = null;
    },
  };
}

/** The best of the portraits that pass the gate: by their smallest score, then their mean. */
function bestPortrait(state: Conducting): Portrait | null {
  const scored = usablePortraits(state).flatMap(({ at, jpeg }) => {
    const frame = state.trace[nearestFrame(state.trace, at)];
    const scores =
      frame === undefined
        ? null
        : portraitScores({ frame, sharpnessRank: sharpnessRank(frame, state.trace) });
    return scores === null ? [] : [{ attempt: state.attempt, at, jpeg, embedding: null, scores }];
  });
  return scored.sort((a, b) => comparePortraits(a.scores, b.scores))[0] ?? null;
}

function zero({ trace, keyFrames, portraits }: Pick<Conducting, 'trace' | 'keyFrames' | 'portraits'>): void {
  for (const { points } of trace) points?.fill(0);
  for (const { jpeg } of [...keyFrames, ...portraits]) jpeg.fill(0);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
