import { type Publication, PublicationSchema, REGISTRY_LIMITS } from '#contract/registry-api.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { decodeBody } from '#protocol/http-body.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import type { Verifier } from '#protocol/keys/signer.ts';
import { openStationCertificate, type StationCertificate } from '#protocol/station-certificate.ts';
import { openStatusList, type StatusList, statusBlockOf } from '#protocol/status-list.ts';
import { findVerifierIn, openTrustList, type TrustList } from '#protocol/trust-list.ts';

/** What a registry published, verified under its root as far as it is asked for. */
export interface OpenPublication {
  readonly trust: TrustList;
  /** The station whose key this is, and when its installation was revoked; null when the root certified no such key. */
  station(kid: Uint8Array): CertifiedStation | null;
  /** Null when there is none for the place of an e-ID, or none that the issuer has signed. */
  statusList(statusIndex: number): Promise<StatusList | null>;
}

export interface CertifiedStation {
  readonly certificate: StationCertificate;
  readonly verifier: Verifier;
  readonly revokedAt: number | null;
}

export type PublicationFault = 'not-a-publication' | 'another-root' | 'not-signed-by-its-root';

/**
 * `root` is the registry's root key (32 bytes) as the operator made it known; without it the file is believed as far as
 * the way that it came.
 */
export function openPublication(request: {
  readonly octets: Uint8Array;
  readonly root: Uint8Array | null;
}): Result<OpenPublication, PublicationFault> {
  const body = decodeBody(request.octets, PublicationSchema, REGISTRY_LIMITS.publicationBytes);
  if (!body.ok) return err('not-a-publication');
  const published: Publication = body.value;
  if (request.root !== null && !sameBytes(request.root, published.rootPublicKey)) return err('another-root');
  const root = nodeVerifier(published.rootPublicKey);
  const trust = openTrustList({ bytes: published.trustList, root });
  if (!trust.ok) return err('not-signed-by-its-root');
  const issuerKeys = findVerifierIn({ list: trust.value, use: 'issuer' });
  const byRoot = (kid: Uint8Array) => (sameBytes(kid, root.kid) ? root : undefined);

  return ok({
    trust: trust.value,
    station: (kid) => {
      for (const { certificate: bytes, revokedAt } of published.stations) {
        // Read without belief first: of thousands of certificates one is wanted, and only that one is verified.
        const read = openStationCertificate({
          bytes,
          findVerifier: (id) => ({ kid: id, verify: () => true }),
        });
        if (!read.ok) continue;
        const verifier = nodeVerifier(read.value.publicKey);
        if (!sameBytes(verifier.kid, kid)) continue;
        const certificate = openStationCertificate({ bytes, findVerifier: byRoot });
        if (certificate.ok) return { certificate: certificate.value, verifier, revokedAt };
      }
      return null;
    },
    statusList: async (statusIndex) => {
      const block = statusBlockOf(statusIndex);
      let newest: StatusList | null = null;
      for (const octets of published.statusLists) {
        const list = await openStatusList({ octets, findVerifier: issuerKeys });
        if (!list.ok || list.value.block !== block) continue;
        if (newest === null || list.value.issuedAt > newest.issuedAt) newest = list.value;
      }
      return newest;
    },
  });
}
