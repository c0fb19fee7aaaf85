import type { RandomBytes } from '#domain/clock.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import { sealingKeyPairFrom } from '#protocol/sealing.ts';
import type { DataFolder } from '../founding/found-registry.ts';
import { readSecret } from '../founding/secret-files.ts';
import { createIssuance, type Issuance } from './issuance.ts';

/** Opens the part that can issue, over the secrets of a founded registry. */
export async function openIssuance(options: {
  readonly folder: DataFolder;
  /** What e-IDs name as their issuer. */
  readonly issuer: string;
  readonly randomBytes: RandomBytes;
}): Promise<{
  readonly issuance: Issuance;
  readonly listedKeys: readonly { readonly use: 'issuer' | 'credential'; readonly publicKey: Uint8Array }[];
}> {
  const { folder, issuer, randomBytes } = options;
  const signer = nodeSigner(await readSecret(folder.keys, 'issuer'));
  const credentialKey = sealingKeyPairFrom(await readSecret(folder.keys, 'credential'));
  const pepper = await readSecret(folder.keys, 'pepper');
  return {
    issuance: createIssuance({ signer, credentialKey, pepper, issuer, randomBytes }),
    listedKeys: [
      { use: 'issuer', publicKey: signer.publicKey },
      { use: 'credential', publicKey: credentialKey.publicKey },
    ],
  };
}
