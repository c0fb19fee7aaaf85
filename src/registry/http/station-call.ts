import type { FastifyRequest } from 'fastify';
import { REGISTRY_CONTENT_TYPES, REGISTRY_LIMITS } from '#contract/registry-api.ts';
import type { Clock } from '#domain/clock.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { encodeBody } from '#protocol/http-body.ts';
import { type HeaderFields, type HttpSignatureFault, verifyRequest } from '#protocol/http-signature.ts';
import { readSignature } from '#protocol/http-signature-fields.ts';
import type { FindVerifier } from '#protocol/keys/signer.ts';
import type { Installation, StationDirectory } from '../provisioning/station-directory.ts';
import { type Answer, problemAnswer } from './answer.ts';
import type { ReplayGuard } from './replay-guard.ts';

/** A request that a known installation signed. */
export interface StationCall {
  readonly caller: Installation;
  /** The signature's `nonce`. */
  readonly nonce: string;
  readonly body: Uint8Array;
}

/** `any` for what must work whatever a station's clock says: uploads, and asking for the time. */
export type FreshnessRule = 'fresh' | 'any';

/** Finds out who calls. The error is the answer to give. */
export async function identifyCaller(ports: {
  readonly request: FastifyRequest;
  readonly freshness: FreshnessRule;
  readonly directory: StationDirectory;
  readonly replays: ReplayGuard;
  readonly clock: Clock;
}): Promise<Result<StationCall, Answer>> {
  const { request } = ports;
  const kid = kidNamedBy(request.headers);
  if (!kid.ok) return err(signatureProblem(kid.error));
  const caller = await ports.directory.find(kid.value);
  if (caller === null) return err(problemAnswer('unknown-station', 'keyid: no installation has this key'));
  const verified = verifySignature(request, () => caller.verifier);
  if (!verified.ok) return err(signatureProblem(verified.error));
  if (caller.revokedAt !== null) {
    return err(problemAnswer('revoked-station', 'keyid: this installation was revoked'));
  }
  if (ports.freshness === 'fresh') {
    const refused = admitOnce({ ...ports, ...verified.value });
    if (refused !== null) return err(refused);
  }
  return ok({ caller, nonce: verified.value.nonce, body: bodyOf(request) });
}

/**
 * Admits a verified request that is fresh and comes for the first time. Otherwise gives the answer: the registry's time
 * to a clock that is off, so that the call can be repeated with it, or `replayed`.
 */
export function admitOnce(ports: {
  readonly kid: Uint8Array;
  /** Whole seconds since 1970. */
  readonly created: number;
  readonly nonce: string;
  readonly replays: ReplayGuard;
  readonly clock: Clock;
}): Answer | null {
  const { kid, created, nonce } = ports;
  const now = ports.clock.now();
  if (Math.abs(now - created * 1000) > REGISTRY_LIMITS.skewMs) return timeAnswer(now, nonce, 401);
  return ports.replays.admit({ kid, nonce, now })
    ? null
    : problemAnswer('replayed', 'nonce: this request came before');
}

/** Verifies a request's signature with the key that `findVerifier` gives. */
export function verifySignature(
  request: FastifyRequest,
  findVerifier: FindVerifier,
): ReturnType<typeof verifyRequest> {
  return verifyRequest({
    method: request.method,
    // The authority as the client meant it: it checked the server's certificate against that very name.
    targetUri: `https://${request.headers.host ?? ''}${request.url}`,
    headers: request.headers,
    body: bodyOf(request),
    findVerifier,
  });
}

export function signatureProblem(fault: HttpSignatureFault): Answer {
  return problemAnswer('bad-signature', `${fault.where}: ${fault.reason}`);
}

/** The registry's time and the request's own nonce: signed with the answer, this is what moves a station's clock. */
export function timeAnswer(now: number, nonce: string, status: 200 | 401): Answer {
  return { status, contentType: REGISTRY_CONTENT_TYPES.time, body: encodeBody({ now, nonce }) };
}

export function bodyOf(request: FastifyRequest): Uint8Array {
  return Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : new Uint8Array(0);
}

function kidNamedBy(headers: HeaderFields): Result<Uint8Array, HttpSignatureFault> {
  const read = readSignature(headers['signature-input'], headers.signature);
  return read.ok ? ok(read.value.parameters.kid) : read;
}
