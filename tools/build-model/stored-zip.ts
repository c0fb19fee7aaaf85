import { crc32 } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/*
 * Zip with stored entries (APPNOTE 6.3): no compression and a fixed time, so that the same files give the same bytes.
 *
 * local header 30 B      0 u32 04034b50 | 4 u16 version | 10 u16 time | 12 u16 date | 14 u32 crc | 18 u32 packed size
 *                        22 u32 size | 26 u16 name length | 28 u16 extra length; name, extra, data follow
 * central entry 46 B     0 u32 02014b50 | 4 u16 made by | 6 u16 version | 14 u16 date | 16 u32 crc | 20 u32 packed
 *                        24 u32 size | 28 u16 name length | 42 u32 offset of the local header; name follows
 * end of directory 22 B  0 u32 06054b50 | 8 u16 entries here | 10 u16 entries | 12 u32 its size | 16 u32 its offset
 */
const LOCAL_HEADER = 30;
const VERSION = 10;
/** 1 January 1980, the first day that a zip knows. */
const FIRST_DAY = 0x21;
/** MediaPipe maps models straight from the zip and wants them aligned; Android's zipalign uses this extra field. */
const ALIGNMENT = 64;
const ALIGNMENT_FIELD = 0xd935;

export function storedZip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const extra = alignmentField(offset + LOCAL_HEADER + name.length);
    const crc = crc32(entry.bytes);
    parts.push(localHeader({ crc, size: entry.bytes.length, name, extra }), name, extra, entry.bytes);
    directory.push(centralEntry({ crc, size: entry.bytes.length, name, offset }), name);
    offset += LOCAL_HEADER + name.length + extra.length + entry.bytes.length;
  }
  const directoryBytes = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directoryBytes.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directoryBytes, end]);
}

function alignmentField(dataStart: number): Buffer {
  let size = (ALIGNMENT - (dataStart % ALIGNMENT)) % ALIGNMENT;
  if (size === 0) return Buffer.alloc(0);
  if (size < 4) size += ALIGNMENT;
  const field = Buffer.alloc(size);
  field.writeUInt16LE(ALIGNMENT_FIELD, 0);
  field.writeUInt16LE(size - 4, 2);
  return field;
}

function localHeader(entry: { crc: number; size: number; name: Buffer; extra: Buffer }): Buffer {
  const header = Buffer.alloc(LOCAL_HEADER);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(FIRST_DAY, 12);
  header.writeUInt32LE(entry.crc, 14);
  header.writeUInt32LE(entry.size, 18);
  header.writeUInt32LE(entry.size, 22);
  header.writeUInt16LE(entry.name.length, 26);
  header.writeUInt16LE(entry.extra.length, 28);
  return header;
}

function centralEntry(entry: { crc: number; size: number; name: Buffer; offset: number }): Buffer {
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(VERSION, 4);
  central.writeUInt16LE(VERSION, 6);
  central.writeUInt16LE(FIRST_DAY, 14);
  central.writeUInt32LE(entry.crc, 16);
  central.writeUInt32LE(entry.size, 20);
  central.writeUInt32LE(entry.size, 24);
  central.writeUInt16LE(entry.name.length, 28);
  central.writeUInt32LE(entry.offset, 42);
  return central;
}
