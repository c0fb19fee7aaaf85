import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import createDecoder from '@jsquash/webp/codec/dec/webp_dec.js';
import { err, ok, type Result } from '#domain/result.ts';
import { fits, type Picture, withoutAlpha } from './picture.ts';
import { webpSize } from './webp-size.ts';

const DECODER = '@jsquash/webp/codec/dec/webp_dec.wasm';

export type ReadWebp = (bytes: Uint8Array) => Promise<Result<Picture, 'unreadable'>>;

/** What is used of the decoder's module as Emscripten makes it. */
interface Decoder {
  readonly HEAPU8: Uint8Array;
  decode(bytes: Uint8Array): {
    readonly width: number;
    readonly height: number;
    readonly data: Uint8ClampedArray;
  } | null;
}
type InstantiateWasm = (
  imports: WebAssembly.Imports,
  received: (instance: WebAssembly.Instance) => void,
) => WebAssembly.Exports;

/**
 * libwebp as WebAssembly, read from the disk. Every picture has an instance of its own, whose memory is wiped: nothing
 * that hostile bytes do to it meets the next picture, and nothing of a portrait stays.
 */
export async function createWebpReader(): Promise<ReadWebp> {
  const file = createRequire(import.meta.url).resolve(DECODER);
  const code = await WebAssembly.compile(await readFile(file));
  const start = createDecoder as unknown as (options: {
    readonly noInitialRun: true;
    readonly instantiateWasm: InstantiateWasm;
    readonly print: () => void;
    readonly printErr: () => void;
  }) => Promise<Decoder>;

  return async (bytes) => {
    const size = webpSize(bytes);
    if (size === null || !fits(size)) return err('unreadable');
    const decoder = await start({
      noInitialRun: true,
      instantiateWasm(imports, received) {
        const instance = new WebAssembly.Instance(code, imports);
        received(instance);
        return instance.exports;
      },
      print: () => {},
      printErr: () => {},
    });
    try {
      const read = decoder.decode(bytes);
      return read !== null && fits(read) ? ok(withoutAlpha(read)) : err('unreadable');
    } catch {
      // Out of its memory, or out of its mind; the instance is gone either way.
      return err('unreadable');
    } finally {
      decoder.HEAPU8.fill(0);
    }
  };
}
