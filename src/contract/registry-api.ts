import * as v from 'valibot';
import { DECISION_REASONS } from '#domain/enrolment/decision.ts';

/**
 * What crosses HTTPS between a station or a phone and the registry. Bodies are deterministic CBOR maps with text keys;
 * statements that must outlive the connection (acknowledgement, refusal, decision, certificate, trust list, status
 * list) are COSE_Sign1 octets of their own, carried whole. Faults are `application/problem+json` after RFC 9457.
 *
 * | signed by a key of use | what |
 * |---|---|
 * | root | trust list, station certificate |
 * | acknowledgement | acknowledgement, refusal, and every HTTP answer to a signed request |
 * | issuer | decision, e-ID, status list |
 * | staff | staff list, badge, unlock |
 */
const PACKET_ID = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';

export const REGISTRY_PATHS = {
  /** GET, open: root public key and trust list. The one call that a station makes before it can check the server. */
  trust: '/v1/trust',
  /** GET, open: the settings document for all terminals, signed by a key of use `settings`. */
  settings: '/v1/settings',
  /**
   * POST, signed by the new station key: a provisioning request for a provisioning answer (`protocol/provisioning.ts`),
   * status 201. The same code and key again get the same certificate.
   */
  stations: '/v1/stations',
  /** POST, signed: an upload for an acknowledgement or a refusal. */
  packet: (packetId: string) => `/v1/packets/${packetId}`,
  /** GET, signed: waits for one packet's decision. */
  packetDecision: (packetId: string, waitMs: number) => `/v1/packets/${packetId}/decision?wait=${waitMs}`,
  /** GET, signed: decisions on this station's packets, whichever installation left them, after a cursor, oldest first; the first cursor is `0`. */
  decisions: (after: string) => `/v1/decisions?after=${after}`,
  /** POST without a body, signed: a fresh liveness nonce. */
  nonces: '/v1/nonces',
  /** POST, signed by a phone's own key: a {@link PhoneEidRequest} for a {@link PhoneEidAnswer}. */
  phoneEid: '/v1/phones/eid',
  /** POST, signed by any station: the octets of a slip statement for a {@link SlipStatusAnswer}. */
  slipStatus: '/v1/slips/status',
  /** GET, open, with an ETag: the COSE_Sign1 of kind `status-list` that is in force for a block of e-IDs. */
  statusList: (block: number) => `/v1/status-lists/${block}`,
  /** GET, open, with an ETag: a {@link Publication}. */
  publication: '/v1/publication',
  /** GET, signed: who may log in at stations, COSE_Sign1 of kind `staff-list`. */
  staff: '/v1/staff',
  /** GET, signed: the registry's time. */
  time: '/v1/time',
  /** GET, open. */
  health: '/health',
  openapi: '/openapi.json',
} as const;

export const REGISTRY_CONTENT_TYPES = {
  /** CBOR [envelope octets, sealed octets]. */
  upload: 'application/vnd.eid-terminal.upload+cbor',
  provisioning: 'application/vnd.eid-terminal.provisioning+cbor',
  acknowledgement: 'application/vnd.eid-terminal.acknowledgement+cbor',
  refusal: 'application/vnd.eid-terminal.refusal+cbor',
  /** COSE_Sign1 of kind `slip`. */
  slip: 'application/vnd.eid-terminal.slip+cbor',
  /** COSE_Sign1 of kind `status-list`. */
  statusList: 'application/vnd.eid-terminal.status-list+cbor',
  /** COSE_Sign1 of kind `staff-list`. */
  staffList: 'application/vnd.eid-terminal.staff-list+cose',
  /** Any of the CBOR maps below. */
  cbor: 'application/cbor',
  /** The signed answer to a request whose time is too far off: {@link TimeAnswerSchema}, with status 401. */
  time: 'application/vnd.eid-terminal.time+cbor',
  problem: 'application/problem+json',
} as const;

export const REGISTRY_LIMITS = {
  /** Body of an upload, bytes: a packet of 2 MB and its envelope. */
  uploadBytes: 2_200_000,
  /** Body of every other request, bytes. */
  requestBytes: 16_384,
  /** Body of a phone's request, bytes: one key. */
  phoneRequestBytes: 256,
  /** Body of a question for a slip, bytes: one statement. */
  slipBytes: 1_024,
  /** Longest answer that a station reads, bytes; a status list whose every other place is revoked fits. */
  answerBytes: 1_000_000,
  /** Largest publication, bytes. */
  publicationBytes: 16_000_000,
  /** Station certificates in a publication. */
  certificatesPerPublication: 20_000,
  /** Status lists in a publication: 64 blocks are 33 million e-IDs. */
  statusListsPerPublication: 64,
  /** Longest wait of `packetDecision`, milliseconds. */
  decisionWaitMs: 10_000,
  /** Largest difference between a request's `created` and the registry's clock, milliseconds; not for uploads. */
  skewMs: 300_000,
  /** Decisions in one answer. */
  decisionsPerAnswer: 200,
} as const;

const bytes = (smallest: number, largest: number) =>
  v.pipe(
    v.custom<Uint8Array>((value) => value instanceof Uint8Array, 'must be bytes'),
    v.check(
      (value) => value.length >= smallest && value.length <= largest,
      smallest === largest ? `must be ${smallest} bytes` : `must be ${smallest} to ${largest} bytes`,
    ),
  );
const milliseconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const cose = bytes(64, 65_536);
const statusList = bytes(64, 140_000);
const eidCode = v.pipe(v.string(), v.startsWith('EID1:'), v.maxLength(4_296));

export const PacketIdSchema = v.pipe(v.string(), v.regex(new RegExp(`^${PACKET_ID}$`), 'not a UUIDv7'));
export const CursorSchema = v.pipe(v.string(), v.regex(/^(0|[1-9]\d{0,15})$/, 'not a cursor'));

/** Answer of `GET /v1/trust`. Believed only as far as the provisioning code's hash of the root key reaches. */
export const TrustAnswerSchema = v.strictObject({
  rootPublicKey: bytes(32, 32),
  /** COSE_Sign1 of kind `trust-list`; names the authority that the server's TLS certificate must chain to. */
  trustList: cose,
});
export type TrustAnswer = v.InferOutput<typeof TrustAnswerSchema>;

/** Answer of `GET /v1/settings`. */
export const SettingsAnswerSchema = v.strictObject({
  /** COSE_Sign1 of kind `settings`; null while the registry has published none. */
  document: v.nullable(cose),
});
export type SettingsAnswer = v.InferOutput<typeof SettingsAnswerSchema>;

/** Answer of `GET /v1/decisions`. */
export const DecisionsAnswerSchema = v.strictObject({
  /** COSE_Sign1 of kind `decision`, in the order in which they were made. */
  decisions: v.pipe(v.array(cose), v.maxLength(REGISTRY_LIMITS.decisionsPerAnswer)),
  /** To be sent as `after` next time. */
  next: CursorSchema,
  /** True when further decisions wait already. */
  more: v.boolean(),
  /** The registry's statement about this installation's chain. */
  chain: v.strictObject({
    /** Highest sequence held; 0 when nothing is. */
    head: count,
    /** SHA-256 of that envelope's octets; of the station certificate when head is 0. */
    headSha256: bytes(32, 32),
    /** Missing sequences below the head, as [first, last] runs, at most 64. */
    gaps: v.pipe(v.array(v.strictTuple([count, count])), v.maxLength(64)),
  }),
});
export type DecisionsAnswer = v.InferOutput<typeof DecisionsAnswerSchema>;

/** Answer of `GET /v1/packets/{id}/decision`. */
export const PacketDecisionAnswerSchema = v.strictObject({
  /** COSE_Sign1 of kind `decision`, or null when none was made within the wait. */
  decision: v.nullable(cose),
  /** `EID1:` text when issued. Given to stations in this answer only; a phone asks for its own. */
  eid: v.nullable(eidCode),
});
export type PacketDecisionAnswer = v.InferOutput<typeof PacketDecisionAnswerSchema>;

/** Body of `POST /v1/phones/eid`. The registry does not know the key: it comes along and signs the request. */
export const PhoneEidRequestSchema = v.strictObject({
  /** Ed25519; its kid is the signature's `keyid`. */
  publicKey: bytes(32, 32),
});
export type PhoneEidRequest = v.InferOutput<typeof PhoneEidRequestSchema>;

/** Answer of `POST /v1/phones/eid`. `not-yet` is also what a key is told that no enrolment named. */
export const PhoneEidAnswerSchema = v.variant('status', [
  v.strictObject({ status: v.literal('issued'), eid: eidCode }),
  v.strictObject({ status: v.picklist(['referred', 'rejected']), reason: v.picklist(DECISION_REASONS) }),
  /** The last e-ID that named the key was ended: replaced by one for another phone, or reported lost. */
  v.strictObject({ status: v.literal('revoked') }),
  v.strictObject({ status: v.literal('not-yet') }),
]);
export type PhoneEidAnswer = v.InferOutput<typeof PhoneEidAnswerSchema>;

/**
 * Answer of `GET /v1/publication`: what it takes to check slips and e-IDs without a network. Everything in it is signed
 * by itself but the marks of revocation, which are worth as much as the way that the publication came.
 */
export const PublicationSchema = v.strictObject({
  rootPublicKey: bytes(32, 32),
  /** COSE_Sign1 of kind `trust-list`, by the root. */
  trustList: cose,
  /** Of every installation of every station, oldest first. */
  stations: v.pipe(
    v.array(
      v.strictObject({
        /** COSE_Sign1 of kind `certificate`, by the root. */
        certificate: cose,
        /** Milliseconds since 1970; null while the installation is in good standing. */
        revokedAt: v.nullable(milliseconds),
      }),
    ),
    v.maxLength(REGISTRY_LIMITS.certificatesPerPublication),
  ),
  /** COSE_Sign1 of kind `status-list`, by the issuer: one for each block, from block 0 on. */
  statusLists: v.pipe(v.array(statusList), v.maxLength(REGISTRY_LIMITS.statusListsPerPublication)),
});
export type Publication = v.InferOutput<typeof PublicationSchema>;

/** What became of the packet that a slip names. */
export const SLIP_STATES = [
  /** The registry holds it and has not decided. */
  'held',
  'issued',
  /** Issued without a phone: the e-ID waits at a desk. */
  'collect',
  /** A lost e-ID was ended; or the e-ID that this packet asked for was reported lost since. */
  'revoked',
  'referred',
  'rejected',
  /** The statement is genuine; its packet has not come. */
  'not-arrived',
] as const;

/** Answer of `POST /v1/slips/status`. Nothing in it tells who the person is. */
export const SlipStatusAnswerSchema = v.strictObject({
  state: v.picklist(SLIP_STATES),
  /** Null while nothing is decided. */
  reason: v.nullable(v.picklist(DECISION_REASONS)),
  /** Milliseconds since 1970; null while nothing is decided. */
  decidedAt: v.nullable(milliseconds),
});
export type SlipStatusAnswer = v.InferOutput<typeof SlipStatusAnswerSchema>;

/** Answer of `POST /v1/nonces`. */
export const NonceAnswerSchema = v.strictObject({
  /** 32 random bytes, good for one packet of this installation. */
  nonce: bytes(32, 32),
  now: milliseconds,
});
export type NonceAnswer = v.InferOutput<typeof NonceAnswerSchema>;

/** Answer of `GET /v1/time`, and of any call but an upload whose time is too far off. */
export const TimeAnswerSchema = v.strictObject({
  /** The registry's clock, milliseconds since 1970. */
  now: milliseconds,
  /** The `nonce` parameter of the request's signature: only an answer to one's own nonce moves trusted time. */
  nonce: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
});
export type TimeAnswer = v.InferOutput<typeof TimeAnswerSchema>;

/** Why a request was not served. None of these changes a packet's state at the station. */
export const PROBLEM_CODES = [
  'bad-request',
  'bad-signature',
  'unknown-station',
  'revoked-station',
  'replayed',
  'not-found',
  'too-large',
  'too-many',
  'wrong-content-type',
  'code-unknown',
  'code-expired',
  'code-used',
  'code-blocked',
  'code-for-another-station',
  'bad-proof',
  'key-in-use',
  'unavailable',
  'internal',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** RFC 9457 body. `detail` names what was wrong and where, never a field's content. */
export const ProblemSchema = v.strictObject({
  type: v.pipe(v.string(), v.startsWith('urn:eid-terminal:problem:')),
  title: v.picklist(PROBLEM_CODES),
  status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
  detail: v.pipe(v.string(), v.maxLength(400)),
});
export type Problem = v.InferOutput<typeof ProblemSchema>;
