import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '#domain/clock.ts';
import { signResponse } from '#protocol/http-signature.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import type { Answer } from './answer.ts';

export type SendAnswer = (request: FastifyRequest, reply: FastifyReply, answer: Answer) => FastifyReply;

/**
 * Signs and sends. Every answer to a request that bears a signature is signed over that very signature, faults too, so
 * that a station can tell its registry's "no" from a proxy's.
 */
export function answerSender(ports: { readonly signer: Signer; readonly clock: Clock }): SendAnswer {
  return (request, reply, answer) => {
    const requestSignature = request.headers.signature;
    const { status, body } = answer;
    reply.code(status).header('content-type', answer.contentType).header('cache-control', 'no-store');
    if (status === 503 || status === 429) reply.header('retry-after', '5');
    if (typeof requestSignature === 'string' && SIGNATURE.test(requestSignature)) {
      const created = Math.floor(ports.clock.now() / 1000);
      reply.headers(signResponse({ status, body, requestSignature, created, signer: ports.signer }));
    }
    return reply.send(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  };
}

/** RFC 9421 section 4.2, with our label and the 64 bytes of Ed25519. */
const SIGNATURE = /^sig1=:[A-Za-z0-9+/]{86}==:$/;
