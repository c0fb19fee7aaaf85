import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineSuffix } from '#drivers/framing/line.ts';
import { gapFramer, lineFramer } from '#drivers/framing/line.ts';
import { cut, join } from '../bytes.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function lines(suffix: LineSuffix, ...chunks: readonly string[]): string[] {
  const framer = lineFramer({ suffix, limit: 16 });
  return chunks
    .flatMap((chunk) => framer.push(encode(chunk)))
    .map((frame) => (frame.kind === 'line' ? decode(frame.bytes) : '(too long)'));
}

describe('lines of a scanner', () => {
  it('two scans in one chunk, one in two', () => {
    expect(lines('cr', 'EID1:A\rEID1:B\rEID', '1:C\r')).toEqual(['EID1:A', 'EID1:B', 'EID1:C']);
  });

  it('CR LF cut between its two bytes', () => {
    expect(lines('crlf', 'A\r', '\nB\r\n')).toEqual(['A', 'B']);
  });

  it('a CR alone is no end where CR LF is', () => {
    expect(lines('crlf', 'A\rB\r\n')).toEqual(['A\rB']);
  });

  it('CR LF where only CR or only LF was expected', () => {
    expect(lines('cr', 'A\r\nB\r\n')).toEqual(['A', 'B']);
    expect(lines('lf', 'A\r\nB\r\n')).toEqual(['A', 'B']);
  });

  it('drops empty lines', () => {
    expect(lines('cr', '\r\r\nA\r\r')).toEqual(['A']);
    expect(lines('lf', '\n\r\nA\n')).toEqual(['A']);
  });

  it('tells once that a line is too long, drops it, and reads the next', () => {
    expect(lines('cr', 'x'.repeat(100), 'x'.repeat(100), 'x\rnext\r')).toEqual(['(too long)', 'next']);
    expect(lines('crlf', `${'x'.repeat(300)}\r\nnext\r\n`)).toEqual(['(too long)', 'next']);
  });

  it('takes a line of exactly the limit, not one more', () => {
    const full = 'x'.repeat(16);
    for (const [suffix, end] of [
      ['cr', '\r'],
      ['lf', '\n'],
      ['lf', '\r\n'],
    ] as const) {
      expect(lines(suffix, full + end)).toEqual([full]);
      expect(lines(suffix, `${full}x${end}`)).toEqual(['(too long)']);
    }
    expect(lines('crlf', `${full}\r\n`)).toEqual([full]);
    expect(lines('crlf', `${full}x\r\n`)).toEqual(['(too long)']);
  });

  it('a silence ends what is too long, and tells of what was cut', () => {
    const framer = lineFramer({ suffix: 'cr', limit: 16 });
    framer.push(encode('x'.repeat(100)));
    expect(framer.begun()).toBe(true);
    expect(framer.silence()).toEqual([]);
    expect(framer.begun()).toBe(false);
    framer.push(encode('A\rHALF'));
    expect(framer.silence()).toEqual([{ kind: 'cut' }]);
    framer.push(encode('B\r\n'));
    expect(framer.silence()).toEqual([]);
    expect(framer.push(encode('C\r'))).toEqual([{ kind: 'line', bytes: encode('C') }]);
  });

  it('what is dropped stays dropped up to its end, and nothing is told of it', () => {
    for (const [suffix, end] of [
      ['cr', '\r'],
      ['lf', '\n'],
      ['crlf', '\r\n'],
    ] as const) {
      const framer = lineFramer({ suffix, limit: 16 });
      framer.push(encode('HALF'));
      framer.drop();
      expect(framer.begun()).toBe(true);
      expect(framer.push(encode(`TAIL${end}NEXT${end}`))).toEqual([{ kind: 'line', bytes: encode('NEXT') }]);
    }
  });

  it('what is dropped ends in silence, too', () => {
    const framer = lineFramer({ suffix: 'cr', limit: 16 });
    framer.push(encode('HALF'));
    framer.drop();
    expect(framer.silence()).toEqual([]);
    expect(framer.push(encode('NEXT\r'))).toEqual([{ kind: 'line', bytes: encode('NEXT') }]);
  });

  it('nothing is dropped where nothing has begun: the LF behind a CR is no beginning', () => {
    const framer = lineFramer({ suffix: 'cr', limit: 16 });
    framer.drop();
    framer.push(encode('A\r\n'));
    framer.drop();
    expect(framer.push(encode('NEXT\r'))).toEqual([{ kind: 'line', bytes: encode('NEXT') }]);
  });

  it('reads the same however the bytes are cut, and keeps no more than a line', () => {
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom('\r', '\n', '\r\n', 'ABC').map(encode),
    );
    const stream = fc.array(part, { maxLength: 20 }).map((parts) => join(...parts));
    const suffix = fc.constantFrom<LineSuffix>('cr', 'lf', 'crlf');
    fc.assert(
      fc.property(stream, fc.array(fc.nat(800), { maxLength: 30 }), suffix, (whole, places, ending) => {
        const atOnce = lineFramer({ suffix: ending, limit: 16 }).push(whole);
        const framer = lineFramer({ suffix: ending, limit: 16 });
        const inPieces = cut(whole, places).flatMap((chunk) => {
          const frames = framer.push(chunk);
          expect(framer.pending()).toBeLessThanOrEqual(17);
          return frames;
        });
        expect(inPieces).toEqual(atOnce);
        for (const frame of atOnce) {
          if (frame.kind === 'line') expect(frame.bytes.length).toBeLessThanOrEqual(16);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('scans that end in silence', () => {
  const ends = (...bursts: readonly (readonly string[])[]) => {
    const framer = gapFramer({ limit: 16 });
    return bursts
      .flatMap((burst) => [...burst.flatMap((chunk) => framer.push(encode(chunk))), ...framer.silence()])
      .map((frame) => (frame.kind === 'line' ? decode(frame.bytes) : `(${frame.kind})`));
  };

  it('are what comes between two silences', () => {
    expect(ends(['EID1:', 'A'], [], ['EID1:B'])).toEqual(['EID1:A', 'EID1:B']);
  });

  it.each(['\r', '\n', '\r\n'])('lose the ending %j', (ending) => {
    expect(ends([`A${ending}`], [ending])).toEqual(['A']);
  });

  it('are dropped up to the silence when they have begun, and only then', () => {
    const framer = gapFramer({ limit: 16 });
    framer.drop();
    framer.push(encode('HALF'));
    framer.drop();
    framer.push(encode('TAIL'));
    expect(framer.silence()).toEqual([]);
    framer.push(encode('NEXT'));
    expect(framer.silence()).toEqual([{ kind: 'line', bytes: encode('NEXT') }]);
  });

  it('lose one ending and no more', () => {
    expect(ends(['A\n\r'])).toEqual(['A\n']);
  });

  it('of exactly the limit are whole, with or without an ending; one byte more is told once', () => {
    const full = 'x'.repeat(16);
    expect(ends([full], [`${full}\r\n`])).toEqual([full, full]);
    expect(ends([`${full}x`], [`${full}x\r\n`], [full, full, full], ['A'])).toEqual([
      '(too-long)',
      '(too-long)',
      '(too-long)',
      'A',
    ]);
  });

  it('are the same however they are cut, and never more than the limit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.array(fc.nat(50)), (whole, places) => {
        const atOnce = gapFramer({ limit: 16 });
        const inPieces = gapFramer({ limit: 16 });
        const one = [...atOnce.push(whole), ...atOnce.silence()];
        const many = [...cut(whole, places).flatMap((chunk) => inPieces.push(chunk)), ...inPieces.silence()];
        expect(many).toEqual(one);
        for (const frame of one)
          if (frame.kind === 'line') expect(frame.bytes.length).toBeLessThanOrEqual(16);
      }),
    );
  });
});
