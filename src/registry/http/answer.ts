import { type Problem, type ProblemCode, REGISTRY_CONTENT_TYPES } from '#contract/registry-api.ts';
import type { BodyValue } from '#protocol/http-body.ts';
import { encodeBody } from '#protocol/http-body.ts';

/** What goes back over HTTP, before it is signed. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** Seconds for which a cache may give out a copy, and an ETag with it; kept by nobody when it is left out. */
  readonly maxAgeSeconds?: number;
}

export function cborAnswer(value: BodyValue, status = 200): Answer {
  return { status, contentType: REGISTRY_CONTENT_TYPES.cbor, body: encodeBody(value) };
}

/** RFC 9457. `detail` names what and where; it must not quote what was sent. */
export function problemAnswer(code: ProblemCode, detail: string): Answer {
  const problem: Problem = {
    type: `urn:eid-terminal:problem:${code}`,
    title: code,
    status: STATUS_OF[code],
    detail,
  };
  return {
    status: problem.status,
    contentType: REGISTRY_CONTENT_TYPES.problem,
    body: new TextEncoder().encode(JSON.stringify(problem)),
  };
}

const STATUS_OF: Record<ProblemCode, number> = {
  'bad-request': 400,
  'bad-signature': 401,
  'unknown-station': 401,
  'revoked-station': 403,
  replayed: 401,
  'not-found': 404,
  'too-large': 413,
  'too-many': 429,
  'wrong-content-type': 415,
  'code-unknown': 403,
  'code-expired': 403,
  'code-used': 403,
  'code-blocked': 403,
  'code-for-another-station': 403,
  'bad-proof': 403,
  'key-in-use': 409,
  unavailable: 503,
  internal: 500,
};
