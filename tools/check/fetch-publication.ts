import { REGISTRY_LIMITS, REGISTRY_PATHS } from '#contract/registry-api.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import { openTrustList } from '#protocol/trust-list.ts';
import { fetchTrust } from '#station/sync/fetch-trust.ts';
import { httpsTransport } from '#station/sync/https-transport.ts';

const DEADLINE_MS = 20_000;

/**
 * Fetches what a registry publishes. The root key decides which server is believed: it has signed the list that names
 * the server's certificates.
 */
export async function fetchPublication(request: {
  readonly registryUrl: string;
  /** The registry's root key, 32 bytes. */
  readonly root: Uint8Array;
}): Promise<Result<Uint8Array, 'unreachable' | 'another-root' | 'no-publication'>> {
  const { registryUrl, root } = request;
  const open = httpsTransport({ trust: { kind: 'anyone' } });
  const trust = await fetchTrust({ transport: open, registryUrl });
  open.close();
  if (!trust.ok) return err('unreachable');
  if (!sameBytes(trust.value.rootPublicKey, root)) return err('another-root');
  const list = openTrustList({ bytes: trust.value.trustList, root: nodeVerifier(root) });
  if (!list.ok) return err('another-root');
  const certificates = list.value.tlsCertificates;
  const pinned = httpsTransport({ trust: { kind: 'pinned', certificates: () => certificates } });
  const answer = await pinned.send({
    method: 'GET',
    url: new URL(REGISTRY_PATHS.publication, registryUrl),
    headers: {},
    body: null,
    deadlineMs: DEADLINE_MS,
    largestAnswer: REGISTRY_LIMITS.publicationBytes,
  });
  pinned.close();
  if (!answer.ok) return err('unreachable');
  return answer.value.status === 200 ? ok(answer.value.body) : err('no-publication');
}
