import {
  REGISTRY_LIMITS,
  REGISTRY_PATHS,
  type TrustAnswer,
  TrustAnswerSchema,
} from '#contract/registry-api.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { decodeBody } from '#protocol/http-body.ts';
import type { HttpsTransport, TransportFault } from './https-transport.ts';

const DEADLINE_MS = 10_000;

/** Asks for root key and trust list. Open and unsigned: what comes back is worth what the root's signature is worth. */
export async function fetchTrust(request: {
  readonly transport: HttpsTransport;
  readonly registryUrl: string;
}): Promise<Result<TrustAnswer, TransportFault | { readonly reason: 'unreadable-answer' }>> {
  const answer = await request.transport.send({
    method: 'GET',
    url: new URL(REGISTRY_PATHS.trust, request.registryUrl),
    headers: {},
    body: null,
    deadlineMs: DEADLINE_MS,
    largestAnswer: REGISTRY_LIMITS.answerBytes,
  });
  if (!answer.ok) return answer;
  if (answer.value.status !== 200) return err({ reason: 'unreadable-answer' });
  const trust = decodeBody(answer.value.body, TrustAnswerSchema, REGISTRY_LIMITS.answerBytes);
  return trust.ok ? ok(trust.value) : err({ reason: 'unreadable-answer' });
}
