import type { FaceCommand } from '#contract/station-api.ts';
import { EMBEDDING_LENGTH } from '#domain/comparison/embedding.ts';
import type { Action } from '#domain/liveness/action.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import type { LivenessReason, Verdict } from '#domain/liveness/verdict.ts';
import { ok } from '#domain/result.ts';
import type { FaceView } from '#domain/session/face-phase.ts';
import { createFaceConductor, type FaceConductorOptions } from '#station/face/face-conductor.ts';
import type { FaceConductor } from '#station/ports.ts';
import { acting, blinkingUnasked } from '../../../domain/liveness/rehearsal.ts';
import { FRONT, faceFrame, type Pose } from '../../../domain/liveness/synthetic-face.ts';

/** Time that passes only when told, with its one-shot timers. */
export class SimulatedTime {
  now = 0;
  #tasks: { at: number; task: () => void }[] = [];

  after(milliseconds: number, task: () => void): () => void {
    const entry = { at: this.now + milliseconds, task };
    this.#tasks.push(entry);
    return () => {
      this.#tasks = this.#tasks.filter((other) => other !== entry);
    };
  }

  every(milliseconds: number, task: () => void): void {
    const again = () => {
      task();
      this.after(milliseconds, again);
    };
    this.after(milliseconds, again);
  }

  runTo(end: number): void {
    for (;;) {
      const next = this.#tasks.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#tasks = this.#tasks.filter((other) => other !== next);
      this.now = Math.max(this.now, next.at);
      next.task();
    }
    this.now = Math.max(this.now, end);
  }
}

export const RENDERER_AHEAD_MS = 987_654;

export interface Citizen {
  /** Standing in front of the camera from this time on. */
  readonly comesAt: number;
  readonly reactsAfterMs: number;
  readonly does: (asked: Action) => Action | 'nothing';
  readonly base: Pose;
  readonly turnDegrees: number;
  /** What is said of a portrait that is shown. */
  readonly says: (retakesLeft: number) => 'keep' | 'retake' | 'nothing';
}

export const CITIZEN: Citizen = {
  comesAt: 500,
  reactsAfterMs: 900,
  does: (asked) => asked,
  base: FRONT,
  turnDegrees: 30,
  says: () => 'keep',
};

/** Whose face the pictures show, unless a test has another opinion. */
export const EMBEDDING = new Int16Array(EMBEDDING_LENGTH).fill(700);

export interface Told {
  readonly views: FaceView[];
  /** As shown, copied. */
  readonly portraits: Uint8Array[];
  readonly commands: FaceCommand[];
  readonly audit: { type: string; fields: Readonly<Record<string, string | number | boolean>> }[];
  readonly logged: string[];
  verdict: Verdict | null;
  failed: LivenessReason | null;
}

/**
 * A station's conductor with a renderer, a camera and a citizen who reads the screen, all in simulated time. The
 * renderer's clock has another zero, frames take a while to arrive, pictures come from the frame of their moment.
 */
export class SimulatedTerminal {
  readonly time = new SimulatedTime();
  readonly told: Told = {
    views: [],
    portraits: [],
    commands: [],
    audit: [],
    logged: [],
    verdict: null,
    failed: null,
  };
  readonly conductor: FaceConductor;
  readonly #movements: { action: Action; from: number }[] = [];
  readonly #citizen: Citizen;
  readonly #delayMs: () => number;
  #lastArrival = 0;
  #waiting: LandmarkFrame[] = [];
  attempt: 1 | 2 = 1;
  /** What the camera sees, for a test to change. */
  edit: (frame: LandmarkFrame) => LandmarkFrame | null = (frame) => frame;
  /** Called with every prompt painted. */
  onPrompt: (index: number, action: Action) => void = () => {};
  picture: () => Uint8Array = () => Uint8Array.of(0xff, 0xd8, 1, 2, 3, 0xff, 0xd9);

  constructor({
    citizen = CITIZEN,
    perSecond = 12,
    delayMs = () => 30,
    seed = 1,
    conductor = {},
  }: {
    readonly citizen?: Citizen;
    readonly perSecond?: number;
    /** How long each message takes; later ones never overtake. */
    readonly delayMs?: () => number;
    readonly seed?: number;
    readonly conductor?: Partial<FaceConductorOptions>;
  } = {}) {
    this.#citizen = citizen;
    this.#delayMs = delayMs;
    const { told, time } = this;
    this.conductor = createFaceConductor({
      sessionId: '0192f0c1-2a3b-7c4d-8e5f-000000000001',
      environment: {
        clock: { now: () => 1_700_000_000_000 + time.now, monotonic: () => time.now },
        randomBytes: (length) => new Uint8Array(length).fill(seed),
      },
      audit: { record: (event) => told.audit.push(event) },
      timers: time,
      listener: {
        view: (view) => {
          told.views.push(view);
          if (view.phase === 'prompt') time.after(60, () => this.#paint(view));
          if (view.phase === 'flash') time.after(60, () => this.#light(view));
          if (view.phase === 'portrait') time.after(800, () => this.#choose(view.retakesLeft));
        },
        portrait: (jpeg) => told.portraits.push(Uint8Array.from(jpeg)),
        command: (command) => {
          told.commands.push(command);
          if (command.type === 'capture') time.after(90, () => this.#capture(command.requestId));
        },
        passed: (verdict) => {
          told.verdict = verdict;
        },
        failed: (reason) => {
          told.failed = reason;
        },
      },
      registryNonce: () => Promise.resolve(new Uint8Array(16).fill(9)),
      camera: { source: 'simulated', driver: 'synthetic', busPath: 'none' },
      embedder: { embed: async () => ok(EMBEDDING.slice()) },
      passive: null,
      flash: false,
      switches: {},
      log: { info: () => {}, error: () => {}, warn: (_, fields) => told.logged.push(String(fields?.reason)) },
      ...conductor,
    });
    time.every(1000 / perSecond, () => this.#shoot());
    time.every(100, () => this.#send());
  }

  get rendererNow(): number {
    return this.time.now + RENDERER_AHEAD_MS;
  }

  /** Begins a try and lets it run until it is judged, at most `limitMs`. */
  async tryOnce(attempt: 1 | 2 = 1, limitMs = 120_000): Promise<Told> {
    this.attempt = attempt;
    this.told.verdict = null;
    this.told.failed = null;
    await this.conductor.begin(attempt, []);
    await this.run(limitMs);
    return this.told;
  }

  /** Lets time pass until a verdict is there, at most so long; what answers beside time is waited for. */
  async run(limitMs: number): Promise<void> {
    const end = this.time.now + limitMs;
    while (this.told.verdict === null && this.told.failed === null && this.time.now < end) {
      this.time.runTo(this.time.now + 50);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #arrive(task: () => void): void {
    this.#lastArrival = Math.max(this.#lastArrival, this.time.now + this.#delayMs());
    this.time.after(this.#lastArrival - this.time.now, task);
  }

  #light({ index, colour }: Extract<FaceView, { phase: 'flash' }>): void {
    const at = this.rendererNow;
    this.#arrive(() => this.conductor.flashShown({ attempt: this.attempt, index, colour, at }));
  }

  #choose(retakesLeft: number): void {
    const said = this.#citizen.says(retakesLeft);
    if (said !== 'nothing') this.conductor.choosePortrait(said);
  }

  #paint(view: Extract<FaceView, { phase: 'prompt' }>): void {
    const { index, action } = view;
    const at = this.rendererNow;
    const does = this.#citizen.does(action);
    if (does !== 'nothing') {
      this.#movements.push({ action: does, from: this.time.now + this.#citizen.reactsAfterMs });
    }
    this.onPrompt(index, action);
    this.#arrive(() => this.conductor.promptShown({ attempt: this.attempt, index, action, at }));
  }

  #capture(requestId: number): void {
    const at = this.rendererNow - 20;
    const jpeg = this.picture();
    this.#arrive(() => this.conductor.keyFrame({ requestId, at, jpeg }));
  }

  #shoot(): void {
    const at = this.rendererNow;
    const present = this.time.now >= this.#citizen.comesAt;
    const pose = this.#movements.reduce(
      (now, { action, from }) => acting(action, now, this.time.now, from, this.#citizen.turnDegrees),
      blinkingUnasked(this.#citizen.base, this.time.now),
    );
    const seen = faceFrame({ at, pose });
    const frame = this.edit(present ? seen : { ...seen, faces: 0, points: null, light: null });
    if (frame !== null) this.#waiting.push(frame);
  }

  #send(): void {
    const frames = this.#waiting;
    this.#waiting = [];
    if (frames.length === 0) return;
    const sentAt = this.rendererNow;
    this.#arrive(() => this.conductor.frames({ attempt: this.attempt, sentAt, frames }));
  }
}
