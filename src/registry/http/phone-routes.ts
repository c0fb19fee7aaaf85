import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  PhoneEidRequestSchema,
  REGISTRY_CONTENT_TYPES,
  REGISTRY_LIMITS,
  REGISTRY_PATHS,
} from '#contract/registry-api.ts';
import type { Clock } from '#domain/clock.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { decodeBody } from '#protocol/http-body.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import type { PhoneDesk } from '../adjudication/phone-desk.ts';
import { type Answer, cborAnswer, problemAnswer } from './answer.ts';
import type { ReplayGuard } from './replay-guard.ts';
import type { SendAnswer } from './sign-answer.ts';
import { admitOnce, bodyOf, signatureProblem, verifySignature } from './station-call.ts';

/**
 * What phones call. A phone is nobody that the registry knows: it brings its key along and signs with it. Keys cost
 * nothing, so that `replays` must not be the guard that stations rely on: a crowd of keys could empty it.
 */
export function addPhoneRoutes(
  app: FastifyInstance,
  ports: {
    readonly phones: PhoneDesk;
    readonly replays: ReplayGuard;
    readonly clock: Clock;
    readonly send: SendAnswer;
  },
): void {
  const { phones, send } = ports;
  app.post(
    REGISTRY_PATHS.phoneEid,
    { bodyLimit: REGISTRY_LIMITS.phoneRequestBytes },
    async (request, reply) => {
      const phone = identifyPhone({ ...ports, request });
      const answer = phone.ok ? cborAnswer({ ...(await phones.eidFor(phone.value)) }) : phone.error;
      return send(request, reply, answer);
    },
  );
}

/** The key of the phone that calls. The error is the answer to give. */
function identifyPhone(ports: {
  readonly request: FastifyRequest;
  readonly replays: ReplayGuard;
  readonly clock: Clock;
}): Result<Uint8Array, Answer> {
  const { request } = ports;
  if (request.headers['content-type'] !== REGISTRY_CONTENT_TYPES.cbor) {
    return err(problemAnswer('wrong-content-type', `content-type: must be ${REGISTRY_CONTENT_TYPES.cbor}`));
  }
  const asked = decodeBody(bodyOf(request), PhoneEidRequestSchema, REGISTRY_LIMITS.phoneRequestBytes);
  if (!asked.ok) return err(problemAnswer('bad-request', `body: ${asked.error.reason}`));
  const { publicKey } = asked.value;
  const key = nodeVerifier(publicKey);
  const verified = verifySignature(request, (kid) => (sameBytes(kid, key.kid) ? key : undefined));
  if (!verified.ok) return err(signatureProblem(verified.error));
  const refused = admitOnce({ ...ports, ...verified.value });
  return refused === null ? ok(publicKey) : err(refused);
}
