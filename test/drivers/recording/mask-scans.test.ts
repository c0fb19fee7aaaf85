import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Device, LineScannerDevice } from '#contract/device.ts';
import { lineFramer } from '#drivers/framing/line.ts';
import { encodeNewlandCommand } from '#drivers/framing/newland.ts';
import { maskFor } from '#drivers/recording/mask-traffic.ts';
import { readScan } from '#drivers/scanner/scan-text.ts';
import { cut, join } from '../bytes.ts';

const SCANNER: LineScannerDevice = {
  role: 'scanner',
  model: 'Line scanner',
  simulated: false,
  protocol: 'line',
  connection: { transport: 'serial', path: '/dev/ttyACM0', baudRate: 9600 },
  ending: { kind: 'suffix', suffix: 'cr' },
  encoding: 'utf-8',
  aimIdentifier: false,
  trigger: 'always-on',
};
const text = (words: string) => new TextEncoder().encode(words);

/** What is written down of a stream in these chunks. */
function masked(device: Device, chunks: readonly Uint8Array[], asked: Uint8Array | null = null): Uint8Array {
  const mask = maskFor(device);
  if (asked !== null) mask.asked(asked);
  return join(...chunks.map((chunk, at) => mask.heard(chunk, at)), mask.settle());
}

describe('a recording of a scanner', () => {
  it.each([
    ['EIDP1:secret\r', 'xxxxxxxxxxxx\r'],
    ['one\r\ntwo\r', 'xxx\r\nxxx\r'],
    ['unfinished', 'xxxxxxxxxx'],
    ['例\r', 'xxx\r'],
    ['\r\r', '\r\r'],
  ])('has %j as %j', (code, filler) => {
    expect(new TextDecoder().decode(masked(SCANNER, [text(code)]))).toBe(filler);
  });

  it('keeps what kind of code it was, and only that', () => {
    const device = { ...SCANNER, aimIdentifier: true };
    expect(new TextDecoder().decode(masked(device, [text(']Q1secret\r')]))).toBe(']Q1xxxxxx\r');
    expect(new TextDecoder().decode(masked(device, [text('secret\r')]))).toBe('xxxxxx\r');
    // Letters where options stand can be two bytes of a name in UTF-16.
    expect(new TextDecoder().decode(masked(device, [text(']Adsecret\r')]))).toBe(']A1xxxxxx\r');
  });

  it('keeps the answer to the command that was sent, and no code that looks like one', () => {
    const answer = Uint8Array.of(0x02, 0x01, ...text('0000#SCNTRG1'), 0x06, 0x3b, 0x03);
    expect(masked(SCANNER, [answer], encodeNewlandCommand('SCNTRG1'))).toEqual(answer);
    expect(masked(SCANNER, [answer], encodeNewlandCommand('OTHER1'))).not.toEqual(answer);
    expect(masked(SCANNER, [answer])).not.toEqual(answer);
  });

  it('is of the same length, the same for any cut, and gives the same lines and refusals', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 30 }).map(text),
      fc.string({ unit: 'grapheme', maxLength: 10 }).map(text),
      fc.uint8Array({ maxLength: 20 }),
      fc.constant(text('\r')),
      fc.constant(text('\r\n')),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.array(fc.nat()), (pieces, places) => {
        const stream = join(...pieces, text('\r'));
        const whole = masked(SCANNER, [stream]);
        expect(whole).toHaveLength(stream.length);
        expect(masked(SCANNER, cut(stream, places))).toEqual(whole);
        // A line feed that nobody expects stays inside a line, and so does what is refused for it.
        if (stream.includes(0x0a)) return;
        const outcomes = (bytes: Uint8Array) =>
          lineFramer({ suffix: 'cr', limit: 4296 })
            .push(bytes)
            .map((frame) => {
              if (frame.kind !== 'line') return frame.kind;
              return readScan({ bytes: frame.bytes, encoding: 'utf-8', symbology: null }).ok;
            });
        expect(outcomes(whole)).toEqual(outcomes(stream));
      }),
    );
  });

  it('holds no four bytes of a code', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z:]{8,60}$/), fc.array(fc.nat()), (code, places) => {
        const written = Buffer.from(masked(SCANNER, cut(text(`${code}\r`), places)));
        for (let at = 0; at + 4 <= code.length; at += 1) {
          expect(written.includes(code.slice(at, at + 4))).toBe(false);
        }
      }),
    );
  });

  it('leaves nothing of a code in the memory in which it stood', () => {
    const copied = vi.spyOn(Uint8Array.prototype, 'slice');
    const code = text('110101199003070020');
    try {
      masked(SCANNER, [code, text('\r'), code]);
      const memories = copied.mock.results.flatMap(({ value }, call) => [
        value as Uint8Array,
        copied.mock.contexts[call] as Uint8Array,
      ]);
      const held = memories.filter((memory) => memory !== code && memory.length >= code.length);
      expect(held.length).toBeGreaterThan(0);
      for (const memory of held) expect(Buffer.from(memory).includes('1101')).toBe(false);
    } finally {
      copied.mockRestore();
    }
  });
});
