/** Hash functions as a port: the domain stays free of any platform's crypto. */
export interface Digests {
  /** 32 bytes. */
  sha256(bytes: Uint8Array): Uint8Array;
  /** RFC 5869 extract and expand. `length` at most 8160. */
  hkdfSha256(input: {
    readonly key: Uint8Array;
    readonly salt: Uint8Array;
    readonly info: Uint8Array;
    readonly length: number;
  }): Uint8Array;
}
