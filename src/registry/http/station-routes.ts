import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import {
  CursorSchema,
  PacketIdSchema,
  REGISTRY_CONTENT_TYPES,
  REGISTRY_LIMITS,
  REGISTRY_PATHS,
} from '#contract/registry-api.ts';
import type { Clock } from '#domain/clock.ts';
import { assertNever } from '#domain/result.ts';
import type { RefusalReason } from '#protocol/refusal.ts';
import type { DecisionDesk } from '../adjudication/decision-desk.ts';
import type { SlipDesk, SlipFault } from '../adjudication/slip-desk.ts';
import type { Intake, IntakeAnswer } from '../intake/intake.ts';
import type { NonceDesk } from '../provisioning/nonce-desk.ts';
import type { StationDirectory } from '../provisioning/station-directory.ts';
import { type Answer, cborAnswer, problemAnswer } from './answer.ts';
import type { ReplayGuard } from './replay-guard.ts';
import type { SendAnswer } from './sign-answer.ts';
import { type FreshnessRule, identifyCaller, type StationCall, timeAnswer } from './station-call.ts';

const PacketParams = v.strictObject({ id: PacketIdSchema });
const WaitQuery = v.strictObject({
  wait: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,6}$/, 'not a number'),
      v.transform(Number),
      v.maxValue(REGISTRY_LIMITS.decisionWaitMs, `longer than ${REGISTRY_LIMITS.decisionWaitMs} ms`),
    ),
    '0',
  ),
});
const AfterQuery = v.strictObject({ after: CursorSchema });
const NoQuery = v.strictObject({});

/** What stations call, each with its signature. */
export function addStationRoutes(
  app: FastifyInstance,
  ports: {
    readonly intake: Intake;
    readonly decisions: DecisionDesk;
    readonly nonces: NonceDesk;
    readonly slips: SlipDesk;
    readonly directory: StationDirectory;
    /** Null before the first badge was issued. */
    readonly staffList: () => Promise<Uint8Array<ArrayBuffer> | null>;
    readonly replays: ReplayGuard;
    readonly clock: Clock;
    readonly send: SendAnswer;
  },
): void {
  const { intake, decisions, nonces, slips, clock, send } = ports;

  function route(options: {
    readonly method: 'GET' | 'POST';
    readonly path: string;
    readonly freshness: FreshnessRule;
    readonly bodyLimit?: number;
    readonly answer: (call: StationCall, request: FastifyRequest) => Promise<Answer>;
  }): void {
    app.route({
      method: options.method,
      url: options.path,
      bodyLimit: options.bodyLimit ?? REGISTRY_LIMITS.requestBytes,
      handler: async (request, reply) => {
        const call = await identifyCaller({ ...ports, request, freshness: options.freshness });
        return send(request, reply, call.ok ? await options.answer(call.value, request) : call.error);
      },
    });
  }

  route({
    method: 'POST',
    path: '/v1/packets/:id',
    // A packet is idempotent by id and hash, and a station whose clock is years off must still get rid of it.
    freshness: 'any',
    bodyLimit: REGISTRY_LIMITS.uploadBytes,
    answer: async ({ caller, body }, request) => {
      const params = v.safeParse(PacketParams, request.params);
      if (!params.success) return badRequest('path', params.issues);
      if (request.headers['content-type'] !== REGISTRY_CONTENT_TYPES.upload) {
        return problemAnswer('wrong-content-type', `content-type: must be ${REGISTRY_CONTENT_TYPES.upload}`);
      }
      return uploadAnswer(await intake.receive({ caller, packetId: params.output.id, body }));
    },
  });

  route({
    method: 'GET',
    path: '/v1/packets/:id/decision',
    freshness: 'fresh',
    answer: async ({ caller }, request) => {
      const params = v.safeParse(PacketParams, request.params);
      if (!params.success) return badRequest('path', params.issues);
      const query = v.safeParse(WaitQuery, request.query);
      if (!query.success) return badRequest('query', query.issues);
      const found = await decisions.decisionFor({
        caller,
        packetId: params.output.id,
        waitMs: query.output.wait,
      });
      return found === null
        ? problemAnswer('not-found', 'path: this station delivered no such packet')
        : cborAnswer({ ...found });
    },
  });

  route({
    method: 'GET',
    path: '/v1/decisions',
    freshness: 'fresh',
    answer: async ({ caller }, request) => {
      const query = v.safeParse(AfterQuery, request.query);
      if (!query.success) return badRequest('query', query.issues);
      const { chain, ...page } = await decisions.decisionsAfter({ caller, after: query.output.after });
      return cborAnswer({ ...page, chain: { ...chain } });
    },
  });

  route({
    method: 'POST',
    path: '/v1/nonces',
    freshness: 'fresh',
    answer: async ({ caller, body }, request) => {
      if (body.length > 0) return problemAnswer('bad-request', 'body: must be empty');
      const query = v.safeParse(NoQuery, request.query);
      if (!query.success) return badRequest('query', query.issues);
      const nonce = await nonces.give(caller);
      return nonce.ok
        ? cborAnswer({ nonce: nonce.value, now: clock.now() })
        : problemAnswer('too-many', 'nonces: more in an hour than a station can use');
    },
  });

  route({
    method: 'GET',
    path: '/v1/staff',
    freshness: 'fresh',
    answer: async () => {
      const body = await ports.staffList();
      return body === null
        ? problemAnswer('not-found', 'path: nobody was given a badge yet')
        : { status: 200, contentType: REGISTRY_CONTENT_TYPES.staffList, body };
    },
  });

  route({
    method: 'POST',
    path: REGISTRY_PATHS.slipStatus,
    freshness: 'fresh',
    bodyLimit: REGISTRY_LIMITS.slipBytes,
    answer: async ({ body }, request) => {
      if (request.headers['content-type'] !== REGISTRY_CONTENT_TYPES.slip) {
        return problemAnswer('wrong-content-type', `content-type: must be ${REGISTRY_CONTENT_TYPES.slip}`);
      }
      const told = await slips.statusOf(body);
      return told.ok ? cborAnswer({ ...told.value }) : slipProblem(told.error);
    },
  });

  route({
    method: 'GET',
    path: '/v1/time',
    freshness: 'any',
    answer: async ({ nonce }) => timeAnswer(clock.now(), nonce, 200),
  });
}

function slipProblem(fault: SlipFault): Answer {
  switch (fault) {
    case 'malformed':
      return problemAnswer('bad-request', 'body: is no slip statement');
    case 'bad-signature':
      return problemAnswer('bad-request', 'body: was changed since its station signed it');
    case 'contradicts-certificate':
      return problemAnswer('bad-request', 'body: names another station than its key is certified for');
    case 'unknown-station':
      return problemAnswer('not-found', 'body: is by no station of this registry');
    case 'another-envelope':
      return problemAnswer('not-found', 'body: another packet is held under this id');
    default:
      return assertNever(fault);
  }
}

function uploadAnswer(received: IntakeAnswer): Answer {
  switch (received.kind) {
    case 'acknowledged':
      return {
        status: received.isNew ? 201 : 200,
        contentType: REGISTRY_CONTENT_TYPES.acknowledgement,
        body: received.statement,
      };
    case 'refused':
      return {
        status: REFUSAL_STATUS[received.reason],
        contentType: REGISTRY_CONTENT_TYPES.refusal,
        body: received.statement,
      };
    case 'not-accepted':
      return problemAnswer('bad-request', received.where);
    default:
      return assertNever(received);
  }
}

const REFUSAL_STATUS: Record<RefusalReason, number> = {
  malformed: 422,
  conflict: 409,
  'unknown-station': 403,
  'bad-signature': 403,
  'simulated-in-production': 403,
  'too-large': 413,
};

/** Names the field and what was wanted; what came stays unsaid. */
function badRequest(
  part: 'path' | 'query',
  issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]],
): Answer {
  const [first] = issues;
  const field = v.getDotPath(first);
  const wanted = first.kind === 'schema' ? `expected ${first.expected ?? 'nothing'}` : first.message;
  return problemAnswer('bad-request', `${part}${field === null ? '' : `.${field}`}: ${wanted}`);
}
