import fc from 'fast-check';
import iconv from 'iconv-lite';
import { encodeSsi, SSI } from '#drivers/framing/ssi.ts';
import { join } from '../bytes.ts';

/** Somebody whom nobody knows. */
export interface InventedPerson {
  readonly name: string;
  readonly number: string;
  readonly address: string;
}

const han = (minLength: number, maxLength: number) =>
  fc
    .array(fc.integer({ min: 0x4e00, max: 0x9fa5 }), { minLength, maxLength })
    .map((codes) => String.fromCharCode(...codes));

export const inventedPerson: fc.Arbitrary<InventedPerson> = fc.record({
  name: han(2, 15),
  number: fc.stringMatching(/^[1-9]\d{16}[\dX]$/),
  address: han(4, 35),
});

/** The answer of a real module to reading a card, with the person's fields where a resident card has them. */
export function readerAnswer(person: InventedPerson): Uint8Array {
  const data = new Uint8Array(4 + 256 + 1024).fill(0x5a);
  data.set([1, 0, 4, 0]);
  const text = Buffer.from(' '.repeat(128), 'utf16le');
  text.set(Buffer.from(person.name, 'utf16le'), 0);
  text.set(Buffer.from(person.address, 'utf16le'), 52);
  text.set(Buffer.from(person.number, 'utf16le'), 122);
  data.set(text, 4);
  const length = data.length + 4;
  const body = [length >> 8, length & 0xff, 0, 0, 0x90, ...data];
  return Uint8Array.of(
    ...[0xaa, 0xaa, 0xaa, 0x96, 0x69],
    ...body,
    body.reduce((sum, byte) => sum ^ byte, 0),
  );
}

const spoken = ({ name, number, address }: InventedPerson) => `${name},${number},${address}`;

/** What a scanner says of a code in which the person stands, as scanners of each kind say it. */
export const scannerBytes: readonly ((person: InventedPerson) => Uint8Array)[] = [
  (person) => Buffer.from(`${spoken(person)}\r`, 'utf8'),
  (person) => iconv.encode(`]Q1${spoken(person)}\r\n`, 'gb18030'),
  (person) => Buffer.from(`${spoken(person)}\r\n`, 'utf16le'),
  (person) => ssiPackets(28, Buffer.from(spoken(person), 'utf8')),
  (person) => join(...hidReports(Buffer.from(spoken(person), 'utf8'))),
];

/** A code of the scanner's kind `type` in packets, as long as they can be or of `most` bytes. */
export function ssiPackets(type: number, code: Uint8Array, most = 250): Uint8Array {
  const packets: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < code.length; at += most) {
    const continued = at + most < code.length;
    const data = Uint8Array.of(type, ...code.subarray(at, at + most));
    packets.push(encodeSsi({ opcode: SSI.decodeData, source: 'scanner', continued, data }));
  }
  return join(...packets);
}

/** A code in reports of Honeywell's layout. */
export function hidReports(code: Uint8Array, aim = ']Q1'): Uint8Array[] {
  const reports: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < code.length; at += 56) {
    const part = code.subarray(at, at + 56);
    const report = new Uint8Array(64);
    report.set([2, part.length, ...Buffer.from(aim)]);
    report.set(part, 5);
    report[61] = 0x73;
    report[63] = at + 56 < code.length ? 1 : 0;
    reports.push(report);
  }
  return reports;
}
