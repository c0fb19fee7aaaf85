import type { FaceAnswer, FaceQuestion } from '#contract/face-messages.ts';
import { toEmbedding } from '#domain/comparison/embedding.ts';
import type { ProcessHost } from '#station/ports.ts';

type Asked = Extract<FaceQuestion, { readonly type: 'embed' }>;

/** A child that reads no faces: it is ready at once unless never, answers pings, and answers a picture when it is told to. */
export interface FakeFaces {
  readonly asked: Asked[];
  alive: boolean;
  deaf: boolean;
  memory: number;
  say(answer: unknown): void;
  exit(code: number | null): void;
}

export const EMBEDDING = toEmbedding(new Array<number>(128).fill(0.08));

export function fakeFacesHost({ neverReady }: { readonly neverReady: boolean }) {
  const children: FakeFaces[] = [];
  const host: ProcessHost = {
    start() {
      let onMessage: (message: unknown) => void = () => {};
      const onExit: ((code: number | null) => void)[] = [];
      const child: FakeFaces = {
        asked: [],
        alive: true,
        deaf: false,
        memory: 200_000_000,
        say: (answer) => onMessage(structuredClone(answer)),
        exit(code) {
          if (!child.alive) return;
          child.alive = false;
          for (const listener of onExit) listener(code);
        },
      };
      children.push(child);
      const say = (answer: FaceAnswer) => child.alive && child.say(answer);
      if (!neverReady) queueMicrotask(() => say({ type: 'ready' }));
      return {
        pid: children.length,
        post(message) {
          const question = structuredClone(message) as FaceQuestion;
          if (question.type === 'embed') child.asked.push(question);
          if (question.type === 'ping' && !child.deaf)
            queueMicrotask(() => say({ type: 'pong', nonce: question.nonce, memory: child.memory }));
          if (question.type === 'stop') queueMicrotask(() => child.exit(0));
        },
        onMessage(listener) {
          onMessage = listener;
        },
        onExit: (listener) => {
          onExit.push(listener);
        },
        kill: () => queueMicrotask(() => child.exit(null)),
      };
    },
  };
  return { host, children };
}
