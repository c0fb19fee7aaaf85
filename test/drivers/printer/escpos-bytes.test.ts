import fc from 'fast-check';
import QRCode from 'qrcode';
import { describe, expect, it } from 'vitest';
import { askStatus, CUT, INITIALISE, qrCode } from '#drivers/printer/escpos-commands.ts';
import { dotsOfModule, encodeReceipt } from '#drivers/printer/escpos-receipt.ts';
import { encodePrinted, printed } from '#drivers/printer/printed-text.ts';
import { isStatus, isToldInTurn, type StatusRound, standingOf } from '#drivers/printer/printer-status.ts';
import { EscPosReader } from '#drivers/simulator/escpos-reader.ts';
import { RECEIPT } from './printer-bench.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();

describe('the commands', () => {
  it('are those of ESC/POS', () => {
    expect(hex(INITIALISE)).toBe('1B40');
    expect(hex(CUT)).toBe('1D564200');
    expect(hex(askStatus(4))).toBe('100404');
    expect(qrCode({ data: new TextEncoder().encode('AB'), dots: 4 }).map(hex)).toEqual([
      '1D286B0400314132' + '00',
      '1D286B0300314304',
      '1D286B0300314531',
      '1D286B0500315030',
      '4142',
      '1D286B0300315130',
    ]);
  });

  it('begin a receipt afresh in Chinese mode and end it with a cut and a question', () => {
    const bytes = hex(encodeReceipt({ receipt: RECEIPT, columns: 48, cutter: true }));
    expect(bytes).toMatch(/^1B401C26/);
    // 办理回执 in GB 18030, centred, bold and double.
    expect(bytes).toContain('1B61011B45011D2111B0ECC0EDBBD8D6B4' + '0A1D21001B4500');
    expect(bytes).toMatch(/1B64011D5642001D7201$/);
  });

  it('feed to the edge where no cutter is built in', () => {
    const bytes = hex(encodeReceipt({ receipt: RECEIPT, columns: 48, cutter: false }));
    expect(bytes).toMatch(/1B64051D7201$/);
    expect(bytes).not.toContain('1D5642');
  });

  it('are all understood, whatever the receipt says and however they are cut', () => {
    const line = fc.record({
      kind: fc.constant('text' as const),
      text: fc
        .string({ unit: 'binary', maxLength: 200 })
        .filter((text) => text.length <= 200 && !/\p{Cc}/u.test(text)),
      size: fc.constantFrom('usual' as const, 'double' as const),
      align: fc.constantFrom('left' as const, 'centre' as const),
      bold: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), fc.integer({ min: 1, max: 50 }), (receipt, size) => {
        const bytes = encodeReceipt({ receipt, columns: 32, cutter: true });
        const reader = new EscPosReader();
        const kinds: string[] = [];
        for (let at = 0; at < bytes.length; at += size)
          kinds.push(...reader.push(bytes.subarray(at, at + size)).map(({ kind }) => kind));
        expect(reader.strange).toEqual([]);
        // What a citizen's name holds never asks, cuts or switches anything.
        expect(kinds.filter((kind) => kind === 'cut' || kind === 'ask-status')).toEqual(['cut']);
      }),
    );
  });
});

describe('text', () => {
  it('is GB 18030 of one and two octets', () => {
    expect(hex(encodePrinted('e-ID 龘é'))).toBe('652D494420' + 'FD93A8A6');
  });

  it('shows a character that such printers lack by its code, as the page slip does', () => {
    expect(printed('\u{2CE93}**')).toBe('□(U+2CE93)**');
    expect(printed('\uE000')).toBe('□(U+E000)');
    expect(printed('\uD800')).toBe('□(U+D800)');
    expect(printed('a\u001bb')).toBe('a□(U+001B)b');
  });
});

describe('a QR code', () => {
  it('is reckoned with the size that it will have', () => {
    for (const octets of [14, 15, 213, 214, 331, 332, 1370, 1371, 1500]) {
      const { modules } = QRCode.create([{ data: new Uint8Array(octets), mode: 'byte' }], {
        errorCorrectionLevel: 'M',
      });
      expect(dotsOfModule(octets, 32)).toBe(Math.min(6, Math.floor(384 / (modules.size + 8))));
    }
  });

  it('is as large as the paper lets it, and no larger than is of use', () => {
    expect(dotsOfModule(20, 48)).toBe(6);
    // 330 octets are version 13, 69 modules and a quiet zone of 8.
    expect(dotsOfModule(330, 48)).toBe(6);
    expect(dotsOfModule(330, 32)).toBe(4);
    expect(dotsOfModule(1500, 32)).toBe(2);
  });
});

describe('a status octet', () => {
  it('has two bits set and two clear', () => {
    expect([0x12, 0x1a, 0x72, 0x7e, 0x16].map(isStatus)).toEqual([true, true, true, true, true]);
    expect([0x00, 0x10, 0x02, 0x13, 0x92, 0x41, 0xff].some(isStatus)).toBe(false);
  });

  it('is never taken for an answer in turn', () => {
    for (let octet = 0; octet < 256; octet += 1) expect(isStatus(octet) && isToldInTurn(octet)).toBe(false);
  });

  it.each([
    ['an idle printer', [0x12, 0x12, 0x12, 0x12], null, null],
    ['an open cover, which hides the paper too', [0x1a, 0x36, 0x12, 0x72], 'cover-open', 'close'],
    ['the end of the paper', [0x1a, 0x32, 0x12, 0x7e], 'no-paper', 'roll'],
    ['a stop for paper that the end sensor does not see', [0x1a, 0x32, 0x12, 0x12], 'no-paper', 'roll'],
    ['a jammed cutter', [0x1a, 0x52, 0x1a, 0x12], 'jammed', 'cutter'],
    ['an error that stays', [0x1a, 0x52, 0x32, 0x12], 'offline', 'switch it off and on'],
    ['an error that passes', [0x1a, 0x52, 0x52, 0x12], 'offline', 'cool down'],
    ['an error that it does not name', [0x1a, 0x52, 0x12, 0x12], 'offline', 'switch it off and on'],
    ['a printer that was set offline', [0x1a, 0x12, 0x12, 0x12], 'offline', 'button'],
    ['paper that runs out soon', [0x12, 0x12, 0x12, 0x1e], null, 'running out'],
  ] as const)('of %s is read as such', (_, round, fault, words) => {
    const standing = standingOf(round as StatusRound);
    expect(standing.fault).toBe(fault);
    if (words === null) expect(standing.detail).toBeNull();
    else expect(standing.detail).toContain(words);
  });
});
