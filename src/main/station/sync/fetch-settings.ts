import { REGISTRY_LIMITS, REGISTRY_PATHS, SettingsAnswerSchema } from '#contract/registry-api.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { decodeBody } from '#protocol/http-body.ts';
import type { HttpsTransport, TransportFault } from './https-transport.ts';

const DEADLINE_MS = 10_000;

/** Asks for the registry's settings document; null when it has none. What comes is worth what its signature is worth. */
export async function fetchSettings(request: {
  readonly transport: HttpsTransport;
  readonly registryUrl: string;
}): Promise<Result<Uint8Array | null, TransportFault | { readonly reason: 'unreadable-answer' }>> {
  const answer = await request.transport.send({
    method: 'GET',
    url: new URL(REGISTRY_PATHS.settings, request.registryUrl),
    headers: {},
    body: null,
    deadlineMs: DEADLINE_MS,
    largestAnswer: REGISTRY_LIMITS.answerBytes,
  });
  if (!answer.ok) return answer;
  if (answer.value.status !== 200) return err({ reason: 'unreadable-answer' });
  const told = decodeBody(answer.value.body, SettingsAnswerSchema, REGISTRY_LIMITS.answerBytes);
  return told.ok ? ok(told.value.document) : err({ reason: 'unreadable-answer' });
}
