/** Ed25519 (RFC 8032) as a port: tweetnacl, node:crypto and a phone's WebCrypto-made key all look like this. */
export interface Signer {
  /** First 8 bytes of the COSE key thumbprint, see `kid.ts`. */
  readonly kid: Uint8Array;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

export interface Verifier {
  readonly kid: Uint8Array;
  /** False for a wrong signature and for one that is no signature at all; never throws. */
  verify(bytes: Uint8Array, signature: Uint8Array): boolean;
}

/** Finds the key that a message names; undefined when it is not known or not valid for the purpose. */
export type FindVerifier = (kid: Uint8Array) => Verifier | undefined;

export const SIGNATURE_BYTES = 64;
export const PUBLIC_KEY_BYTES = 32;
export const SEED_BYTES = 32;
