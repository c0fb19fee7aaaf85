import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HID_POS_LAYOUTS, LINE_TRIGGERS, type ScannerDevice } from '#contract/device.ts';
import { createScannerProtocol } from '#drivers/scanner/create-protocol.ts';
import { LONGEST_SCAN } from '#drivers/scanner/scan-text.ts';
import type { ScannerEffect, ScannerEvent } from '#drivers/scanner/scanner-protocol.ts';
import { bytes, cut, join } from '../bytes.ts';
import { hidPosReport } from '../framing/hid-pos-reports.ts';
import { encode, HID_SCANNER, LINE_SCANNER, SSI_SCANNER } from './scanner-bench.ts';

const GAP = { kind: 'gap', gapTime: 50 } as const;
const DEVICES: readonly (readonly [string, ScannerDevice])[] = [
  ...LINE_TRIGGERS.flatMap((trigger) => [
    [`lines, ${trigger}`, { ...LINE_SCANNER, trigger }] as const,
    [`lines that end in silence, ${trigger}`, { ...LINE_SCANNER, trigger, ending: GAP }] as const,
  ]),
  ['lines with AIM identifiers in GB 18030', { ...LINE_SCANNER, aimIdentifier: true, encoding: 'gb18030' }],
  ['SSI', SSI_SCANNER],
  ['SSI, always on', { ...SSI_SCANNER, trigger: 'always-on' }],
  ...HID_POS_LAYOUTS.map((layout) => [`HID, ${layout}`, { ...HID_SCANNER, layout }] as const),
  ['HID, Newland told', { ...HID_SCANNER, layout: 'newland', trigger: 'newland' }],
  ['HID, Honeywell told', { ...HID_SCANNER, trigger: 'honeywell' }],
];

/** Pieces of every protocol here, good and bad. */
const piece = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ maxLength: 80 }).map((text) => encode(`${text}\r`)),
  fc.constantFrom(
    bytes('0A F3 00 00 1C 48 45 4C 4C 4F FD 73'),
    bytes('04 D0 00 00 FF 2C'),
    bytes('05 D1 00 00 01 FF 29'),
    bytes('02 01 30 30 30 30 23 53 43 4E 54 52 47 31 15 3B 03'),
    bytes('02 01 30 30'),
    encode('%%NoRead\r'),
    encode(']Q1HELLO\r'),
    new Uint8Array(LONGEST_SCAN).fill(0x41),
  ),
  fc
    .record({
      layout: fc.constantFrom(...HID_POS_LAYOUTS),
      data: fc.uint8Array({ maxLength: 56 }),
      aim: fc.constantFrom(']Q1', ']X0', ']Z6', 'xyz'),
      more: fc.boolean(),
    })
    .map(hidPosReport),
);
const happening = fc.oneof(
  { weight: 6, arbitrary: piece.map((data): ScannerEvent => ({ type: 'bytes', bytes: data })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<ScannerEvent>(
      { type: 'opened' },
      { type: 'closed' },
      { type: 'start' },
      { type: 'stop' },
    ),
  },
);

/** Lives through events with pauses between them, waking when it is asked to. */
function live(
  device: ScannerDevice,
  events: readonly { readonly event: ScannerEvent; readonly pause: number }[],
) {
  const protocol = createScannerProtocol(device);
  const effects: ScannerEffect[] = [];
  let now = 0;
  for (const { event, pause } of [{ event: { type: 'opened' } as const, pause: 0 }, ...events]) {
    effects.push(...protocol.handle(event, now));
    const end = now + pause;
    let wakes = 0;
    for (let due = protocol.due(); due !== null && due <= end; due = protocol.due()) {
      now = Math.max(now, due);
      effects.push(...protocol.handle({ type: 'elapsed' }, now));
      wakes += 1;
      if (wakes > 100) throw new Error('it asks to be woken without end');
    }
    now = end;
  }
  return effects;
}

describe.each(DEVICES)('a scanner of %s', (_, device) => {
  it('throws at nothing, always lets time pass, and gives only text within the bound', () => {
    const lives = fc.array(fc.record({ event: happening, pause: fc.constantFrom(0, 0, 0, 60, 200, 6000) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(lives, (events) => {
        for (const effect of live(device, events)) {
          if (effect.do === 'scan') {
            expect(effect.code.text.length).toBeLessThanOrEqual(LONGEST_SCAN);
            expect(effect.code.text).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
          }
          if (effect.do === 'note') expect(effect.detail ?? '').toMatch(/^[ -~]*$/);
          if (effect.do === 'write') expect(effect.bytes.length).toBeLessThanOrEqual(64);
        }
      }),
      { numRuns: 150 },
    );
  });

  if (device.protocol !== 'hid-pos') {
    it('does the same however the bytes are cut', () => {
      const stream = fc.array(piece, { maxLength: 10 }).map((parts) => join(...parts));
      fc.assert(
        fc.property(stream, fc.array(fc.nat(5000), { maxLength: 20 }), (whole, places) => {
          const event = (data: Uint8Array) => ({ event: { type: 'bytes', bytes: data } as const, pause: 0 });
          const end = { event: { type: 'stop' } as const, pause: 6000 };
          const atOnce = live(device, [event(whole), end]);
          const inPieces = live(device, [...cut(whole, places).map(event), end]);
          expect(inPieces).toEqual(atOnce);
        }),
        { numRuns: 150 },
      );
    });
  }
});
