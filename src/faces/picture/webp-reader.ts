import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { err, ok, type Result } from '#domain/result.ts';
import { fits, type Picture, withoutAlpha } from './picture.ts';
import { webpSize } from './webp-size.ts';

const DECODER = '@jsquash/webp/codec/dec/webp_dec';

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
interface DecoderModule {
  readonly default: (options: {
    readonly noInitialRun: true;
    readonly instantiateWasm: InstantiateWasm;
    readonly print: () => void;
    readonly printErr: () => void;
  }) => Promise<Decoder>;
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
  const { resolve } = createRequire(import.meta.url);
  const code = await WebAssembly.compile(await readFile(resolve(`${DECODER}.wasm`)));
  const { default: start } = (await import(pathToFileURL(resolve(`${DECODER}.js`)).href)) as DecoderModule;

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
