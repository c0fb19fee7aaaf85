import * as v from 'valibot';
import {
  type FaceAnswer,
  FaceAnswerSchema,
  type FaceQuestion,
  LARGEST_FACE_PICTURE,
} from '#contract/face-messages.ts';
import type { FaceEmbedding } from '#domain/comparison/embedding.ts';
import { assertNever, err, ok, type Result } from '#domain/result.ts';
import type { Timers } from '#drivers/timers.ts';
import { type ChildLog, keepChild } from '../children/kept-child.ts';
import type { EmbeddingFault, FaceEmbedder, ProcessHost } from '../ports.ts';

/** Longest that one picture may take; a picture that makes the decoder spin is not worth more. */
const ANSWER_LIMIT = 5000;
/** Longest that anybody waits, for a child that starts and for the pictures before theirs. */
const WAIT_LIMIT = 15_000;
/** Bytes of memory at which the child is renewed when it has nothing to do; it holds half of that after a few faces. */
const MEMORY_BOUND = 800_000_000;
/** A session asks for some ten pictures. */
const MOST_WAITING = 32;

/** The station's hold on the process that reads faces. What becomes of that process costs an answer, never a session. */
export interface FaceLink extends FaceEmbedder {
  /** Starts the process, so that it is ready when the first picture comes. */
  warm(): void;
  /** Ends the process, so that nothing of a citizen stays in its memory; who still waits is told `not-running`. */
  rest(): void;
  /** The same, and waits until it is gone. */
  stop(): Promise<void>;
}

type Picture = Parameters<FaceEmbedder['embed']>[0];
type Embedded = Result<FaceEmbedding, EmbeddingFault>;

interface Waiting {
  readonly request: number;
  readonly picture: Picture;
  /** Answers whoever asked, once. */
  readonly settle: (answer: Embedded) => void;
}

/**
 * One picture is asked for at a time. The process starts with the first, or when it is warmed; one that crashes, hangs
 * or takes too long over a picture is started again after a pause, and goes on with the pictures behind that.
 */
export function createFaceLink(options: {
  readonly processHost: ProcessHost;
  readonly timers: Timers;
  readonly log: ChildLog;
}): FaceLink {
  const { processHost, timers, log } = options;
  const waiting: Waiting[] = [];
  let asked: Waiting | null = null;
  let cancelLimit: () => void = () => {};
  let ready = false;
  let memory = 0;
  let requests = 0;

  const child = keepChild({
    start: () => processHost.start('faces'),
    name: 'the face networks',
    timers,
    log,
    onStart: () => {},
    onMessage,
    onMemory(held) {
      memory = held;
      shrink();
    },
    onGone() {
      ready = false;
      memory = 0;
      answer(err('not-running'));
    },
    onAgain: () => {},
  });

  function onMessage(message: unknown): void {
    const checked = v.safeParse(FaceAnswerSchema, message);
    if (!checked.success) {
      const place = v.getDotPath(checked.issues[0]) ?? 'type';
      log.warn({ place }, 'the face networks sent an answer that does not fit its schema; it was dropped');
      return;
    }
    hear(checked.output);
  }

  function hear(said: FaceAnswer): void {
    if (said.type !== 'pong') child.spoke();
    switch (said.type) {
      case 'pong':
        child.heard(said);
        break;
      case 'ready':
        ready = true;
        askNext();
        break;
      case 'embedded':
        if (said.request === asked?.request) answer(ok(said.embedding));
        else said.embedding.fill(0);
        break;
      case 'not-embedded':
        if (said.request === asked?.request) answer(err(said.fault));
        break;
      default:
        assertNever(said);
    }
  }

  /** Answers the picture that was asked for, if any, and goes on with the next. */
  function answer(found: Embedded): void {
    cancelLimit();
    const answered = asked;
    asked = null;
    answered?.settle(found);
    shrink();
    askNext();
  }

  function askNext(): void {
    if (!ready || asked !== null) return;
    const next = waiting.shift();
    if (next === undefined) return;
    asked = next;
    const { request, picture } = next;
    // Of its own, because a clone of a view may take all of the memory behind it along.
    const bytes = Uint8Array.from(picture.bytes);
    child.post({ type: 'embed', request, bytes, from: picture.from } satisfies FaceQuestion);
    bytes.fill(0);
    cancelLimit = timers.after(ANSWER_LIMIT, () => {
      log.warn({ ms: ANSWER_LIMIT }, 'the face networks take too long and are killed');
      ready = false;
      answer(err('too-slow'));
      child.replace('killed');
    });
  }

  function shrink(): void {
    if (memory <= MEMORY_BOUND) return;
    if (memory <= 2 * MEMORY_BOUND && asked !== null) return;
    log.warn({ memory, memoryBound: MEMORY_BOUND }, 'the face networks hold too much memory and are renewed');
    child.replace('killed');
  }

  function wait(picture: Picture): Promise<Embedded> {
    const { promise, resolve } = Promise.withResolvers<Embedded>();
    requests += 1;
    const question: Waiting = {
      request: requests,
      picture,
      settle(found) {
        cancelWait();
        resolve(found);
      },
    };
    const cancelWait = timers.after(WAIT_LIMIT, () => {
      const place = waiting.indexOf(question);
      if (place >= 0) waiting.splice(place, 1);
      resolve(err('too-slow'));
    });
    waiting.push(question);
    return promise;
  }

  /** Before the child is gone, so that nobody behind is asked for. */
  function dismiss(): void {
    for (const { settle } of waiting.splice(0)) settle(err('not-running'));
  }

  return {
    embed(picture) {
      const { length } = picture.bytes;
      if (length === 0 || length > LARGEST_FACE_PICTURE) return Promise.resolve(err('unreadable'));
      if (waiting.length >= MOST_WAITING) return Promise.resolve(err('too-slow'));
      child.begin();
      const answered = wait(picture);
      askNext();
      return answered;
    },
    warm: () => child.begin(),
    rest() {
      dismiss();
      child.rest('killed');
    },
    async stop() {
      dismiss();
      child.rest('killed');
      await child.stop();
    },
  };
}
