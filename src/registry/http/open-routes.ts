import type { FastifyInstance } from 'fastify';
import { REGISTRY_CONTENT_TYPES, REGISTRY_LIMITS, REGISTRY_PATHS } from '#contract/registry-api.ts';
import type { Clock } from '#domain/clock.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import { decodeProvisioningRequest, encodeProvisioningAnswer } from '#protocol/provisioning.ts';
import type { PublishedTrust } from '../founding/trust-publication.ts';
import type { ProvisioningDesk, ProvisioningFault } from '../provisioning/provisioning-desk.ts';
import { type Answer, cborAnswer, problemAnswer } from './answer.ts';
import { OPENAPI_DOCUMENT } from './openapi.ts';
import type { SendAnswer } from './sign-answer.ts';
import { bodyOf, signatureProblem, verifySignature } from './station-call.ts';

/** What answers to anybody: trust, provisioning, health and the description of the API. */
export function addOpenRoutes(
  app: FastifyInstance,
  ports: {
    readonly trust: PublishedTrust;
    readonly rootPublicKey: Uint8Array;
    readonly provisioning: ProvisioningDesk;
    readonly isHealthy: () => Promise<boolean>;
    readonly clock: Clock;
    readonly send: SendAnswer;
  },
): void {
  const { trust, rootPublicKey, provisioning, clock, send } = ports;

  app.get(REGISTRY_PATHS.trust, (request, reply) =>
    send(request, reply, cborAnswer({ rootPublicKey, trustList: trust.statement })),
  );

  app.post(REGISTRY_PATHS.stations, { bodyLimit: REGISTRY_LIMITS.requestBytes }, async (request, reply) => {
    const body = bodyOf(request);
    const asked = decodeProvisioningRequest(body);
    if (!asked.ok) return send(request, reply, problemAnswer('bad-request', `body: ${asked.error.where}`));
    // Whoever asks for a certificate of a key must show that the key is theirs.
    const { stationPublicKey } = asked.value;
    const key = nodeVerifier(stationPublicKey);
    const verified = verifySignature(request, (kid) => (sameBytes(kid, key.kid) ? key : undefined));
    if (!verified.ok) return send(request, reply, signatureProblem(verified.error));
    const certified = await provisioning.certify(asked.value);
    if (!certified.ok) {
      return send(request, reply, problemAnswer(certified.error, PROVISIONING_FAULTS[certified.error]));
    }
    const { certificate, installation } = certified.value;
    const answer: Answer = {
      status: 201,
      contentType: REGISTRY_CONTENT_TYPES.provisioning,
      body: encodeProvisioningAnswer({
        rootPublicKey,
        trustList: trust.statement,
        certificate,
        installation,
        at: clock.now(),
      }),
    };
    return send(request, reply, answer);
  });

  app.get(REGISTRY_PATHS.health, async (_request, reply) => {
    const healthy = await ports.isHealthy();
    return reply.code(healthy ? 200 : 503).send({ status: healthy ? 'ok' : 'unavailable' });
  });

  app.get(REGISTRY_PATHS.openapi, (_request, reply) => reply.send(OPENAPI_DOCUMENT));
}

const PROVISIONING_FAULTS: Record<ProvisioningFault, string> = {
  'code-unknown': 'codeId: the registry gave out no such code',
  'code-expired': 'codeId: the code has expired; ask for a new one',
  'code-used': 'codeId: the code was used for another key; ask for a new one',
  'code-blocked': 'codeId: too many wrong proofs; ask for a new code',
  'code-for-another-station': 'stationId: the code belongs to another station',
  'bad-proof': 'proof: does not fit the code, the key and this registry',
  'key-in-use': 'stationPublicKey: this key belongs to an installation already; make a new one',
};
