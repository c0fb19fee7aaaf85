import { err, ok, type Result } from '#domain/result.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import type { FindVerifier } from '#protocol/keys/signer.ts';
import {
  acceptTrustList,
  currentKey,
  findVerifierIn,
  type KeyUse,
  openTrustList,
  type TrustedKey,
  type TrustList,
} from '#protocol/trust-list.ts';
import type { InstallationStore } from './installation-store.ts';

/** Uses of keys that sign; the others are sealed to. */
export type SignatureUse = Exclude<KeyUse, 'sealing' | 'credential'>;

/** The trust list in force for one root key, and what it says. */
export interface TrustKeeper {
  list(): TrustList;
  /** Key to use now. A clock that is far off finds none valid; then the newest stands: it never blocks anybody. */
  key(use: KeyUse): TrustedKey | null;
  /** True when the last key of a use was valid before this moment. */
  isOver(use: KeyUse, at: number): boolean;
  verifier(use: SignatureUse): FindVerifier;
  /** Takes a newer list over. An older one, or one that the root did not sign, changes nothing. */
  offer(
    signed: Uint8Array,
  ): Result<'replaced' | 'same', 'not-signed-by-root' | 'older-than-current' | 'same-version-other-contents'>;
}

export function trustKeeper(options: {
  readonly store: InstallationStore;
  readonly rootKey: Uint8Array;
  readonly now: () => number;
}): TrustKeeper {
  const { store, rootKey, now } = options;
  const root = nodeVerifier(rootKey);
  const stored = store.trustList(rootKey);
  const opened = stored === null ? null : openTrustList({ bytes: stored.signed, root });
  if (opened === null || !opened.ok) {
    throw new Error('an installation was stored without a trust list that its root has signed');
  }
  let current = opened.value;
  let verifiers = verifiersOf(current);
  return {
    list: () => current,
    key: (use) =>
      currentKey({ list: current, use, at: now() }) ??
      current.keys
        .filter((key) => key.use === use)
        .toSorted((a, b) => b.validFrom - a.validFrom)
        .at(0) ??
      null,
    isOver: (use, at) => !current.keys.some((key) => key.use === use && key.validUntil >= at),
    verifier: (use) => (kid) => verifiers[use](kid),
    offer: (signed) => {
      const candidate = openTrustList({ bytes: signed, root });
      if (!candidate.ok) return err('not-signed-by-root');
      const accepted = acceptTrustList({ current, candidate: candidate.value });
      if (!accepted.ok) return accepted;
      if (candidate.value.version === current.version) return ok('same');
      const { version } = candidate.value;
      if (!store.addTrustList({ rootKey, list: { version, signed }, at: now() })) return ok('same');
      current = candidate.value;
      verifiers = verifiersOf(current);
      return ok('replaced');
    },
  };
}

function verifiersOf(list: TrustList): Readonly<Record<SignatureUse, FindVerifier>> {
  return {
    acknowledgement: findVerifierIn({ list, use: 'acknowledgement' }),
    issuer: findVerifierIn({ list, use: 'issuer' }),
    settings: findVerifierIn({ list, use: 'settings' }),
    staff: findVerifierIn({ list, use: 'staff' }),
  };
}
