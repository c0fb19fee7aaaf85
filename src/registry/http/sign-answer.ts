import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '#domain/clock.ts';
import { hashOf } from '#protocol/hash.ts';
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
    // What is signed over one request is for nobody else: only an open call's answer may be kept.
    const isOpen = requestSignature === undefined;
    const etag = isOpen && answer.maxAgeSeconds !== undefined ? etagOf(answer.body) : null;
    const isKnown = etag !== null && namesEtag(request.headers['if-none-match'], etag);
    // RFC 9110 section 15.4.5: what the client has already is not sent again.
    const status = isKnown ? 304 : answer.status;
    const body = isKnown ? new Uint8Array(0) : answer.body;
    reply.code(status);
    if (!isKnown) reply.header('content-type', answer.contentType);
    if (etag === null) reply.header('cache-control', 'no-store');
    else reply.header('cache-control', `public, max-age=${answer.maxAgeSeconds}`).header('etag', etag);
    if (status === 503 || status === 429) reply.header('retry-after', '5');
    if (typeof requestSignature === 'string' && SIGNATURE.test(requestSignature)) {
      const created = Math.floor(ports.clock.now() / 1000);
      reply.headers(signResponse({ status, body, requestSignature, created, signer: ports.signer }));
    }
    return reply.send(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  };
}

/** Strong (RFC 9110 section 8.8.3): the same octets or others. */
function etagOf(body: Uint8Array): string {
  return `"${Buffer.from(hashOf(body)).toString('base64url')}"`;
}

function namesEtag(asked: string | undefined, etag: string): boolean {
  return (asked ?? '').split(',').some((named) => named.trim().replace(/^W\//, '') === etag);
}

/** RFC 9421 section 4.2, with our label and the 64 bytes of Ed25519. */
const SIGNATURE = /^sig1=:[A-Za-z0-9+/]{86}==:$/;
