/**
 * Reads one entry of a zip whose entries are stored without compression, as MediaPipe wants its bundles.
 *
 * ```
 * end of central directory, the last 22 bytes (no comment)
 * at 0   u32  0x06054b50      at 10  u16  number of entries      at 16  u32  where the central directory begins
 * central directory, one per entry
 * at 0   u32  0x02014b50      at 10  u16  method, 0 = stored     at 20  u32  size
 * at 28  u16  name's length   at 30  u16  extra's length         at 32  u16  comment's length
 * at 42  u32  where the local header begins                      at 46       name
 * local header
 * at 26  u16  name's length   at 28  u16  extra's length         at 30       name, extra, then the bytes
 * ```
 *
 * Throws a RangeError that names the entry when it is not there or not stored: the bundle is pinned, so that is a
 * broken installation.
 */
export function storedEntry(zip: Uint8Array, name: string): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = zip.byteLength - 22;
  const absent = () => new RangeError(`no stored entry ${name} in this bundle`);
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) throw absent();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const length = view.getUint16(at + 28, true);
    const found = new TextDecoder().decode(zip.subarray(at + 46, at + 46 + length));
    if (found === name) {
      if (view.getUint16(at + 10, true) !== 0) throw absent();
      const local = view.getUint32(at + 42, true);
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      return zip.subarray(start, start + view.getUint32(at + 20, true));
    }
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  throw absent();
}
