import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HID_POS_LAYOUTS, type HidPosLayout } from '#contract/device.ts';
import { encodeHidPosCommand, type HidPosFrame, hidPosFramer } from '#drivers/framing/hid-pos.ts';
import { encodeNewlandCommand } from '#drivers/framing/newland.ts';
import { bytes, join } from '../bytes.ts';
import { hidPosReport, hidPosReports } from './hid-pos-reports.ts';

const LIMIT = 4296;
const encode = (text: string) => new TextEncoder().encode(text);
const zeros = (count: number) => new Uint8Array(count);

function read(layout: HidPosLayout, ...reports: readonly Uint8Array[]): HidPosFrame[] {
  const framer = hidPosFramer({ layout, limit: LIMIT });
  return reports.flatMap((report) => framer.push(report));
}
/** The content of each scan; what else there was by its name. */
const texts = (frames: readonly HidPosFrame[]) =>
  frames.map((frame) => (frame.kind === 'scan' ? String.fromCharCode(...frame.bytes) : `(${frame.kind})`));

const QR = { symbology: 'qr-code', kind: 'Q', options: '1' } as const;

describe("Honeywell's reports, as the published vectors have them", () => {
  it('HELLO in a QR code', () => {
    const report = join(bytes('02 05 5D 51 31 48 45 4C 4C 4F'), zeros(51), bytes('73 00 00'));
    expect(report.length).toBe(64);
    expect(read('honeywell', report)).toEqual([{ kind: 'scan', aim: QR, bytes: encode('HELLO') }]);
  });

  it('60 characters in two reports', () => {
    const first = join(bytes('02 38 5D 51 31'), encode('A'.repeat(56)), bytes('73 00 01'));
    const second = join(bytes('02 04 5D 51 31 41 41 41 41'), zeros(52), bytes('73 00 00'));
    expect([first.length, second.length]).toEqual([64, 64]);
    expect(texts(read('honeywell', first))).toEqual([]);
    expect(texts(read('honeywell', first, second))).toEqual(['A'.repeat(60)]);
  });

  it('a trigger, in the report that is written', () => {
    expect(encodeHidPosCommand('honeywell', bytes('16 54 0D'))).toEqual(bytes('FD 03 16 54 0D'));
    const command = encodeNewlandCommand('SCNTRG1');
    expect(encodeHidPosCommand('newland', command)).toEqual(join(bytes('04 10'), command));
  });
});

describe.each(HID_POS_LAYOUTS)('reports in the %s layout', (layout) => {
  const scan = (text: string) => hidPosReports({ layout, data: encode(text) });

  it.each([1, 55, 56, 57, 112, 113, 1000, LIMIT])('a scan of %i bytes', (length) => {
    const text = 'EIDP1'.repeat(1000).slice(0, length);
    expect(texts(read(layout, ...scan(text)))).toEqual([text]);
  });

  it('one scan after another', () => {
    expect(texts(read(layout, ...scan('ONE'), ...scan('B'.repeat(70)), ...scan('TWO')))).toEqual([
      'ONE',
      'B'.repeat(70),
      'TWO',
    ]);
  });

  it('tells once that a scan is too long, drops it, and reads the next', () => {
    expect(texts(read(layout, ...scan('A'.repeat(10_000)), ...scan('NEXT')))).toEqual(['(too-long)', 'NEXT']);
  });

  it.each([
    ['of another id', (report: Uint8Array) => report.with(0, 3)],
    ['cut short', (report: Uint8Array) => report.slice(0, 40)],
    ['of nothing', () => new Uint8Array(0)],
  ])('a report %s is none, and spoils nothing', (_, spoil) => {
    const [first = zeros(0), second = zeros(0)] = scan('A'.repeat(80));
    expect(texts(read(layout, first, spoil(first), second))).toEqual(['(damaged)', 'A'.repeat(80)]);
  });

  it('drops up to its end what had begun', () => {
    const framer = hidPosFramer({ layout, limit: LIMIT });
    const [first = zeros(0), second = zeros(0)] = scan('A'.repeat(80));
    framer.push(first);
    framer.drop();
    const frames = [second, ...scan('NEXT')].flatMap((report) => framer.push(report));
    expect(texts(frames)).toEqual(['NEXT']);
  });

  it('never throws, whatever is in the reports, and keeps no more than the bound', () => {
    const size = scan('A')[0]?.length ?? 0;
    const likely = fc.tuple(fc.uint8Array({ minLength: size, maxLength: size }), fc.nat(60), fc.boolean());
    const report = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      likely.map(([content, count, more]) =>
        content
          .with(0, 2)
          .with(1, count)
          .with(size - 1, more ? 1 : 0),
      ),
      fc.uint8Array({ maxLength: 56 }).map((data) => hidPosReport({ layout, data, more: true })),
    );
    fc.assert(
      fc.property(fc.array(report, { maxLength: 120 }), (reports) => {
        const framer = hidPosFramer({ layout, limit: 500 });
        for (const each of reports) {
          for (const frame of framer.push(each)) {
            if (frame.kind === 'scan') expect(frame.bytes.length).toBeLessThanOrEqual(500);
          }
          expect(framer.pending()).toBeLessThanOrEqual(500);
        }
        framer.silence();
        expect(framer.begun()).toBe(false);
      }),
    );
  });
});

describe('a scan whose end is lost', () => {
  it.each(['honeywell', 'minimal', 'counted'] as const)('is told of, in the %s layout', (layout) => {
    const framer = hidPosFramer({ layout, limit: LIMIT });
    framer.push(hidPosReport({ layout, data: encode('A'.repeat(56)), more: true }));
    expect(framer.silence()).toEqual([{ kind: 'cut' }]);
    expect(texts(framer.push(hidPosReport({ layout, data: encode('B') })))).toEqual(['B']);
  });

  it('is seen by a code of another kind', () => {
    const lost = hidPosReport({ layout: 'honeywell', data: encode('A'.repeat(56)), more: true });
    const next = hidPosReport({ layout: 'honeywell', data: encode('B'), aim: ']E0' });
    expect(texts(read('honeywell', lost, next))).toEqual(['(cut)', 'B']);
  });

  it('cannot be told from a whole one where nothing says whether more follows', () => {
    const framer = hidPosFramer({ layout: 'newland', limit: LIMIT });
    framer.push(hidPosReport({ layout: 'newland', data: encode('A'.repeat(56)) }));
    expect(texts(framer.silence())).toEqual(['A'.repeat(56)]);
  });
});

describe('single reports that are none', () => {
  it.each(['honeywell', 'counted', 'newland'] as const)(
    'a count beyond the report, in the %s layout',
    (layout) => {
      const report = hidPosReport({ layout, data: encode('A') }).with(1, 57);
      expect(texts(read(layout, report))).toEqual(['(damaged)']);
    },
  );

  it.each(['honeywell', 'minimal', 'counted'] as const)('no AIM identifier, in the %s layout', (layout) => {
    expect(texts(read(layout, hidPosReport({ layout, data: encode('A'), aim: 'AAA' })))).toEqual([
      '(damaged)',
    ]);
  });

  it('zeros within a scan without a count stay, and are refused as text later', () => {
    const report = hidPosReport({ layout: 'minimal', data: bytes('41 00 42 00') });
    expect(texts(read('minimal', report))).toEqual(['A\0B']);
  });

  it('an empty scan is none', () => {
    expect(read('honeywell', hidPosReport({ layout: 'honeywell', data: zeros(0) }))).toEqual([]);
  });
});

describe('answers to commands', () => {
  const honeywell = (aim: string, text: string, more = false) =>
    hidPosReport({ layout: 'honeywell', data: encode(text), aim, more });

  it.each([
    ['\u0006', 'ack'],
    ['\u0015', 'nak'],
    ['\u0005', 'enq'],
    ['.', null],
  ])('of Honeywell, ending in %j', (mark, verdict) => {
    expect(read('honeywell', honeywell(']Z6', `REVINF${mark}`))).toEqual([
      { kind: 'answer', command: null, verdict },
    ]);
  });

  it.each([true, false])('of Honeywell, in many parts between scans; flagged as continued: %s', (more) => {
    const frames = read(
      'honeywell',
      honeywell(']Q1', 'ONE'),
      honeywell(']X0', 'Product Name: Voyager', more),
      honeywell(']X0', 'Boot Revision: 1', more),
      honeywell(']Z6', 'REVINF\u0006'),
      honeywell(']Q1', 'TWO'),
    );
    expect(texts(frames).filter((text) => text !== '(answer)')).toEqual(['ONE', 'TWO']);
    expect(frames.filter(({ kind }) => kind === 'answer').at(-1)).toMatchObject({ verdict: 'ack' });
  });

  it('of Newland', () => {
    const answer = bytes('02 01 30 30 30 30 23 53 43 4E 54 52 47 31 15 3B 03');
    expect(read('newland', ...hidPosReports({ layout: 'newland', data: answer }))).toEqual([
      { kind: 'answer', command: 'SCNTRG1', verdict: 'nak' },
    ]);
  });
});
