import { REGISTRY_CONTENT_TYPES, REGISTRY_LIMITS, TimeAnswerSchema } from '#contract/registry-api.ts';
import type { RandomBytes } from '#domain/clock.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { decodeBody } from '#protocol/http-body.ts';
import { signRequest, verifyResponse } from '#protocol/http-signature.ts';
import type { FindVerifier, Signer } from '#protocol/keys/signer.ts';
import type { StationClock } from '#station/clock/station-clock.ts';
import type { HttpsTransport, TransportFault } from './https-transport.ts';

/** A call's answer, proven to be the registry's and to belong to this very call. */
export interface ProvenAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly retryAfterMs: number | null;
}

export type CallFault =
  | TransportFault
  /** Whatever answered, it was not our registry: a proxy, a captive portal, a failing front end. */
  | { readonly reason: 'unproven-answer'; readonly status: number; readonly retryAfterMs: number | null }
  /** The registry finds our time too far off even after we took its time over. */
  | { readonly reason: 'time-refused' };

export interface RegistryCall {
  readonly method: 'GET' | 'POST';
  /** With its query, from `REGISTRY_PATHS`. */
  readonly path: string;
  readonly contentType?: string;
  readonly body?: Uint8Array;
  readonly deadlineMs: number;
}

/** Signed calls to one registry with the key of one installation. */
export interface RegistryConnection {
  call(call: RegistryCall): Promise<Result<ProvenAnswer, CallFault>>;
  close(): void;
}

const NONCE_BYTES = 24;

export function registryConnection(options: {
  readonly registryUrl: string;
  readonly transport: HttpsTransport;
  readonly signer: Signer;
  /** Keys that the registry's answers may be signed with. */
  readonly findVerifier: FindVerifier;
  readonly clock: StationClock;
  readonly monotonic: () => number;
  readonly randomBytes: RandomBytes;
}): RegistryConnection {
  const { transport, clock, monotonic } = options;

  async function once(call: RegistryCall): Promise<Result<ProvenAnswer & AskedAt, CallFault>> {
    const url = new URL(call.path, options.registryUrl);
    const nonce = Buffer.from(options.randomBytes(NONCE_BYTES)).toString('base64url');
    const signed = signRequest({
      method: call.method,
      targetUri: url.href,
      ...(call.body === undefined ? {} : { body: call.body }),
      ...(call.contentType === undefined ? {} : { contentType: call.contentType }),
      signer: options.signer,
      created: Math.floor(clock.now() / 1000),
      nonce,
    });
    const askedAt = monotonic();
    const sent = await transport.send({
      method: call.method,
      url,
      headers: signed,
      body: call.body ?? (call.method === 'POST' ? new Uint8Array(0) : null),
      deadlineMs: call.deadlineMs,
      largestAnswer: REGISTRY_LIMITS.answerBytes,
    });
    if (!sent.ok) return sent;
    const answeredAt = monotonic();
    const { status, headers, body } = sent.value;
    const retryAfterMs = retryAfter(headers['retry-after']);
    const proven = verifyResponse({
      status,
      headers,
      body,
      requestSignature: signed.signature ?? '',
      findVerifier: options.findVerifier,
    });
    if (!proven.ok) return err({ reason: 'unproven-answer', status, retryAfterMs });
    const contentType = headers['content-type'] ?? '';
    return ok({ status, contentType, body, retryAfterMs, nonce, askedAt, answeredAt });
  }

  return {
    call: async (call) => {
      const first = await once(call);
      if (!first.ok) return first;
      if (!takeTime(first.value, clock)) {
        clock.heard();
        return first;
      }
      if (first.value.status < 400) return first;
      // Our time was too far off; now the clock has the registry's, and the call is made once more.
      const second = await once(call);
      if (!second.ok) return second;
      const refusedAgain = takeTime(second.value, clock) && second.value.status >= 400;
      return refusedAgain ? err({ reason: 'time-refused' }) : second;
    },
    close: () => transport.close(),
  };
}

interface AskedAt {
  readonly nonce: string;
  readonly askedAt: number;
  readonly answeredAt: number;
}

/** Believes a time only when it answers the nonce of this very call. True when it did. */
function takeTime(answer: ProvenAnswer & AskedAt, clock: StationClock): boolean {
  if (answer.contentType !== REGISTRY_CONTENT_TYPES.time) return false;
  const time = decodeBody(answer.body, TimeAnswerSchema, REGISTRY_LIMITS.requestBytes);
  if (!time.ok || time.value.nonce !== answer.nonce) return false;
  clock.proven({
    registryTime: time.value.now,
    askedAt: answer.askedAt,
    answeredAt: answer.answeredAt,
  });
  return true;
}

/** Seconds only (RFC 9110 section 10.2.3): a date would need a clock that we do not trust. */
function retryAfter(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) * 1000 : null;
}
