import { REGISTRY_LIMITS, REGISTRY_PATHS } from '#contract/registry-api.ts';
import type { ReferencePhone } from '#phone/reference-phone.ts';
import { httpsTransport } from '#station/sync/https-transport.ts';
import { drawCode, fetchCode, trustListFor } from './citizen-eid.ts';

/** What anybody outside the hall can have of the registry: phones have a network of their own. */
export interface RegistryDesk {
  /** Ed25519. */
  readonly issuerKey: Uint8Array;
  /** Asks with the phone's key; draws the code as the phone would show it. */
  fetchEid(request: { readonly phone: ReferencePhone; readonly picture: string }): Promise<string>;
  /** Everything that is needed to check slips and e-IDs offline, as the registry publishes it now. */
  publication(): Promise<Uint8Array>;
}

export async function openRegistryDesk(place: {
  readonly registryUrl: string;
  /** The provisioning code: it names the registry's root. */
  readonly code: string;
}): Promise<RegistryDesk> {
  const { registryUrl, code } = place;
  const trust = await trustListFor(registryUrl, code);
  const issuerKey = trust.keys.find(({ use }) => use === 'issuer')?.publicKey;
  if (issuerKey === undefined) throw new Error('the trust list names no issuer');
  return {
    issuerKey,
    async fetchEid({ phone, picture }) {
      const eid = await fetchCode({ registryUrl, trust, phone });
      if (eid === null) throw new Error('the registry has issued, and the phone is told that it has not');
      await drawCode(eid, picture);
      return eid;
    },
    async publication() {
      const transport = httpsTransport({
        trust: { kind: 'pinned', certificates: () => trust.tlsCertificates },
      });
      try {
        const answer = await transport.send({
          method: 'GET',
          url: new URL(`${registryUrl}${REGISTRY_PATHS.publication}`),
          headers: {},
          body: null,
          deadlineMs: 10_000,
          largestAnswer: REGISTRY_LIMITS.publicationBytes,
        });
        if (!answer.ok || answer.value.status !== 200) throw new Error('the registry publishes nothing');
        return answer.value.body;
      } finally {
        transport.close();
      }
    },
  };
}
