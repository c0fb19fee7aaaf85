import { request as httpsRequest } from 'node:https';
import {
  REGISTRY_CONTENT_TYPES,
  REGISTRY_LIMITS,
  REGISTRY_PATHS,
  TrustAnswerSchema,
} from '#contract/registry-api.ts';
import type { Clock } from '#domain/clock.ts';
import type { Application } from '#domain/enrolment/application.ts';
import type { Enrolment } from '#domain/enrolment/enrolment.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { type Envelope, hashOf, signEnvelope } from '#protocol/envelope.ts';
import { decodeBody } from '#protocol/http-body.ts';
import { signRequest, verifyResponse } from '#protocol/http-signature.ts';
import { nodeSigner, nodeVerifier } from '#protocol/keys/node-signer.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { encodeUpload, sealEnrolment } from '#protocol/packet.ts';
import { makePasswordVerifier, sealPasswordProof } from '#protocol/password-verifier.ts';
import {
  decodeProvisioningAnswer,
  encodeProvisioningRequest,
  parseProvisioningCode,
  provisioningCodeId,
  provisioningProof,
  rootMatches,
} from '#protocol/provisioning.ts';
import { openStationCertificate, type StationCertificate } from '#protocol/station-certificate.ts';
import {
  currentKey,
  findVerifierIn,
  type KeyUse,
  openTrustList,
  type TrustList,
} from '#protocol/trust-list.ts';
import { newPacketId } from '#station/queue/packet-id.ts';
import { chipText, type Person } from './people.ts';
import { randomBytes } from './registry-fixture.ts';
import { playEvidence } from './test-evidence.ts';

/** The e-ID password of everybody whom the test station enrols. */
export const PASSWORD = '48201937';

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  /** The answer bears the registry's signature over this very request's. */
  readonly proven: boolean;
  /** The `nonce` that was sent. */
  readonly nonce: string;
}

export interface Packet {
  readonly packetId: string;
  readonly envelope: Uint8Array;
  readonly opened: Envelope;
  readonly sealed: Uint8Array;
}

export interface CallOptions {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly body?: Uint8Array;
  readonly contentType?: string;
  /** Milliseconds; the station's clock unless told. */
  readonly createdAt?: number;
  readonly nonce?: string;
  readonly signer?: Signer;
  /** Changes what goes out after it was signed. */
  readonly tamper?: (sent: { headers: Record<string, string>; body: Uint8Array | undefined }) => void;
}

/** Sends bytes and gives back whatever came. `authority` null believes any server. */
export function send(call: {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
  readonly authority: readonly string[] | null;
}): Promise<Omit<HttpAnswer, 'proven' | 'nonce'>> {
  return new Promise((resolve, reject) => {
    const trust = call.authority === null ? { rejectUnauthorized: false } : { ca: [...call.authority] };
    const length = call.method === 'POST' ? { 'content-length': String(call.body?.length ?? 0) } : {};
    const outgoing = httpsRequest(
      call.url,
      { method: call.method, headers: { ...length, ...call.headers }, ...trust },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const headers = Object.fromEntries(
            Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
          );
          resolve({
            status: incoming.statusCode ?? 0,
            contentType: headers['content-type'] ?? '',
            headers,
            body: new Uint8Array(Buffer.concat(chunks)),
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(call.body);
  });
}

/** What a station learns before it is provisioned, with every check that a real one makes. */
export async function fetchTrust(
  url: string,
  code: string,
): Promise<{ readonly list: TrustList; readonly rootPublicKey: Uint8Array }> {
  const answer = await send({
    url: new URL(REGISTRY_PATHS.trust, url),
    method: 'GET',
    headers: {},
    authority: null,
  });
  const trust = decodeBody(answer.body, TrustAnswerSchema, REGISTRY_LIMITS.answerBytes);
  if (!trust.ok) throw new Error(`trust answer: ${JSON.stringify(trust.error)}`);
  const parsed = parseProvisioningCode(code);
  if (!parsed.ok) throw new Error(`code: ${parsed.error.reason}`);
  const { rootPublicKey, trustList } = trust.value;
  if (!rootMatches({ code: parsed.value, rootPublicKey })) throw new Error('not the root of the code');
  const list = openTrustList({ bytes: trustList, root: nodeVerifier(rootPublicKey) });
  if (!list.ok) throw new Error(`trust list: ${list.error.reason}`);
  return { list: list.value, rootPublicKey };
}

/** Asks for a certificate. `proofSecret` other than the code's makes a wrong proof. */
export async function askForCertificate(told: {
  readonly url: string;
  readonly code: string;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly stationId?: string | null;
  readonly proofSecret?: Uint8Array;
  readonly httpSigner?: Signer;
}): Promise<{ readonly answer: Omit<HttpAnswer, 'proven' | 'nonce'>; readonly trust: TrustList }> {
  const { list, rootPublicKey } = await fetchTrust(told.url, told.code);
  const parsed = parseProvisioningCode(told.code);
  if (!parsed.ok) throw new Error(parsed.error.reason);
  const stationId = told.stationId ?? null;
  const stationPublicKey = told.signer.publicKey;
  const { secret } = parsed.value;
  const body = encodeProvisioningRequest({
    codeId: provisioningCodeId(secret),
    stationPublicKey,
    stationId,
    stationName: 'station of the test',
    proof: provisioningProof({
      secret: told.proofSecret ?? secret,
      stationPublicKey,
      stationId,
      rootPublicKey,
    }),
  });
  const url = new URL(REGISTRY_PATHS.stations, told.url);
  const headers = signRequest({
    method: 'POST',
    targetUri: url.href,
    contentType: REGISTRY_CONTENT_TYPES.provisioning,
    body,
    signer: told.httpSigner ?? told.signer,
    created: Math.floor(told.clock.now() / 1000),
    nonce: newNonce(),
  });
  const answer = await send({ url, method: 'POST', headers, body, authority: list.tlsCertificates });
  return { answer, trust: list };
}

/** A small station that speaks the protocol for real: own key, own chain, genuine packets. */
export interface TestStation {
  readonly signer: Signer;
  readonly trust: TrustList;
  readonly certificate: StationCertificate;
  readonly certificateOctets: Uint8Array;
  call(call: CallOptions): Promise<HttpAnswer>;
  /** The next packet of the chain; `edit` changes the enrolment before it is signed, `envelope` the envelope. */
  packet(told: {
    readonly person: Person;
    /** `full` unless told. */
    readonly application?: Application;
    /** Chosen, or typed to prove it: {@link PASSWORD} unless told. */
    readonly password?: string;
    readonly edit?: (enrolment: Enrolment) => Enrolment;
    readonly envelope?: (envelope: Envelope) => Envelope;
    readonly createdAt?: number;
  }): Promise<Packet>;
  upload(packet: Packet, options?: Partial<CallOptions>): Promise<HttpAnswer>;
  /** Puts the chain back to an earlier place, as a restored disk does. */
  restoreChain(place: { readonly sequence: number; readonly previous: Uint8Array }): void;
  verifierOf(use: KeyUse): ReturnType<typeof findVerifierIn>;
}

export async function provisionStation(told: {
  readonly url: string;
  readonly code: string;
  readonly clock: Clock;
}): Promise<TestStation> {
  const signer = nodeSigner(randomBytes(32));
  const { answer, trust } = await askForCertificate({ ...told, signer });
  const provisioned = decodeProvisioningAnswer(answer.body);
  if (answer.status !== 201 || !provisioned.ok) throw new Error(`provisioning failed: ${answer.status}`);
  const root = nodeVerifier(provisioned.value.rootPublicKey);
  const certificateOctets = provisioned.value.certificate;
  const certificate = openStationCertificate({
    bytes: certificateOctets,
    findVerifier: (kid) => (sameBytes(kid, root.kid) ? root : undefined),
  });
  if (!certificate.ok) throw new Error(`certificate: ${certificate.error.reason}`);
  return stationWith({ ...told, signer, trust, certificate: certificate.value, certificateOctets });
}

function stationWith(station: {
  readonly url: string;
  readonly clock: Clock;
  readonly signer: Signer;
  readonly trust: TrustList;
  readonly certificate: StationCertificate;
  readonly certificateOctets: Uint8Array;
}): TestStation {
  const { url, clock, signer, trust, certificate, certificateOctets } = station;
  let sequence = 0;
  let previous: Uint8Array = hashOf(certificateOctets);
  const verifierOf = (use: KeyUse) => findVerifierIn({ list: trust, use });

  async function call(asked: CallOptions): Promise<HttpAnswer> {
    const target = new URL(asked.path, url);
    const method = asked.method ?? 'GET';
    const nonce = asked.nonce ?? newNonce();
    const headers = signRequest({
      method,
      targetUri: target.href,
      ...(asked.contentType === undefined ? {} : { contentType: asked.contentType }),
      ...(asked.body === undefined ? {} : { body: asked.body }),
      signer: asked.signer ?? signer,
      created: Math.floor((asked.createdAt ?? clock.now()) / 1000),
      nonce,
    });
    const sent = { headers, body: asked.body };
    asked.tamper?.(sent);
    const answer = await send({
      url: target,
      method,
      headers: sent.headers,
      body: sent.body,
      authority: trust.tlsCertificates,
    });
    const proven = verifyResponse({
      ...answer,
      requestSignature: sent.headers.signature ?? '',
      findVerifier: verifierOf('acknowledgement'),
    });
    return { ...answer, proven: proven.ok, nonce };
  }

  return {
    signer,
    trust,
    certificate,
    certificateOctets,
    verifierOf,
    call,
    restoreChain: (place) => {
      sequence = place.sequence;
      previous = place.previous;
    },
    packet: async (told) => {
      const { person, edit, envelope: editEnvelope, createdAt = clock.now(), application = 'full' } = told;
      const sealing = currentKey({ list: trust, use: 'sealing', at: clock.now() });
      const credential = currentKey({ list: trust, use: 'credential', at: clock.now() });
      if (sealing === undefined || credential === undefined) throw new Error('the trust list lacks a key');
      const packetId = newPacketId({ now: createdAt, randomBytes });
      const plain: Enrolment = {
        schema: 1,
        packetId,
        stationId: certificate.stationId,
        installation: certificate.installation,
        sealingKid: sealing.kid,
        application,
        createdAt,
        clockTrust: 'synchronised',
        holder: holderFor(application, person),
        phone: {
          publicKey: nodeSigner(randomBytes(32)).publicKey,
          codeId: randomBytes(16),
          phoneTime: createdAt,
        },
        password: await sealedPassword({
          application,
          digits: told.password ?? PASSWORD,
          credentialPublicKey: credential.publicKey,
        }),
        consent: { textVersion: '2026-01', textSha256: randomBytes(32), language: 'zh-CN', at: createdAt },
        evidence: playEvidence({}),
        comparison: { result: 'same', reason: 'measured', distance: 0.31 },
        operator: null,
        witness: null,
        software: { version: '0.2.0', models: [] },
        simulated: true,
      };
      const enrolment = edit === undefined ? plain : edit(plain);
      const sealed = sealEnrolment({ enrolment, signer, sealingPublicKey: sealing.publicKey });
      sequence += 1;
      const header: Envelope = {
        schema: 1,
        packetId,
        stationId: certificate.stationId,
        installation: certificate.installation,
        sequence,
        previous,
        createdAt,
        clockTrust: 'synchronised',
        sealedSize: sealed.length,
        sealedSha256: hashOf(sealed),
        stationKid: signer.kid,
        sealingKid: sealing.kid,
        auditHead: randomBytes(32),
        simulated: enrolment.simulated,
      };
      const opened = editEnvelope === undefined ? header : editEnvelope(header);
      const envelope = signEnvelope({ envelope: opened, signer });
      previous = hashOf(envelope);
      return { packetId, envelope, opened, sealed };
    },
    upload: (packet, options = {}) =>
      call({
        method: 'POST',
        path: REGISTRY_PATHS.packet(packet.packetId),
        contentType: REGISTRY_CONTENT_TYPES.upload,
        body: encodeUpload(packet),
        ...options,
      }),
  };
}

function holderFor(application: Application, { card }: Person): Enrolment['holder'] {
  switch (application) {
    case 'full':
    case 'upgrade': {
      const samId = '05.01-20231231-0001234567-0123456789';
      const reading = { text: chipText(card), photo: randomBytes(1024), record: card, samId };
      return { source: 'card', card: reading };
    }
    case 'basic':
      return { source: 'typed', typed: { number: card.number, name: card.name } };
    case 'report-lost':
      return { source: 'typed', typed: { number: card.number, name: null } };
  }
}

async function sealedPassword(told: {
  readonly application: Application;
  readonly digits: string;
  readonly credentialPublicKey: Uint8Array;
}): Promise<Enrolment['password']> {
  const { application, credentialPublicKey } = told;
  const password = new TextEncoder().encode(told.digits);
  if (application === 'upgrade' || application === 'report-lost') {
    return { kind: 'proof', sealed: sealPasswordProof({ password, credentialPublicKey }) };
  }
  const salt = randomBytes(16);
  return {
    kind: 'chosen',
    verifier: await makePasswordVerifier({ password, salt, credentialPublicKey }),
  };
}

function newNonce(): string {
  return Buffer.from(randomBytes(24)).toString('base64url');
}
