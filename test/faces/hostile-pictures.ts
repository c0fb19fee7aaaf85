import { cardPortrait, testPicture } from './test-picture.ts';

/** Pictures that say to be larger than anybody looks at, each with nearly nothing behind its header. */
export const HUGE: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  'a JPEG of 10000x10000': jpegOfSize(10_000, 10_000),
  'a PNG of 10000x10000': pngOfSize(10_000, 10_000),
  'a PNG of 2147483647x2147483647': pngOfSize(0x7fffffff, 0x7fffffff),
  'a BMP of 10000x10000': bmpOfSize(10_000, 10_000),
  'a BMP that is higher than any number': bmpOfSize(1, -0x80000000),
  'a WebP of 16383x16383': webpOfSize(16_383, 16_383),
};

function jpegOfSize(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = testPicture('nobody');
  const view = new DataView(bytes.buffer);
  // The baseline frame's marker; height and width stand five bytes behind it (ITU-T T.81, B.2.2).
  const frame = bytes.findIndex((byte, index) => byte === 0xff && bytes[index + 1] === 0xc0);
  view.setUint16(frame + 5, height);
  view.setUint16(frame + 7, width);
  return bytes;
}

function pngOfSize(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(64);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  bytes.set([8, 2], 24);
  return bytes;
}

function bmpOfSize(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(64);
  bytes.set([0x42, 0x4d]);
  const view = new DataView(bytes.buffer);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(28, 24, true);
  return bytes;
}

function webpOfSize(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = cardPortrait('lin');
  const view = new DataView(bytes.buffer);
  view.setUint16(26, width, true);
  view.setUint16(28, height, true);
  return bytes;
}
