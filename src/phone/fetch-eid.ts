import * as v from 'valibot';
import {
  PhoneEidAnswerSchema,
  type ProblemCode,
  ProblemSchema,
  REGISTRY_CONTENT_TYPES,
  REGISTRY_LIMITS,
  REGISTRY_PATHS,
  TimeAnswerSchema,
  TrustAnswerSchema,
} from '#contract/registry-api.ts';
import type { RandomBytes } from '#domain/clock.ts';
import type { DecisionReason } from '#domain/enrolment/decision.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { decodeEidCode, type EidClaims, openEid } from '#protocol/eid-token.ts';
import { decodeBody, encodeBody } from '#protocol/http-body.ts';
import { signRequest, verifyResponse } from '#protocol/http-signature.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import type { Signer } from '#protocol/keys/signer.ts';
import { findVerifierIn, openTrustList, type TrustList } from '#protocol/trust-list.ts';
import type { LineAnswer, RegistryLine } from './registry-line.ts';

export interface PhoneFault {
  readonly reason:
    | 'unreachable'
    /** The root key is not the one that the phone was told, or did not sign the list. */
    | 'another-registry'
    /** The answer does not bear the registry's signature over this very request. */
    | 'unproven-answer'
    | 'unreadable-answer'
    /** The e-ID is not the issuer's, or names another phone's key. */
    | 'not-my-eid'
    | ProblemCode;
}

/** What a phone knows of its e-ID. */
export type FetchedEid =
  | { readonly status: 'issued'; readonly code: string; readonly claims: EidClaims }
  | { readonly status: 'referred' | 'rejected'; readonly reason: DecisionReason }
  /** The e-ID that named this phone's key was ended. */
  | { readonly status: 'revoked' }
  /** Still to be delivered, still to be decided, or never enrolled: the registry does not tell which. */
  | { readonly status: 'not-yet' };

/** Asks any server for the trust list, and believes what the root has signed that `isRoot` knows. */
export async function fetchTrustList(request: {
  /** `https://…` */
  readonly registryUrl: string;
  readonly isRoot: (rootPublicKey: Uint8Array) => boolean;
  readonly line: RegistryLine;
}): Promise<Result<TrustList, PhoneFault>> {
  const answer = await request.line({
    method: 'GET',
    url: new URL(REGISTRY_PATHS.trust, request.registryUrl),
    headers: {},
    body: null,
    authorities: null,
  });
  if (!answer.ok) return answer;
  const trust = decodeBody(answer.value.body, TrustAnswerSchema, REGISTRY_LIMITS.answerBytes);
  if (!trust.ok) return err({ reason: 'unreadable-answer' });
  const { rootPublicKey, trustList } = trust.value;
  if (!request.isRoot(rootPublicKey)) return err({ reason: 'another-registry' });
  const list = openTrustList({ bytes: trustList, root: nodeVerifier(rootPublicKey) });
  return list.ok ? list : err({ reason: 'another-registry' });
}

/**
 * Asks the registry what became of the enrolment that named this phone's key, proving with the key that it is the
 * phone's. The phone's clock may be years off: the registry's signed time is taken for one repetition.
 */
export async function fetchEid(request: {
  readonly registryUrl: string;
  readonly trust: TrustList;
  /** Holds the phone's key. */
  readonly signer: Signer;
  /** The phone's clock, milliseconds since 1970. */
  readonly now: () => number;
  readonly random: RandomBytes;
  readonly line: RegistryLine;
}): Promise<Result<FetchedEid, PhoneFault>> {
  const first = await ask({ ...request, at: request.now() });
  if (!first.ok) return first;
  const { answer, nonce } = first.value;
  const time = registryTime(answer);
  if (time === null) return readAnswer({ ...request, answer });
  if (time.nonce !== nonce) return err({ reason: 'unproven-answer' });
  const second = await ask({ ...request, at: time.now });
  return second.ok ? readAnswer({ ...request, answer: second.value.answer }) : second;
}

async function ask(request: {
  readonly registryUrl: string;
  readonly trust: TrustList;
  readonly signer: Signer;
  readonly random: RandomBytes;
  readonly line: RegistryLine;
  readonly at: number;
}): Promise<Result<{ readonly answer: LineAnswer; readonly nonce: string }, PhoneFault>> {
  const { trust, signer } = request;
  const url = new URL(REGISTRY_PATHS.phoneEid, request.registryUrl);
  const body = encodeBody({ publicKey: signer.publicKey });
  const nonce = hexOf(request.random(16));
  const headers = signRequest({
    ...{ body, nonce, signer },
    method: 'POST',
    targetUri: url.href,
    contentType: REGISTRY_CONTENT_TYPES.cbor,
    created: Math.floor(request.at / 1000),
  });
  const answer = await request.line({
    ...{ url, headers, body },
    method: 'POST',
    authorities: trust.tlsCertificates,
  });
  if (!answer.ok) return answer;
  const proven = verifyResponse({
    ...answer.value,
    requestSignature: headers.signature ?? '',
    findVerifier: findVerifierIn({ list: trust, use: 'acknowledgement' }),
  });
  return proven.ok ? ok({ answer: answer.value, nonce }) : err({ reason: 'unproven-answer' });
}

function registryTime({ headers, body }: LineAnswer): v.InferOutput<typeof TimeAnswerSchema> | null {
  if (headers['content-type'] !== REGISTRY_CONTENT_TYPES.time) return null;
  const time = decodeBody(body, TimeAnswerSchema, REGISTRY_LIMITS.answerBytes);
  return time.ok ? time.value : null;
}

async function readAnswer(request: {
  readonly trust: TrustList;
  readonly signer: Signer;
  readonly answer: LineAnswer;
}): Promise<Result<FetchedEid, PhoneFault>> {
  const { answer } = request;
  if (answer.headers['content-type'] === REGISTRY_CONTENT_TYPES.problem) return err(problemIn(answer));
  const read = decodeBody(answer.body, PhoneEidAnswerSchema, REGISTRY_LIMITS.answerBytes);
  if (answer.status !== 200 || !read.ok) return err({ reason: 'unreadable-answer' });
  if (read.value.status !== 'issued') return ok(read.value);
  const code = read.value.eid;
  const octets = await decodeEidCode(code);
  if (!octets.ok) return err({ reason: 'unreadable-answer' });
  const eid = openEid({
    octets: octets.value,
    findVerifier: findVerifierIn({ list: request.trust, use: 'issuer' }),
  });
  if (!eid.ok) return err({ reason: 'not-my-eid' });
  const { holderKey } = eid.value;
  const mine = holderKey !== null && sameBytes(holderKey, request.signer.publicKey);
  return mine ? ok({ status: 'issued', code, claims: eid.value }) : err({ reason: 'not-my-eid' });
}

function problemIn({ body }: LineAnswer): PhoneFault {
  const problem = v.safeParse(
    v.pipe(v.string(), v.parseJson(), ProblemSchema),
    new TextDecoder().decode(body),
  );
  return { reason: problem.success ? problem.output.title : 'unreadable-answer' };
}

function hexOf(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
}
