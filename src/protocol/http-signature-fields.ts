import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import type { HttpSignatureFault } from './http-signature.ts';

/** What `signature-input` says of the one signature `sig1`. */
export interface SignatureParameters {
  /** Component identifiers as they stand there, e.g. `"@method"` with its quotes. */
  readonly components: readonly string[];
  /** Whole seconds since 1970. */
  readonly created: number;
  readonly kid: Uint8Array;
  readonly alg: string;
  readonly nonce: string | null;
  readonly tag: string;
}

export function writeParameters(parameters: Omit<SignatureParameters, 'alg'>): string {
  const { components, created, kid, nonce, tag } = parameters;
  const nonceParameter = nonce === null ? '' : `;nonce="${nonce}"`;
  const keyid = Buffer.from(kid).toString('hex');
  return `(${components.join(' ')});created=${created};keyid="${keyid}";alg="ed25519"${nonceParameter};tag="${tag}"`;
}

type HeaderValue = string | readonly string[] | undefined;

/**
 * The subset of Structured Fields (RFC 9651) that RFC 9421 needs for one signature. Parameters may stand in any order,
 * each once; other labels, other parameters and a second signature are refused.
 */
export function readSignature(
  input: HeaderValue,
  signature: HeaderValue,
): Result<
  { readonly parameters: SignatureParameters; readonly raw: string; readonly signature: Uint8Array },
  HttpSignatureFault
> {
  if (input === undefined || signature === undefined) {
    return err({ reason: 'missing-signature', where: input === undefined ? 'signature-input' : 'signature' });
  }
  if (typeof input !== 'string' || input.length > 1000) return malformed('signature-input');
  if (typeof signature !== 'string') return malformed('signature');
  const octets = /^sig1=:([A-Za-z0-9+/]{86}==):$/.exec(signature.trim())?.[1];
  if (octets === undefined) return malformed('signature');
  const split = /^sig1=(\(([^()]*)\)((?:;[a-z]+=(?:"[\x20-\x21\x23-\x5b\x5d-\x7e]*"|\d{1,15}))*))$/.exec(
    input.trim(),
  );
  if (!split) return malformed('signature-input');
  const [, raw = '', list = '', tail = ''] = split;
  const components = list.match(/"[a-z0-9@-]+"(?:;req)?(?:;key="[a-z0-9]+")?/g) ?? [];
  if (components.join(' ') !== list) return malformed('covered components');
  const parameters = readTail(tail);
  if (!parameters) return malformed('signature-input');
  const created = parameters.get('created') ?? '';
  const keyid = /^"([0-9a-f]{16})"$/.exec(parameters.get('keyid') ?? '')?.[1];
  const nonce = parameters.get('nonce');
  const bareNonce = nonce === undefined ? null : (/^"([A-Za-z0-9_-]{16,64})"$/.exec(nonce)?.[1] ?? undefined);
  if (!/^\d+$/.test(created)) return malformed('created');
  if (keyid === undefined) return malformed('keyid');
  if (bareNonce === undefined) return malformed('nonce');
  return ok({
    parameters: {
      components,
      created: Number(created),
      kid: new Uint8Array(Buffer.from(keyid, 'hex')),
      alg: unquoted(parameters.get('alg')),
      nonce: bareNonce,
      tag: unquoted(parameters.get('tag')),
    },
    raw,
    signature: new Uint8Array(Buffer.from(octets, 'base64')),
  });
}

const KNOWN = new Set(['created', 'keyid', 'alg', 'nonce', 'tag']);

function readTail(tail: string): ReadonlyMap<string, string> | null {
  const parameters = new Map<string, string>();
  for (const [, name = '', value = ''] of tail.matchAll(/;([a-z]+)=("[^"]*"|\d+)/g)) {
    if (!KNOWN.has(name) || parameters.has(name)) return null;
    parameters.set(name, value);
  }
  return parameters;
}

function unquoted(value: string | undefined): string {
  return /^"(.*)"$/.exec(value ?? '')?.[1] ?? '';
}

function malformed(where: string): { readonly ok: false; readonly error: HttpSignatureFault } {
  return err({ reason: 'malformed-signature', where });
}
