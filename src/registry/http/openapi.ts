import { PROBLEM_CODES, REGISTRY_CONTENT_TYPES, REGISTRY_LIMITS } from '#contract/registry-api.ts';

const binary = { type: 'string', format: 'binary' };
const answer = (description: string, contentType: string, schema: object = binary) => ({
  description,
  content: { [contentType]: { schema } },
});
const problem = answer(
  'A fault; none of them changes the state of a packet.',
  REGISTRY_CONTENT_TYPES.problem,
  {
    $ref: '#/components/schemas/Problem',
  },
);
const cbor = (description: string) => answer(description, REGISTRY_CONTENT_TYPES.cbor);
const offClock = answer(
  "The request's time is too far off; carries the registry's time and the request's nonce.",
  REGISTRY_CONTENT_TYPES.time,
);
const signed = [{ httpMessageSignature: [] }];
const packetId = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string', format: 'uuid', description: 'UUIDv7, lower case' },
};

/** Served at `/openapi.json`. The CBOR bodies' fields stand in `docs/registry.md` and `docs/protocol.md`. */
export const OPENAPI_DOCUMENT = {
  openapi: '3.1.0',
  info: {
    title: 'e-ID registry',
    version: '1',
    description:
      'Calls of stations and phones. Signed calls and their answers carry HTTP Message Signatures (RFC 9421) with Ed25519.',
  },
  paths: {
    '/v1/trust': {
      get: { summary: 'Root public key and trust list', responses: { 200: cbor('Trust answer') } },
    },
    '/v1/settings': {
      get: {
        summary: 'Signed operational settings for all stations, or null',
        responses: { 200: cbor('Settings answer') },
      },
    },
    '/v1/stations': {
      post: {
        summary: "Certifies a station's key against a provisioning code",
        requestBody: {
          required: true,
          content: { [REGISTRY_CONTENT_TYPES.provisioning]: { schema: binary } },
        },
        responses: {
          201: answer('Provisioning answer', REGISTRY_CONTENT_TYPES.provisioning),
          default: problem,
        },
      },
    },
    '/v1/packets/{id}': {
      post: {
        summary: 'Delivers a packet; idempotent by id and envelope',
        security: signed,
        parameters: [packetId],
        requestBody: {
          required: true,
          description: `At most ${REGISTRY_LIMITS.uploadBytes} bytes`,
          content: { [REGISTRY_CONTENT_TYPES.upload]: { schema: binary } },
        },
        responses: {
          200: answer('Held already', REGISTRY_CONTENT_TYPES.acknowledgement),
          201: answer('Stored', REGISTRY_CONTENT_TYPES.acknowledgement),
          403: answer('Refused for good', REGISTRY_CONTENT_TYPES.refusal),
          409: answer('Another packet has this id', REGISTRY_CONTENT_TYPES.refusal),
          422: answer('The packet contradicts itself', REGISTRY_CONTENT_TYPES.refusal),
          default: problem,
        },
      },
    },
    '/v1/packets/{id}/decision': {
      get: {
        summary: "Waits for a packet's decision",
        security: signed,
        parameters: [
          packetId,
          {
            name: 'wait',
            in: 'query',
            schema: { type: 'integer', minimum: 0, maximum: REGISTRY_LIMITS.decisionWaitMs },
          },
        ],
        responses: { 200: cbor('Decision, and the e-ID when issued'), 401: offClock, default: problem },
      },
    },
    '/v1/decisions': {
      get: {
        summary: "Decisions on the station's packets after a cursor, whichever installation left them",
        security: signed,
        parameters: [{ name: 'after', in: 'query', required: true, schema: { type: 'string' } }],
        responses: { 200: cbor('Decisions and the state of the chain'), 401: offClock, default: problem },
      },
    },
    '/v1/nonces': {
      post: {
        summary: 'A fresh liveness nonce',
        security: signed,
        responses: { 200: cbor('Nonce'), 401: offClock, default: problem },
      },
    },
    '/v1/phones/eid': {
      post: {
        summary: "What became of the enrolment that named the phone's key; signed by that key",
        security: signed,
        requestBody: {
          required: true,
          description: `At most ${REGISTRY_LIMITS.phoneRequestBytes} bytes`,
          content: { [REGISTRY_CONTENT_TYPES.cbor]: { schema: binary } },
        },
        responses: {
          200: cbor('The e-ID, a reason, or not yet; an unknown key is answered as not yet'),
          401: offClock,
          default: problem,
        },
      },
    },
    '/v1/staff': {
      get: {
        summary: 'Who may log in at stations',
        security: signed,
        responses: {
          200: answer('Staff list', REGISTRY_CONTENT_TYPES.staffList),
          401: offClock,
          default: problem,
        },
      },
    },
    '/v1/slips/status': {
      post: {
        summary: 'What became of the packet that a slip names; nothing of the person',
        security: signed,
        requestBody: {
          required: true,
          description: `The slip's statement as its station signed it, at most ${REGISTRY_LIMITS.slipBytes} bytes`,
          content: { [REGISTRY_CONTENT_TYPES.slip]: { schema: binary } },
        },
        responses: { 200: cbor('State, reason and time'), 401: offClock, default: problem },
      },
    },
    '/v1/status-lists/{block}': {
      get: {
        summary: 'Which e-IDs of a block of 2^20 were revoked',
        parameters: [{ name: 'block', in: 'path', required: true, schema: { type: 'integer', minimum: 0 } }],
        responses: {
          200: answer('Status list, with an ETag', REGISTRY_CONTENT_TYPES.statusList),
          304: { description: 'As the client has it' },
          default: problem,
        },
      },
    },
    '/v1/publication': {
      get: {
        summary:
          'Root key, trust list, station certificates and status lists: enough to check without a network',
        responses: {
          200: cbor('Publication, with an ETag'),
          304: { description: 'As the client has it' },
          default: problem,
        },
      },
    },
    '/v1/time': {
      get: {
        summary: "The registry's time",
        security: signed,
        responses: { 200: answer('Time', REGISTRY_CONTENT_TYPES.time), default: problem },
      },
    },
    '/health': {
      get: { summary: 'Whether the registry can read its database', responses: { 200: {}, 503: {} } },
    },
  },
  components: {
    schemas: {
      Problem: {
        type: 'object',
        required: ['type', 'title', 'status', 'detail'],
        properties: {
          type: { type: 'string' },
          title: { enum: PROBLEM_CODES },
          status: { type: 'integer' },
          detail: { type: 'string', description: 'What was wrong and where; never a content' },
        },
      },
    },
    securitySchemes: {
      httpMessageSignature: {
        type: 'http',
        scheme: 'signature',
        description: 'RFC 9421: @method, @target-uri, content-type, content-digest; tag "eid-terminal"',
      },
    },
  },
};
