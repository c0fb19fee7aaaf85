import { REGISTRY_CONTENT_TYPES, REGISTRY_LIMITS, REGISTRY_PATHS } from '#contract/registry-api.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { HttpsTransport, TransportFault } from './https-transport.ts';

export type StatusListAnswer =
  | { readonly kind: 'list'; readonly signed: Uint8Array; readonly tag: string | null }
  /** What the tag stands for is in force still. */
  | { readonly kind: 'same' }
  /** No e-ID has a place in this block yet. */
  | { readonly kind: 'no-such-block' };

/** Asks for a block's status list. Open and unsigned: what comes back is worth what the issuer's signature is worth. */
export async function fetchStatusList(request: {
  readonly transport: HttpsTransport;
  readonly registryUrl: string;
  readonly block: number;
  /** The entity tag (RFC 9110 section 8.8.3) of the list that is held; null without one. */
  readonly tag: string | null;
  readonly deadlineMs: number;
}): Promise<Result<StatusListAnswer, TransportFault | { readonly reason: 'unreadable-answer' }>> {
  const { transport, registryUrl, block, tag, deadlineMs } = request;
  const answer = await transport.send({
    method: 'GET',
    url: new URL(REGISTRY_PATHS.statusList(block), registryUrl),
    headers: tag === null ? {} : { 'if-none-match': tag },
    body: null,
    deadlineMs,
    largestAnswer: REGISTRY_LIMITS.answerBytes,
  });
  if (!answer.ok) return answer;
  const { status, headers, body } = answer.value;
  if (status === 304) return ok({ kind: 'same' });
  if (status === 404) return ok({ kind: 'no-such-block' });
  const isList = headers['content-type'] === REGISTRY_CONTENT_TYPES.statusList;
  return status === 200 && isList
    ? ok({ kind: 'list', signed: body, tag: headers.etag ?? null })
    : err({ reason: 'unreadable-answer' });
}
