import type { PortraitDecoder } from '#contract/portrait-decoder.ts';
import { err } from '#domain/result.ts';

/** Asks one decoder after the other until one knows the coding. */
export function decodersInOrder(decoders: readonly PortraitDecoder[]): PortraitDecoder {
  return {
    async decode(photo) {
      for (const decoder of decoders) {
        const decoded = await decoder.decode(photo);
        if (decoded.ok || decoded.error !== 'no-decoder') return decoded;
      }
      return err('no-decoder');
    },
  };
}
