import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapFramer, lineFramer } from '#drivers/framing/line.ts';
import {
  encodeNewlandCommand,
  LONGEST_NEWLAND_ANSWER,
  type NewlandFrame,
  newlandFramer,
  readNewlandAnswer,
} from '#drivers/framing/newland.ts';
import { bytes, cut, join } from '../bytes.ts';

const ACK = bytes('02 01 30 30 30 30 23 53 43 4E 54 52 47 31 06 3B 03');
const encode = (text: string) => new TextEncoder().encode(text);

const LIMIT = 16;
const framer = () => newlandFramer(lineFramer({ suffix: 'cr', limit: LIMIT }));
function words(frame: NewlandFrame): string {
  if (frame.kind === 'line') return JSON.stringify(String.fromCharCode(...frame.bytes));
  return frame.kind === 'answer' ? `${frame.answer.command} ${frame.answer.verdict}` : `(${frame.kind})`;
}
function read(...chunks: readonly Uint8Array[]): string[] {
  const under = framer();
  return [...chunks.flatMap((chunk) => under.push(chunk)), ...under.silence()].map(words);
}

describe('commands of Newland', () => {
  it('the trigger, as the published vector has it', () => {
    expect(encodeNewlandCommand('SCNTRG1')).toEqual(bytes('7E 01 30 30 30 30 23 53 43 4E 54 52 47 31 3B 03'));
  });

  it.each([
    ['06', 'ack'],
    ['15', 'nak'],
    ['05', 'enq'],
  ])('an answer with %s', (mark, verdict) => {
    const answer = bytes(`02 01 30 30 30 30 23 53 43 4E 54 52 47 31 ${mark} 3B 03`);
    expect(readNewlandAnswer(answer)).toEqual({ command: 'SCNTRG1', verdict });
    expect(read(answer)).toEqual([`SCNTRG1 ${verdict}`]);
  });

  it.each([
    ['no verdict', '02 01 30 30 30 30 23 53 43 4E 3B 03'],
    ['no command', '02 01 30 30 30 30 23 06 3B 03'],
    ['neither # nor @', '02 01 30 30 30 30 24 53 43 4E 06 3B 03'],
    ['more behind it', '02 01 30 30 30 30 23 53 43 4E 06 3B 03 0D'],
    ['nothing', ''],
  ])('no answer: %s', (_, hex) => {
    expect(readNewlandAnswer(bytes(hex))).toBeNull();
  });
});

describe('answers of Newland between scans', () => {
  it('before, between and after, in one chunk', () => {
    expect(read(join(ACK, encode('A\rB\r'), ACK, encode('C\r'), ACK))).toEqual([
      'SCNTRG1 ack',
      '"A"',
      '"B"',
      'SCNTRG1 ack',
      '"C"',
      'SCNTRG1 ack',
    ]);
  });

  it('with an ending of their own, which is no empty scan', () => {
    expect(read(join(ACK, encode('\r'), encode('A\r')))).toEqual(['SCNTRG1 ack', '"A"']);
  });

  it('a code cannot drop a part of itself by imitating one', () => {
    expect(read(join(encode('A'), ACK.slice(0, 12), encode('B\r')))).toEqual([
      '"A\\u0002\\u00010000#SCNTRB"',
    ]);
    expect(read(join(encode('\u0002\u0001xx;\u0003A\r')))).toEqual(['"\\u0002\\u0001xx;\\u0003A"']);
    expect(read(encode('\u0002A\r'))).toEqual(['"\\u0002A"']);
  });

  it('a code that begins like one and never ends is no answer either', () => {
    const endless = join(encode('\u0002\u0001'), encode('x'.repeat(LONGEST_NEWLAND_ANSWER)));
    expect(read(join(endless, encode('\rA\r')))).toEqual(['(too-long)', '"A"']);
  });

  it('half an answer, then silence', () => {
    expect(read(ACK.slice(0, 9))).toEqual(['(cut)']);
  });

  it('before a scan that ends in silence', () => {
    const under = newlandFramer(gapFramer({ limit: LIMIT }));
    expect(under.push(join(ACK, encode('A'))).map(words)).toEqual(['SCNTRG1 ack']);
    expect(under.silence().map(words)).toEqual(['"A"']);
  });

  it('reads the same however the bytes are cut, throws at nothing and keeps no more than its bound', () => {
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(ACK, ACK.slice(0, 9), bytes('02'), bytes('02 01'), bytes('3B 03'), encode('A\r')),
    );
    const stream = fc.array(part, { maxLength: 20 }).map((parts) => join(...parts));
    fc.assert(
      fc.property(stream, fc.array(fc.nat(3000), { maxLength: 30 }), (whole, places) => {
        const under = framer();
        const inPieces = cut(whole, places).flatMap((chunk) => {
          const frames = under.push(chunk);
          expect(under.pending()).toBeLessThanOrEqual(LIMIT + 2 + LONGEST_NEWLAND_ANSWER);
          return frames;
        });
        expect(inPieces).toEqual(framer().push(whole));
      }),
      { numRuns: 500 },
    );
  });
});
