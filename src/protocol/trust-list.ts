import { OPERATION_MODES, type OperationMode } from '#contract/settings.ts';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { sameBytes } from './cbor.ts';
import { encodeWith } from './codec/codec.ts';
import { field, list, record } from './codec/containers.ts';
import { bytes, choice, integer, kid, text, time } from './codec/scalars.ts';
import { kidOf, sealingKidOf } from './keys/kid.ts';
import { nodeVerifier } from './keys/node-signer.ts';
import type { FindVerifier, Signer, Verifier } from './keys/signer.ts';
import { type MessageFault, signedMessage } from './signed-message.ts';

/** What a registry key may be used for. `sealing` and `credential` are X25519, the others Ed25519. */
export const KEY_USES = ['sealing', 'acknowledgement', 'issuer', 'credential', 'settings', 'staff'] as const;
export type KeyUse = (typeof KEY_USES)[number];

export interface TrustedKey {
  readonly kid: Uint8Array;
  readonly use: KeyUse;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly validFrom: number;
  readonly validUntil: number;
}

/** Every key that a station believes, signed by the registry's root. The version never decreases. */
export interface TrustList {
  readonly version: number;
  readonly issuedAt: number;
  readonly keys: readonly TrustedKey[];
  /** Certificates (PEM) that a TLS connection to the registry must chain to. */
  readonly tlsCertificates: readonly string[];
  readonly registryName: string;
  readonly mode: OperationMode;
}

const trustedKey = record<TrustedKey>('trusted key', {
  kid: field(1, kid, 'thumbprint of the public key'),
  use: field(2, choice(KEY_USES)),
  publicKey: field(3, bytes(32), 'X25519 for sealing and credential, Ed25519 for the others'),
  validFrom: field(4, time),
  validUntil: field(5, time),
});

export const trustListMessage = signedMessage<TrustList>(
  'trust-list',
  record('trust list', {
    version: field(1, integer(1, 0xffff_ffff), 'never decreases'),
    issuedAt: field(2, time),
    keys: field(3, list(trustedKey, 64)),
    tlsCertificates: field(
      4,
      list(
        text({ min: 1, max: 8192, pattern: /^-----BEGIN CERTIFICATE-----\n/, shape: 'tstr ≤ 8192, PEM' }),
        8,
      ),
    ),
    registryName: field(5, text({ min: 1, max: 80 })),
    mode: field(6, choice(OPERATION_MODES)),
  }),
);

export { trustedKey as trustedKeyCodec };

/** The kid that a key of this use must have. */
export function trustedKidOf(key: { readonly use: KeyUse; readonly publicKey: Uint8Array }): Uint8Array {
  return isForSealing(key.use) ? sealingKidOf(key.publicKey) : kidOf(key.publicKey);
}

function isForSealing(use: KeyUse): boolean {
  return use === 'sealing' || use === 'credential';
}

export function signTrustList(request: {
  readonly trustList: TrustList;
  /** The registry's root. */
  readonly signer: Signer;
}): Uint8Array<ArrayBuffer> {
  return trustListMessage.sign(request.trustList, request.signer);
}

export function openTrustList(request: {
  readonly bytes: Uint8Array;
  readonly root: Verifier;
}): Result<TrustList, MessageFault> {
  const { root } = request;
  const opened = trustListMessage.open(request.bytes, (id) => (sameBytes(id, root.kid) ? root : undefined));
  if (!opened.ok) return opened;
  const trustList = opened.value.value;
  for (const [index, key] of trustList.keys.entries()) {
    const where = `trust-list.keys[${index}]`;
    if (!sameBytes(key.kid, trustedKidOf(key))) {
      return err({ reason: 'malformed', where: `${where}.kid`, problem: 'is not the thumbprint of the key' });
    }
    if (key.validFrom > key.validUntil) {
      return err({ reason: 'malformed', where: `${where}.validUntil`, problem: 'lies before validFrom' });
    }
  }
  return ok(trustList);
}

/**
 * Keeps whoever replays an old list from bringing back a withdrawn key. A root that signs two lists of one version has
 * made a mistake, or is not alone: the list that is held stays. `current` is null before the first one.
 */
export function acceptTrustList(request: {
  readonly current: TrustList | null;
  readonly candidate: TrustList;
}): Result<TrustList, 'older-than-current' | 'same-version-other-contents'> {
  const { current, candidate } = request;
  if (current === null || candidate.version > current.version) return ok(candidate);
  if (candidate.version < current.version) return err('older-than-current');
  const octets = (trustList: TrustList) => encodeWith(trustListMessage.codec, trustList, 'trust-list');
  return sameBytes(octets(current), octets(candidate)) ? ok(candidate) : err('same-version-other-contents');
}

/** The key of a use that is valid at a moment; of several, the one that became valid last. */
export function currentKey(request: {
  readonly list: TrustList;
  readonly use: KeyUse;
  readonly at: number;
}): TrustedKey | undefined {
  const { list: trustList, use, at } = request;
  return trustList.keys
    .filter((key) => key.use === use && key.validFrom <= at && at <= key.validUntil)
    .reduce<TrustedKey | undefined>(
      (newest, key) => (newest === undefined || key.validFrom > newest.validFrom ? key : newest),
      undefined,
    );
}

/**
 * Finds the signature keys of one use by their kid. Validity is not looked at: what was signed yesterday stays signed,
 * and a station whose clock is wrong must still understand its registry. Withdrawn keys leave the list.
 */
export function findVerifierIn(request: { readonly list: TrustList; readonly use: KeyUse }): FindVerifier {
  const verifiers = request.list.keys
    .filter((key) => key.use === request.use && !isForSealing(key.use))
    .map((key) => nodeVerifier(key.publicKey));
  return (id) => verifiers.find((verifier) => sameBytes(verifier.kid, id));
}
