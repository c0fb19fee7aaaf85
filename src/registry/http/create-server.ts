import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { REGISTRY_LIMITS } from '#contract/registry-api.ts';
import type { TlsIdentity } from '../founding/tls-identity.ts';
import { faultFields, type RegistryLog } from '../log.ts';
import { isStorageFault } from '../store/storage-fault.ts';
import { type Answer, problemAnswer } from './answer.ts';
import type { SendAnswer } from './sign-answer.ts';

/** 2 MB over a line of 256 kbit/s take a minute; whoever needs much longer holds a socket for nothing. */
const REQUEST_TIMEOUT_MS = 180_000;
const KEEP_ALIVE_MS = 65_000;

/** An HTTPS server that hands bodies over as they came and turns whatever goes wrong into a signed problem. */
export function createServer(ports: {
  readonly tls: TlsIdentity;
  readonly send: SendAnswer;
  readonly log: RegistryLog;
}): FastifyInstance {
  const { tls, send, log } = ports;
  const app = Fastify({
    https: { cert: tls.certificate, key: tls.key, minVersion: 'TLSv1.3' },
    logger: false,
    bodyLimit: REGISTRY_LIMITS.requestBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    routerOptions: { maxParamLength: 64, caseSensitive: true, ignoreTrailingSlash: false },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.addHook('onResponse', (request, reply, done) => {
    log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
    done();
  });

  app.setNotFoundHandler((request, reply) =>
    send(request, reply, problemAnswer('not-found', 'path: the registry has no such resource')),
  );

  app.setErrorHandler((error: FastifyError, request, reply) => {
    const answer = faultAnswer(error);
    if (answer.status >= 500) {
      log.error({ route: request.routeOptions.url ?? 'none', ...faultFields(error) }, 'request failed');
    }
    return send(request, reply, answer);
  });
  return app as unknown as FastifyInstance;
}

function faultAnswer(error: FastifyError): Answer {
  if (isStorageFault(error)) return problemAnswer('unavailable', 'the registry cannot write at present');
  if (error.statusCode === 413) return problemAnswer('too-large', 'body: longer than this resource takes');
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return problemAnswer('bad-request', `request: ${error.code}`);
  }
  return problemAnswer('internal', 'the registry failed; its log names the fault');
}
