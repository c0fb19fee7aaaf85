import type { Result } from '#domain/result.ts';

/** How a phone reaches the registry. Bytes over TLS; what they mean is judged by whoever asked. */
export type RegistryLine = (call: {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  /** Certificates (PEM) that the server's must chain to; null believes any server. */
  readonly authorities: readonly string[] | null;
}) => Promise<Result<LineAnswer, { readonly reason: 'unreachable' }>>;

export interface LineAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
