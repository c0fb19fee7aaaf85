import { decodeEidCode, type EidClaims, openEid } from '#protocol/eid-token.ts';
import type { FindVerifier } from '#protocol/keys/signer.ts';

/** What came of a scanned text, by the issuer's keys that are known here. */
export type ReadEid =
  /** Another kind of code, such as a payment's. */
  | { readonly kind: 'not-ours' }
  | { readonly kind: 'not-an-eid' | 'forged' | 'other-issuer' }
  | { readonly kind: 'opened'; readonly claims: EidClaims };

/**
 * A key that we do not know is another issuer's; a signature that does not fit under a key that we know is forged, and
 * so are octets that were changed where that still leaves an e-ID's shape.
 */
export async function readEid(code: string, issuerKeys: FindVerifier): Promise<ReadEid> {
  const octets = await decodeEidCode(code);
  if (!octets.ok) return { kind: octets.error === 'not-ours' ? 'not-ours' : 'not-an-eid' };
  const opened = openEid({ octets: octets.value, findVerifier: issuerKeys });
  if (opened.ok) return { kind: 'opened', claims: opened.value };
  switch (opened.error.reason) {
    case 'unknown-key':
      return { kind: 'other-issuer' };
    case 'bad-signature':
      return { kind: 'forged' };
    default:
      return { kind: 'not-an-eid' };
  }
}
