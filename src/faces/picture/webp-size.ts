/**
 * Width and height as a WebP's header says them (RFC 9649), null when there is none. The decoder would take memory for
 * whatever stands there, up to 16383x16383.
 */
export function webpSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  if (bytes.length < 30) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (String.fromCharCode(...bytes.subarray(8, 12)) !== 'WEBP') return null;
  switch (String.fromCharCode(...bytes.subarray(12, 16))) {
    case 'VP8 ':
      // A key frame: three bytes of tag, three of start code, then 14 bits each and two of scaling (RFC 6386, 9.1).
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 'VP8L': {
      // One byte of signature, then 14 bits each, less one.
      const packed = view.getUint32(21, true);
      return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      // Flags and three reserved bytes, then 24 bits each, less one.
      return {
        width: (view.getUint32(24, true) & 0xffffff) + 1,
        height: (view.getUint32(26, true) >>> 8) + 1,
      };
    default:
      return null;
  }
}
