import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { Device, EscPosPrinterDevice, LampDevice } from '#contract/device.ts';
import { readCoilAnswer } from '#drivers/lamp/modbus-coil.ts';
import { encodeReceipt } from '#drivers/printer/escpos-receipt.ts';
import { encodePrinted } from '#drivers/printer/printed-text.ts';
import { isStatus, isToldInTurn } from '#drivers/printer/printer-status.ts';
import { maskFor } from '#drivers/recording/mask-traffic.ts';
import { maskedCardTexts } from '#drivers/recording/masked-card-text.ts';
import { bytes, cut, join } from '../bytes.ts';
import { READER } from '../reader/reader-bench.ts';
import { HID_SCANNER, LINE_SCANNER, SSI_SCANNER } from '../scanner/scanner-bench.ts';
import { type InventedPerson, inventedPerson, readerAnswer, scannerBytes } from './streams-of-a-person.ts';

const PRINTER: EscPosPrinterDevice = {
  role: 'printer',
  model: 'Receipt printer',
  simulated: false,
  protocol: 'escpos',
  connection: { transport: 'serial', path: '/dev/ttyS0', baudRate: 9600 },
  columns: 48,
  cutter: true,
};
const LCUS: LampDevice = {
  role: 'lamp',
  model: 'Relays',
  simulated: false,
  protocol: 'lcus',
  connection: { transport: 'serial', path: '/dev/ttyS0', baudRate: 9600 },
  channels: { green: 1, amber: null, red: null },
};
const MODBUS: LampDevice = { ...LCUS, protocol: 'modbus-rtu' };
const STATUS = bytes('10 04 02');
const COIL_ON = bytes('01 05 00 00 FF 00 8C 3A');
const REFUSED = bytes('01 85 02 C3 51');

/** What is written down of what is asked first and then heard in these chunks. */
function masked(
  device: Device,
  chunks: readonly Uint8Array[],
  asked: readonly Uint8Array[] = [],
): Uint8Array {
  const mask = maskFor(device);
  for (const question of asked) mask.asked(question);
  return join(...chunks.map((chunk, at) => mask.heard(chunk, at)), mask.settle());
}

const ENCODINGS: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(text, 'utf8'),
  (text) => iconv.encode(text, 'gb18030'),
  (text) => Buffer.from(text, 'latin1'),
];

/** Four bytes in a row of a field, in any encoding; the fixed person who stands for everybody is nobody. */
function tellsOf(written: Uint8Array, person: InventedPerson): string | null {
  let seen = Buffer.from(written).toString('hex');
  for (const text of maskedCardTexts()) seen = seen.replaceAll(Buffer.from(text).toString('hex'), '--');
  for (const [field, words] of Object.entries(person)) {
    for (const encode of ENCODINGS) {
      const all = encode(words);
      for (let at = 0; at + 4 <= all.length; at += 1) {
        const place = seen.indexOf(all.subarray(at, at + 4).toString('hex'));
        if (place >= 0) return `${field}: ${all.subarray(at, at + 4).toString('hex')}`;
      }
    }
  }
  return null;
}

describe('a recording of any role’s device', () => {
  const DEVICES: readonly (readonly [string, Device, readonly Uint8Array[]])[] = [
    ['reader', READER, []],
    ['line scanner', LINE_SCANNER, []],
    ['line scanner with AIM', { ...LINE_SCANNER, aimIdentifier: true }, []],
    ['line scanner of Newland', { ...LINE_SCANNER, encoding: 'gb18030' }, [bytes('7E 01')]],
    ['SSI scanner', SSI_SCANNER, []],
    ['HID POS scanner', HID_SCANNER, []],
    ['HID POS scanner of Newland', { ...HID_SCANNER, layout: 'newland' }, []],
    ['HID POS scanner without counts', { ...HID_SCANNER, layout: 'minimal' }, []],
    ['HID POS scanner with counts', { ...HID_SCANNER, layout: 'counted' }, []],
    ['printer', PRINTER, [STATUS]],
    ['LCUS lamp', LCUS, [bytes('A0 01 01 A2')]],
    ['Modbus lamp', MODBUS, [COIL_ON]],
  ];

  it.each(DEVICES)(
    'tells of nobody when the port is in truth a reader’s or a scanner’s: %s',
    (_, device, asked) => {
      fc.assert(
        fc.property(
          inventedPerson,
          fc.constantFrom(readerAnswer, ...scannerBytes),
          fc.array(fc.nat(), { maxLength: 12 }),
          (person, speak, places) => {
            expect(tellsOf(masked(device, cut(speak(person), places), asked), person)).toBeNull();
          },
        ),
        { numRuns: 150 },
      );
    },
  );

  it('keeps the length of what came', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DEVICES),
        fc.uint8Array({ maxLength: 400 }),
        fc.array(fc.nat()),
        ([, device, asked], stream, places) => {
          expect(masked(device, cut(stream, places), asked)).toHaveLength(stream.length);
        },
      ),
    );
  });
});

describe('a recording of a printer', () => {
  const kind = (octet: number) => (isStatus(octet) ? 'status' : isToldInTurn(octet) ? 'in turn' : 'damaged');

  it('keeps the one answer to a question', () => {
    expect([...masked(PRINTER, [bytes('1A')], [STATUS])]).toEqual([0x1a]);
  });

  it('says of what nobody asked for only what the driver takes it for', () => {
    expect([...masked(PRINTER, [bytes('32'), bytes('36')], [STATUS])]).toEqual([0x32, 0x12]);
    expect([...masked(PRINTER, [bytes('32 36 05 41')], [STATUS])]).toEqual([0x12, 0x12, 0, 0x58]);
    expect([...masked(PRINTER, [bytes('32')])]).toEqual([0x12]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (stream, asks) => {
        const written = masked(PRINTER, [stream], asks ? [STATUS] : []);
        expect([...written].map(kind)).toEqual([...stream].map(kind));
      }),
    );
  });

  it('keeps the commands and lengths of a receipt, and neither its texts nor its code', () => {
    const mask = maskFor(PRINTER);
    const receipt = (title: string, words: string, code: string) =>
      encodeReceipt({
        receipt: [
          { kind: 'text', text: title, size: 'double', align: 'centre', bold: true },
          { kind: 'text', text: words, size: 'usual', align: 'left', bold: false },
          { kind: 'qr', text: code },
        ],
        columns: 48,
        cutter: true,
      });
    const one = mask.asked(receipt('Card kept', '林示远 440103199006140133', 'EIDS1:abcdefgh'));
    const other = mask.asked(receipt('Card gone', '张三丰 110101198001010011', 'EIDS1:hgfedcba'));
    expect(other).toEqual(one);
    const hex = Buffer.from(one).toString('hex');
    for (const secret of [
      encodePrinted('林示'),
      encodePrinted('4401'),
      encodePrinted('EIDS'),
      encodePrinted('Card'),
    ])
      expect(hex).not.toContain(Buffer.from(secret).toString('hex'));
    // Begins with both initial commands, holds the code's length, ends with cut and question.
    expect(hex).toMatch(/^1b401c26/);
    expect(hex).toContain(`1d286b1100315030${'58'.repeat(14)}1d286b0300315130`);
    expect(hex).toMatch(/1b64011d5642001d7201$/);
    expect(hex).toContain('1d2111');
  });

  it('holds no four bytes of what is sent to it, commands aside', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Za-z]{8,60}$/), (words) => {
        const sent = Buffer.from(maskFor(PRINTER).asked(Buffer.from(words)));
        expect(sent.toString()).toBe('X'.repeat(words.length));
      }),
    );
  });

  it('keeps the questions for its state and the order to throw away', () => {
    const mask = maskFor(PRINTER);
    for (const command of [STATUS, bytes('1D 72 01'), bytes('10 14 08 01 03 14 01 06 02 08')])
      expect(mask.asked(command)).toEqual(command);
  });
});

describe('a recording of a lamp', () => {
  it('keeps nothing that an LCUS board says, since they say nothing', () => {
    expect([...masked(LCUS, [bytes('A0 01 01 A2')], [bytes('A0 01 01 A2')])]).toEqual([88, 88, 88, 88]);
  });

  it('keeps of a Modbus board the frame that was sent, and a whole refusal', () => {
    expect(masked(MODBUS, [COIL_ON], [COIL_ON])).toEqual(COIL_ON);
    expect(masked(MODBUS, [REFUSED], [COIL_ON])).toEqual(REFUSED);
    expect(masked(MODBUS, cut(REFUSED, [1, 3]), [COIL_ON])).toEqual(REFUSED);
    expect(masked(MODBUS, [COIL_ON])).not.toEqual(COIL_ON);
    expect([...masked(MODBUS, [bytes('01 05 31 31 30')], [COIL_ON])]).toEqual([1, 5, 88, 88, 88]);
  });

  it('is taken by the driver for what the board had said', () => {
    const answer = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 10 }),
      fc.constantFrom(COIL_ON, REFUSED),
      fc.tuple(fc.constantFrom(COIL_ON, REFUSED), fc.nat(9), fc.nat(255)).map(([whole, at, octet]) => {
        const damaged = whole.slice();
        damaged[at % damaged.length] = octet;
        return damaged;
      }),
    );
    fc.assert(
      fc.property(answer, fc.array(fc.nat()), (heard, places) => {
        const written = masked(MODBUS, cut(heard, places), [COIL_ON]);
        for (let end = 1; end <= heard.length; end += 1) {
          const live = readCoilAnswer(heard.subarray(0, end), COIL_ON);
          expect(readCoilAnswer(written.subarray(0, end), COIL_ON)).toBe(live);
          if (live !== 'more-to-come') break;
        }
      }),
      { numRuns: 500 },
    );
  });
});
