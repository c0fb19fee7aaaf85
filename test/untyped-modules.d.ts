declare module 'base45' {
  export function encode(bytes: Uint8Array): string;
  export function decode(text: string): Buffer;
}

declare module 'pngjs' {
  export const PNG: {
    readonly sync: {
      read(png: Uint8Array): { readonly width: number; readonly height: number; readonly data: Buffer };
    };
  };
}
