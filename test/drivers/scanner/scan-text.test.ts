import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { ScanEncoding } from '#contract/device.ts';
import { LONGEST_SCAN, readScan, readScanWithAim } from '#drivers/scanner/scan-text.ts';
import { bytes } from '../bytes.ts';
import { encode } from './scanner-bench.ts';

const read = (data: Uint8Array, encoding: ScanEncoding) =>
  readScan({ bytes: data, encoding, symbology: null });
const text = (data: Uint8Array, encoding: ScanEncoding) => {
  const scan = read(data, encoding);
  return scan.ok ? scan.value.text : scan.error;
};

describe('the text of a scan', () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 5000 }),
    fc.string({ unit: 'binary' }).map(encode),
    fc.string({ unit: 'binary' }).map((whole) => Uint8Array.from(iconv.encode(whole, 'gb18030'))),
  );

  it.each(['utf-8', 'gb18030'] as const)('in %s is either printable and bounded, or refused', (encoding) => {
    fc.assert(
      fc.property(anything, (data) => {
        const scan = read(data, encoding);
        if (!scan.ok) return;
        expect(scan.value.text.length).toBeLessThanOrEqual(LONGEST_SCAN);
        expect(scan.value.text).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
        expect(scan.value.text.isWellFormed()).toBe(true);
        // Nothing was put in the place of anything.
        expect(Uint8Array.from(iconv.encode(scan.value.text, encoding))).toEqual(data);
      }),
    );
  });

  it('may be Chinese, rare characters too', () => {
    expect(text(encode('身份:陈𬀩'), 'utf-8')).toBe('身份:陈𬀩');
    expect(text(bytes('C9 ED B7 DD 3A B3 C2'), 'gb18030')).toBe('身份:陈');
  });

  it.each([
    ['the first of four bytes', '81 30 81 30', 'not-text'], // U+0080, a control character
    ['a character beside the two-byte ones', '82 35 8F 33', '\u9fa6'],
    ['the first beyond the basic plane', '90 30 81 30', '\u{10000}'],
    ['the last that there is', 'E3 32 9A 35', '\u{10FFFF}'],
    ['one in the private use area', 'AA A1', '\ue000'],
  ])('in GB 18030: %s', (_, hex, expected) => {
    expect(text(bytes(hex), 'gb18030')).toBe(expected);
  });

  it.each([
    ['half of two bytes', 'B0'],
    ['two of four bytes', '81 30'],
    ['three of four bytes', '81 30 81'],
    ['a second byte that is none', 'B0 7F'],
    ['a second byte of four before two', '81 30 B0 A1'],
    ['80 alone', '80'],
    ['FF', 'FF'],
    ['four bytes without a character', '84 31 A5 30'],
    ['four bytes beyond the last character', 'E3 32 9A 36'],
    ['four bytes far beyond', 'FE 39 FE 39'],
    ['the replacement character itself', '84 31 A4 37'],
  ])('in GB 18030 refuses %s', (_, hex) => {
    expect(text(bytes(hex), 'gb18030')).toBe('not-text');
    expect(text(bytes(`41 42 ${hex}`), 'gb18030')).toBe('not-text');
  });

  it('in GB 18030 refuses what turns the reading direction', () => {
    expect(text(Uint8Array.from(iconv.encode('A\u202eB', 'gb18030')), 'gb18030')).toBe('not-text');
  });

  it('is not read in the other encoding by mistake', () => {
    expect(text(bytes('C9 ED B7 DD'), 'utf-8')).toBe('not-text');
  });

  it('is a web address as any other text: nothing is looked up', () => {
    expect(text(encode('https://example.org/?a=1'), 'utf-8')).toBe('https://example.org/?a=1');
  });

  it('keeps a mark of byte order that a code begins with', () => {
    expect(text(encode('\ufeffA'), 'utf-8')).toBe('\ufeffA');
  });
});

describe('a scan with its AIM identifier', () => {
  it('is typed by it', () => {
    const scan = readScanWithAim({ bytes: encode(']Q1HELLO'), encoding: 'utf-8' });
    expect(scan).toEqual({ ok: true, value: { text: 'HELLO', symbology: 'qr-code' } });
  });

  it.each(['HELLO', ']', ']Q', ']?1HELLO', 'Q1]HELLO', ''])('%j is refused: it has none', (whole) => {
    const scan = readScanWithAim({ bytes: encode(whole), encoding: 'utf-8' });
    expect(scan).toEqual({ ok: false, error: 'no-aim' });
  });
});
