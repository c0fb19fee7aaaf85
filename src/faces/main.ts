/** Entry point of the process that compares faces. Talks to the station by messages only, and ends with it. */
import '../require-node.mjs';
import * as v from 'valibot';
import { type FaceAnswer, type FaceQuestion, FaceQuestionSchema } from '#contract/face-messages.ts';
import { parentLink } from '#contract/parent-link.ts';
import { assertNever } from '#domain/result.ts';
import { createFaceReader } from './face-reader.ts';
import { refuseNetwork } from './refuse-network.ts';

refuseNetwork();
const parent = parentLink();
if (parent === null) {
  console.error('The faces’ process is started by the station: there is nobody to talk to.');
  process.exit(1);
}

const answer = (message: FaceAnswer): void => parent.post(message);
const reader = createFaceReader();
reader.then(
  () => answer({ type: 'ready' }),
  (error: unknown) => {
    console.error(
      'faces: the networks cannot be loaded:',
      error instanceof Error ? error.message : 'unknown',
    );
    process.exit(1);
  },
);

/** One picture at a time: the questions wait in their order. */
let work: Promise<void> = Promise.resolve();

async function embed(question: Extract<FaceQuestion, { readonly type: 'embed' }>): Promise<void> {
  const { request, bytes, from } = question;
  const began = performance.now();
  const found = await (await reader).embed({ bytes, from });
  bytes.fill(0);
  if (!found.ok) return answer({ type: 'not-embedded', request, fault: found.error });
  answer({ type: 'embedded', request, embedding: found.value, tookMs: performance.now() - began });
  // The message has been copied out by now.
  found.value.fill(0);
}

function perform(question: FaceQuestion): void {
  switch (question.type) {
    case 'embed':
      // A bug ends the process, as everywhere: the station tells "cannot tell" and starts another.
      work = work.then(() => embed(question));
      break;
    case 'ping':
      answer({ type: 'pong', nonce: question.nonce, memory: process.memoryUsage.rss() });
      break;
    case 'stop':
      process.exit(0);
      break;
    default:
      assertNever(question);
  }
}

parent.onMessage((message) => {
  const question = v.safeParse(FaceQuestionSchema, message);
  if (question.success) perform(question.output);
  else {
    const place = question.issues[0] ? (v.getDotPath(question.issues[0]) ?? 'type') : 'type';
    console.error(`faces: a question with a fault at "${place}" was refused`);
  }
});
parent.onClose(() => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
