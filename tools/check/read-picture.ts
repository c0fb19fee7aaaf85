import { execFile } from 'node:child_process';
import jpeg from 'jpeg-js';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { err, ok, type Result } from '#domain/result.ts';

export type PictureFault =
  | 'not-a-picture'
  /** poppler-utils draws PDF pages, and is not installed. */
  | 'no-pdftoppm'
  | 'no-code';

/** Four octets a pixel. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** The text of the QR code in a PNG, a JPEG or on one of the first pages of a PDF. */
export async function readPicture(octets: Uint8Array): Promise<Result<string, PictureFault>> {
  if (!startsWith(octets, '%PDF-')) {
    const pixels = pixelsOf(octets);
    if (pixels === null) return err('not-a-picture');
    return told(codeIn(pixels));
  }
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const drawn = await drawnPage(octets, page);
    if (!drawn.ok) return drawn;
    const pixels = pixelsOf(drawn.value);
    if (pixels === null) break;
    const code = codeIn(pixels);
    if (code !== null) return ok(code);
  }
  return err('no-code');
}

const MOST_PAGES = 3;
/** A module of half a millimetre is four pixels wide. */
const DOTS_PER_INCH = 200;
/** Beyond this a photograph only takes longer, and a file of a few kilobytes can claim to be of gigabytes. */
const MOST_PIXELS = 40_000_000;

function told(code: string | null): Result<string, PictureFault> {
  return code === null ? err('no-code') : ok(code);
}

function pixelsOf(octets: Uint8Array): Pixels | null {
  try {
    if (startsWith(octets, '\x89PNG')) {
      if (pngPixels(octets) > MOST_PIXELS) return null;
      const { width, height, data } = PNG.sync.read(Buffer.from(octets));
      return { width, height, data: new Uint8ClampedArray(data) };
    }
    if (startsWith(octets, '\xff\xd8\xff')) {
      const limits = { maxResolutionInMP: MOST_PIXELS / 1e6, maxMemoryUsageInMB: 512 };
      const { width, height, data } = jpeg.decode(octets, { useTArray: true, ...limits });
      return { width, height, data: new Uint8ClampedArray(data) };
    }
  } catch {
    // Both decoders throw errors of their own for a damaged picture; that it is one is all there is to tell.
    return null;
  }
  return null;
}

/**
 * What a PNG claims to be large, before anything of it is inflated. After the signature comes IHDR (PNG, section 11.2.1):
 *
 * | octets | 0-7 | 8-11 | 12-15 | 16-19 | 20-23 |
 * |---|---|---|---|---|---|
 * | | signature | length | `IHDR` | width | height |
 */
function pngPixels(octets: Uint8Array): number {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  return view.getUint32(16) * view.getUint32(20);
}

/** At the picture's own size, then coarser: the grain of a photograph hides the modules of a large code. */
function codeIn(pixels: Pixels): string | null {
  for (const step of [1, 2, 3, 4]) {
    const { width, height, data } = coarser(pixels, step);
    if (width < 21 || height < 21) break;
    const found = jsQR.default(data, width, height);
    if (found !== null && found.data !== '') return found.data;
  }
  return null;
}

/** Means of squares of `step` by `step` pixels. */
function coarser(pixels: Pixels, step: number): Pixels {
  if (step === 1) return pixels;
  const width = Math.floor(pixels.width / step);
  const height = Math.floor(pixels.height / step);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < 4; channel += 1) {
        let sum = 0;
        for (let dy = 0; dy < step; dy += 1) {
          for (let dx = 0; dx < step; dx += 1) {
            const at = ((y * step + dy) * pixels.width + x * step + dx) * 4 + channel;
            sum += pixels.data[at] ?? 0;
          }
        }
        data[(y * width + x) * 4 + channel] = sum / (step * step);
      }
    }
  }
  return { width, height, data };
}

/** One page as a PNG; empty octets for a page that the document does not have. */
function drawnPage(pdf: Uint8Array, page: number): Promise<Result<Uint8Array, PictureFault>> {
  return new Promise((resolve) => {
    const range = ['-f', String(page), '-l', String(page)];
    const child = execFile(
      'pdftoppm',
      ['-r', String(DOTS_PER_INCH), '-png', ...range, '-singlefile', '-'],
      { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024, timeout: 30_000 },
      (error, stdout) => {
        if (error !== null && 'code' in error && error.code === 'ENOENT') resolve(err('no-pdftoppm'));
        else if (error !== null) resolve(page === 1 ? err('not-a-picture') : ok(new Uint8Array(0)));
        else resolve(ok(new Uint8Array(stdout)));
      },
    );
    // A reader that ended early says so by its exit; the pipe's own complaint adds nothing.
    child.stdin?.on('error', () => {});
    child.stdin?.end(pdf);
  });
}

function startsWith(octets: Uint8Array, text: string): boolean {
  return [...text].every((character, index) => octets[index] === character.charCodeAt(0));
}
