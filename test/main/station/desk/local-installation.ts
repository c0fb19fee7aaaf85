import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import { newSealingKeyPair, type SealingKeyPair } from '#protocol/sealing.ts';
import { signStationCertificate } from '#protocol/station-certificate.ts';
import { type KeyUse, signTrustList, trustedKidOf } from '#protocol/trust-list.ts';
import { fileKeyStore } from '#station/keys/file-key-store.ts';
import { stationKeys } from '#station/keys/station-keys.ts';
import { installationStore } from '#station/provisioning/installation-store.ts';
import { openVault } from '#station/vault/vault.ts';

const HOUR = 3_600_000;

/** The registry's secrets, for tests that play the registry. */
export interface LocalRegistryKeys {
  readonly root: ReturnType<typeof nodeSigner>;
  readonly acknowledgement: ReturnType<typeof nodeSigner>;
  readonly issuer: ReturnType<typeof nodeSigner>;
  readonly staff: ReturnType<typeof nodeSigner>;
  readonly sealing: SealingKeyPair;
  readonly credential: SealingKeyPair;
}

export interface LocalInstallation {
  readonly stationId: string;
  readonly installation: number;
  readonly registryUrl: string;
  readonly publicKey: Uint8Array;
  readonly certificate: Uint8Array;
  readonly registry: LocalRegistryKeys;
  /** The next trust list of this registry, with another issuer key beside the first. */
  nextTrustList(issuerKey: Uint8Array): Uint8Array;
}

const random = (length: number) => new Uint8Array(randomBytes(length));

/**
 * Leaves in a data folder what provisioning leaves there, with a registry of one's own making: key file, certificate
 * and trust list. For tests and benches that need a station and no registry, or play the registry themselves.
 */
export async function installLocally(options: {
  readonly folder: string;
  readonly registryUrl?: string;
  /** PEM of the authority that the registry's TLS certificate chains to. */
  readonly tlsCertificate?: string;
  /** When certificate and sealing key end; in six weeks unless given. */
  readonly certifiedUntil?: number;
  readonly sealingUntil?: number;
}): Promise<LocalInstallation> {
  const registry: LocalRegistryKeys = {
    root: nodeSigner(random(32)),
    acknowledgement: nodeSigner(random(32)),
    issuer: nodeSigner(random(32)),
    staff: nodeSigner(random(32)),
    sealing: newSealingKeyPair(random),
    credential: newSealingKeyPair(random),
  };
  const now = Math.floor(Date.now() / 1000) * 1000;
  const period = { validFrom: now - HOUR, validUntil: now + 1000 * HOUR };
  const key = (use: KeyUse, publicKey: Uint8Array, validUntil = period.validUntil) => ({
    kid: trustedKidOf({ use, publicKey }),
    use,
    publicKey,
    ...period,
    validUntil,
  });
  const trustListOf = (version: number, issuerKeys: readonly Uint8Array[]) =>
    signTrustList({
      signer: registry.root,
      trustList: {
        version,
        issuedAt: now,
        keys: [
          key('sealing', registry.sealing.publicKey, options.sealingUntil),
          key('credential', registry.credential.publicKey),
          key('acknowledgement', registry.acknowledgement.publicKey),
          ...issuerKeys.map((publicKey) => key('issuer', publicKey)),
          key('staff', registry.staff.publicKey),
        ],
        tlsCertificates: [
          options.tlsCertificate ?? '-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n',
        ],
        registryName: 'Test registry',
        mode: 'demo',
      },
    });
  const trustList = trustListOf(1, [registry.issuer.publicKey]);
  const registryUrl = options.registryUrl ?? 'https://127.0.0.1:1';
  const seed = random(32);
  const { publicKey } = stationKeys(seed);
  const stationId = 'TEST-1';
  const certificate = signStationCertificate({
    signer: registry.root,
    certificate: {
      issuer: 'Test registry',
      stationId,
      installation: 1,
      publicKey,
      issuedAt: now,
      ...period,
      validUntil: options.certifiedUntil ?? period.validUntil,
    },
  });
  const vault = openVault({ folder: options.folder });
  if (!vault.ok) throw new Error(vault.error.reason);
  await fileKeyStore({ path: join(options.folder, 'station.key') }).storeSeed(seed);
  installationStore(vault.value.database).add({
    installation: {
      stationId,
      installation: 1,
      registryUrl,
      rootKey: registry.root.publicKey,
      publicKey,
      certificate,
      provisionedAt: now,
    },
    trustList: { version: 1, signed: trustList },
  });
  vault.value.close();
  return {
    ...{ stationId, installation: 1, registryUrl, publicKey, certificate, registry },
    nextTrustList: (issuerKey) => trustListOf(2, [registry.issuer.publicKey, issuerKey]),
  };
}
