import { randomBytes } from 'node:crypto';
import type { Action } from '#domain/liveness/action.ts';
import type { FaceView } from '#domain/session/face-phase.ts';
import type { FaceListener } from '#station/ports.ts';
import type { SessionParts } from '#station/session/session-ports.ts';

/** A conductor that tells what the test makes the citizen do; it begins, gives up and wipes like the real one. */
export function hallFace() {
  const begun: (1 | 2)[] = [];
  const exchanged: (readonly Action[])[] = [];
  const chosen: ('keep' | 'retake')[] = [];
  const portraits: Uint8Array[] = [];
  let listener: FaceListener | null = null;
  let running = false;
  let abandoned = 0;
  let passed = false;
  let wipeFails = false;
  const createConductor: SessionParts['createConductor'] = (session) => {
    listener = session.listener;
    passed = false;
    const portrait = new Uint8Array(randomBytes(400));
    portraits.push(portrait);
    return {
      async begin(attempt, exchanges) {
        begun.push(attempt);
        exchanged.push(exchanges);
        running = true;
        session.listener.view({ phase: 'starting-camera' });
        session.listener.command({ type: 'start', attempt });
      },
      frames() {},
      promptShown() {},
      flashShown() {},
      choosePortrait: (choice) => chosen.push(choice),
      keyFrame() {},
      abandon() {
        running = false;
        abandoned += 1;
        session.listener.command({ type: 'stop' });
      },
      evidence: () => ({
        version: 1,
        sessionId: session.sessionId,
        camera: { source: 'system', driver: 'none', busPath: 'none' },
        tries: [],
        portrait: passed ? { attempt: 1, at: 1, jpeg: portrait, embedding: null, scores: {} } : null,
        abandoned: [],
      }),
      wipe() {
        if (wipeFails) throw new Error('a bug');
        portrait.fill(0);
      },
    };
  };
  return {
    createConductor,
    begun,
    exchanged,
    chosen,
    portraits,
    get abandoned() {
      return abandoned;
    },
    view: (view: FaceView) => listener?.view(view),
    /** Asks the citizen about a portrait. */
    show(jpeg: Uint8Array, retakesLeft = 2) {
      listener?.portrait(jpeg);
      listener?.view({ phase: 'portrait', retakesLeft });
    },
    pass() {
      if (!running) throw new Error('no try runs');
      running = false;
      passed = true;
      listener?.passed({ judgeVersion: 1, checks: [], result: 'live' });
    },
    failWipe() {
      wipeFails = true;
    },
    fail(reason: 'wrong-action' | 'no-face') {
      running = false;
      listener?.failed(reason);
    },
  };
}
