import { PNG } from 'pngjs';
import { err, ok, type Result } from '#domain/result.ts';
import { fits, type Picture, withoutAlpha } from './picture.ts';

/** Signature, length and type of the first chunk; PNG (ISO/IEC 15948) has the size in its first eight bytes. */
const SIZE_AT = 16;

export function readPng(bytes: Uint8Array): Result<Picture, 'unreadable'> {
  if (bytes.length < SIZE_AT + 8) return err('unreadable');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = { width: view.getUint32(SIZE_AT), height: view.getUint32(SIZE_AT + 4) };
  if (!fits(size)) return err('unreadable');
  try {
    const read = PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return fits(read) ? ok(withoutAlpha(read)) : err('unreadable');
  } catch {
    // It throws at whatever is wrong with the bytes, and the words say only what.
    return err('unreadable');
  }
}
