import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { REGISTRY_CONTENT_TYPES, REGISTRY_PATHS } from '#contract/registry-api.ts';
import { LAST_STATUS_BLOCK } from '#protocol/status-list.ts';
import type { StatusPublisher } from '../issuance/status-publisher.ts';
import type { PublicationDesk } from '../publication/publication-desk.ts';
import { problemAnswer } from './answer.ts';
import type { SendAnswer } from './sign-answer.ts';

/** How long a cache may give out a copy without asking. Short, because a revocation is in a hurry. */
const MAX_AGE_SECONDS = 60;

const BlockParams = v.strictObject({
  block: v.pipe(
    v.string(),
    v.regex(/^(0|[1-9]\d{0,3})$/),
    v.transform(Number),
    v.maxValue(LAST_STATUS_BLOCK),
  ),
});

/** What anybody may fetch and keep, to check e-IDs and slips without a network. */
export function addPublicationRoutes(
  app: FastifyInstance,
  ports: {
    readonly status: StatusPublisher;
    readonly publications: PublicationDesk;
    readonly send: SendAnswer;
  },
): void {
  const { status, publications, send } = ports;

  app.get('/v1/status-lists/:block', async (request, reply) => {
    const params = v.safeParse(BlockParams, request.params);
    if (!params.success) {
      return send(
        request,
        reply,
        problemAnswer('bad-request', `path.block: must be 0 to ${LAST_STATUS_BLOCK}`),
      );
    }
    const body = await status.listOf(params.output.block);
    if (body === null) {
      return send(request, reply, problemAnswer('not-found', 'path: no e-ID has a place in this block'));
    }
    const contentType = REGISTRY_CONTENT_TYPES.statusList;
    return send(request, reply, { status: 200, contentType, body, maxAgeSeconds: MAX_AGE_SECONDS });
  });

  app.get(REGISTRY_PATHS.publication, async (request, reply) => {
    const body = await publications.publication();
    const contentType = REGISTRY_CONTENT_TYPES.cbor;
    return send(request, reply, { status: 200, contentType, body, maxAgeSeconds: MAX_AGE_SECONDS });
  });
}
