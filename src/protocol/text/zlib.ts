import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';

/** zlib (RFC 1950) through the streams that browsers and Node share. */
export async function deflate(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Stops as soon as more than `largest` octets come out, so that a small code cannot fill the memory. */
export async function inflate(
  bytes: Uint8Array,
  largest: number,
): Promise<Result<Uint8Array<ArrayBuffer>, 'not-zlib' | 'too-large'>> {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream('deflate'));
  const reader = stream.getReader();
  const inflated = new Uint8Array(largest);
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return ok(inflated.slice(0, length));
      if (length + value.length > largest) {
        await reader.cancel();
        return err('too-large');
      }
      inflated.set(value, length);
      length += value.length;
    }
  } catch {
    // The stream tells a broken check sum, a cut end and rubbish behind it alike, by an error of the runtime's own.
    return err('not-zlib');
  }
}
