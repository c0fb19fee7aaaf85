import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storedZip } from '../../../tools/build-model/stored-zip.ts';

/** Reads a zip through its central directory, as an unpacker does. */
function unzip(zip: Uint8Array): { name: string; bytes: Uint8Array; start: number }[] {
  const view = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = view.length - 22;
  expect(view.readUInt32LE(end)).toBe(0x06054b50);
  let at = view.readUInt32LE(end + 16);
  return Array.from({ length: view.readUInt16LE(end + 10) }, () => {
    expect(view.readUInt32LE(at)).toBe(0x02014b50);
    const [crc, size, nameLength, local] = [
      view.readUInt32LE(at + 16),
      view.readUInt32LE(at + 24),
      view.readUInt16LE(at + 28),
      view.readUInt32LE(at + 42),
    ];
    const name = view.toString('utf8', at + 46, at + 46 + nameLength);
    at += 46 + nameLength;
    expect(view.readUInt32LE(local)).toBe(0x04034b50);
    const start = local + 30 + view.readUInt16LE(local + 26) + view.readUInt16LE(local + 28);
    const bytes = view.subarray(start, start + size);
    expect(crc32(bytes)).toBe(crc);
    return { name, bytes, start };
  });
}

describe('a stored zip', () => {
  const entries = fc.array(
    fc.record({ name: fc.stringMatching(/^[a-z_.]{1,90}$/), bytes: fc.uint8Array({ maxLength: 300 }) }),
    { maxLength: 6 },
  );

  it('gives back every entry, its data aligned to 64 bytes', () => {
    fc.assert(
      fc.property(entries, (files) => {
        const found = unzip(storedZip(files));
        expect(found.map((f) => f.name)).toEqual(files.map((f) => f.name));
        found.forEach((file, i) => {
          expect(file.start % 64).toBe(0);
          expect(Buffer.compare(file.bytes, files[i]?.bytes ?? new Uint8Array())).toBe(0);
        });
      }),
    );
  });
});
