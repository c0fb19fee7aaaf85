declare module 'tweetnacl-sealedbox-js' {
  /** libsodium's crypto_box_seal. */
  export function seal(message: Uint8Array, publicKey: Uint8Array): Uint8Array;
  /** Null when the box is not for this key or was changed. */
  export function open(sealed: Uint8Array, publicKey: Uint8Array, secretKey: Uint8Array): Uint8Array | null;
  export const overheadLength: number;
}
