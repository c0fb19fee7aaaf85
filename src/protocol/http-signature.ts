import { createHash, timingSafeEqual } from 'node:crypto';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { readSignature, type SignatureParameters, writeParameters } from './http-signature-fields.ts';
import type { FindVerifier, Signer } from './keys/signer.ts';

/** `tag` parameter (RFC 9421 section 2.3): our signatures mean nothing anywhere else. */
export const HTTP_SIGNATURE_TAG = 'eid-terminal';

/** Lower-case names. A header that came twice is an array and is refused. */
export type HeaderFields = Readonly<Record<string, string | readonly string[] | undefined>>;

export type HttpSignatureReason =
  | 'missing-signature'
  | 'malformed-signature'
  | 'wrong-algorithm'
  | 'wrong-tag'
  | 'not-covered'
  | 'wrong-digest'
  | 'unknown-key'
  | 'bad-signature';

export interface HttpSignatureFault {
  readonly reason: HttpSignatureReason;
  readonly where: string;
}

const REQUEST_COMPONENTS = ['"@method"', '"@target-uri"'] as const;
const BODY_COMPONENTS = ['"content-type"', '"content-digest"'] as const;
const RESPONSE_COMPONENTS = ['"@status"', '"content-digest"', '"signature";req;key="sig1"'] as const;

/** RFC 9530, sha-256 only. */
export function contentDigestOf(body: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

/**
 * Headers that sign a request (RFC 9421). Covered: `@method` and `@target-uri`, and with a body `content-type` and
 * `content-digest`. `created` is in whole seconds since 1970. The nonce comes back in the registry's answer.
 */
export function signRequest(request: {
  readonly method: string;
  readonly targetUri: string;
  readonly contentType?: string;
  readonly body?: Uint8Array;
  readonly signer: Signer;
  readonly created: number;
  /** 16 to 64 characters of base64url. */
  readonly nonce: string;
}): Record<string, string> {
  const { body, contentType, signer, created, nonce } = request;
  const hasBody = body !== undefined && body.length > 0;
  if (hasBody && contentType === undefined) throw new Error('a body needs a content type');
  const bodyHeaders: Record<string, string> = hasBody
    ? { 'content-type': contentType ?? '', 'content-digest': contentDigestOf(body) }
    : {};
  const components = hasBody ? [...REQUEST_COMPONENTS, ...BODY_COMPONENTS] : [...REQUEST_COMPONENTS];
  const values = requestValues(request.method, request.targetUri, bodyHeaders);
  return { ...bodyHeaders, ...signatureHeaders({ components, values, created, nonce, signer }) };
}

export function verifyRequest(request: {
  readonly method: string;
  /** The absolute URI as the client meant it. */
  readonly targetUri: string;
  readonly headers: HeaderFields;
  readonly body: Uint8Array;
  readonly findVerifier: FindVerifier;
}): Result<
  { readonly kid: Uint8Array; readonly created: number; readonly nonce: string },
  HttpSignatureFault
> {
  const { headers, body } = request;
  const needed: string[] = [...REQUEST_COMPONENTS, ...(body.length > 0 ? BODY_COMPONENTS : [])];
  const verified = verifyFields({
    headers,
    body,
    needed,
    allowed: [...REQUEST_COMPONENTS, ...BODY_COMPONENTS],
    values: requestValues(request.method, request.targetUri, headers),
    findVerifier: request.findVerifier,
  });
  if (!verified.ok) return verified;
  const { kid, created, nonce } = verified.value;
  return nonce === null
    ? err({ reason: 'malformed-signature', where: 'nonce' })
    : ok({ kid, created, nonce });
}

/** Signs an answer over `@status`, `content-digest` and the signature of the very request that it answers. */
export function signResponse(response: {
  readonly status: number;
  readonly body: Uint8Array;
  /** `signature` header of the request. */
  readonly requestSignature: string;
  readonly signer: Signer;
  /** Whole seconds since 1970. */
  readonly created: number;
}): Record<string, string> {
  const digest = contentDigestOf(response.body);
  const values = responseValues(response.status, digest, response.requestSignature);
  const components = [...RESPONSE_COMPONENTS];
  const { created, signer } = response;
  return {
    'content-digest': digest,
    ...signatureHeaders({ components, values, created, nonce: null, signer }),
  };
}

export function verifyResponse(response: {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly body: Uint8Array;
  /** `signature` header of the request that was sent. */
  readonly requestSignature: string;
  readonly findVerifier: FindVerifier;
}): Result<{ readonly kid: Uint8Array; readonly created: number }, HttpSignatureFault> {
  const { headers, body, findVerifier } = response;
  const digest = headers['content-digest'];
  const verified = verifyFields({
    headers,
    body,
    needed: [...RESPONSE_COMPONENTS],
    allowed: [...RESPONSE_COMPONENTS],
    values: responseValues(
      response.status,
      typeof digest === 'string' ? digest : undefined,
      response.requestSignature,
    ),
    findVerifier,
  });
  return verified.ok ? ok({ kid: verified.value.kid, created: verified.value.created }) : verified;
}

type ComponentValues = Readonly<Record<string, string | undefined>>;

function requestValues(method: string, targetUri: string, headers: HeaderFields): ComponentValues {
  const single = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value.trim() : undefined;
  };
  return {
    '"@method"': method.toUpperCase(),
    '"@target-uri"': targetUri,
    '"content-type"': single('content-type'),
    '"content-digest"': single('content-digest'),
  };
}

function responseValues(
  status: number,
  digest: string | undefined,
  requestSignature: string,
): ComponentValues {
  // RFC 9421 section 2.1.2: the member's value of the dictionary, without its key.
  const member = /^sig1=(:[A-Za-z0-9+/]+={0,2}:)$/.exec(requestSignature)?.[1];
  return {
    '"@status"': String(status),
    '"content-digest"': digest,
    '"signature";req;key="sig1"': member,
  };
}

/** RFC 9421 section 2.5: one line a component, then the parameters without a line end. */
function signatureBase(
  components: readonly string[],
  values: ComponentValues,
  parameters: string,
): Uint8Array | null {
  const lines: string[] = [];
  for (const component of components) {
    const value = values[component];
    if (value === undefined || /[\r\n]/.test(value)) return null;
    lines.push(`${component}: ${value}`);
  }
  return new TextEncoder().encode([...lines, `"@signature-params": ${parameters}`].join('\n'));
}

function signatureHeaders(options: {
  readonly components: readonly string[];
  readonly values: ComponentValues;
  readonly created: number;
  readonly nonce: string | null;
  readonly signer: Signer;
}): Record<string, string> {
  const { components, values, created, nonce, signer } = options;
  const parameters = writeParameters({
    components,
    created,
    kid: signer.kid,
    nonce,
    tag: HTTP_SIGNATURE_TAG,
  });
  const base = signatureBase(components, values, parameters);
  if (!base) throw new Error('a component of the signature has no value');
  const signature = Buffer.from(signer.sign(base)).toString('base64');
  return { 'signature-input': `sig1=${parameters}`, signature: `sig1=:${signature}:` };
}

function verifyFields(options: {
  readonly headers: HeaderFields;
  readonly body: Uint8Array;
  readonly needed: readonly string[];
  readonly allowed: readonly string[];
  readonly values: ComponentValues;
  readonly findVerifier: FindVerifier;
}): Result<SignatureParameters, HttpSignatureFault> {
  const { headers, body, needed, allowed, values, findVerifier } = options;
  const read = readSignature(headers['signature-input'], headers.signature);
  if (!read.ok) return read;
  const { parameters, raw, signature } = read.value;
  if (parameters.alg !== 'ed25519') return err({ reason: 'wrong-algorithm', where: 'alg' });
  if (parameters.tag !== HTTP_SIGNATURE_TAG) return err({ reason: 'wrong-tag', where: 'tag' });
  const { components } = parameters;
  if (new Set(components).size !== components.length || components.some((name) => !allowed.includes(name))) {
    return err({ reason: 'malformed-signature', where: 'covered components' });
  }
  const missing = needed.find((name) => !components.includes(name));
  if (missing !== undefined) return err({ reason: 'not-covered', where: missing });
  if (components.includes('"content-digest"') && !digestFits(values['"content-digest"'], body)) {
    return err({ reason: 'wrong-digest', where: 'content-digest' });
  }
  const base = signatureBase(components, values, raw);
  if (!base) return err({ reason: 'not-covered', where: 'covered components' });
  const verifier = findVerifier(parameters.kid);
  if (!verifier) return err({ reason: 'unknown-key', where: 'keyid' });
  return verifier.verify(base, signature)
    ? ok(parameters)
    : err({ reason: 'bad-signature', where: 'signature' });
}

function digestFits(given: string | undefined, body: Uint8Array): boolean {
  const expected = Buffer.from(contentDigestOf(body));
  const actual = Buffer.from(given ?? '');
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
