import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_SCRIPT } from '#contract/dock-api.ts';
import { beginScript, disturb, meetOccasion, scriptedFaults } from '#drivers/simulator/fault-run.ts';
import { parseFaultScript } from '#drivers/simulator/fault-script.ts';
import { FAULT_PRESETS } from '#renderer/dock/fault-presets.ts';
import { script } from './script.ts';

const FRAME = Uint8Array.of(10, 11, 12, 13, 14, 15);
const sent = (text: string) => disturb(FRAME, scriptedOnce(text));

/** The faults that the first read meets. */
function scriptedOnce(text: string) {
  return meetOccasion(beginScript(script(text)), 'read').faults;
}

describe('a fault script', () => {
  it('is a rule a line, with comments and blank lines between', () => {
    expect(
      parseFaultScript('# all at once\n\non read 2: cut-after 500   # the photo\r\non every any: silence\n'),
    ).toEqual({
      ok: true,
      value: [
        {
          occasion: 'read',
          which: 2,
          fault: { kind: 'cut-after', length: 500 },
          text: 'on read 2: cut-after 500',
        },
        {
          occasion: 'any',
          which: 'every',
          fault: { kind: 'silence', milliseconds: 0 },
          text: 'on every any: silence',
        },
      ],
    });
  });

  it.each([
    ['on read: drop-byte 7', { kind: 'drop-byte', at: 7 }],
    ['on find: delay 3000', { kind: 'delay', milliseconds: 3000 }],
    ['on select: status 8F', { kind: 'status', status: 0x8f }],
    ['on read: silence 5000', { kind: 'silence', milliseconds: 5000 }],
    ['on read: unplug-at 640', { kind: 'unplug-at', length: 640, backAfter: null }],
    ['on read: unplug-at 640 1000', { kind: 'unplug-at', length: 640, backAfter: 1000 }],
    ['on any: power-cycle', { kind: 'power-cycle', milliseconds: 1500 }],
    ['on scan: babble 4096', { kind: 'babble', length: 4096 }],
  ])('knows "%s"', (text, fault) => {
    expect(script(text)).toMatchObject([{ fault }]);
  });

  it.each([
    ['on read: bad-checksum\nread: silence', 2, 'no-rule'],
    ['on reading: silence', 1, 'no-such-occasion'],
    ['\n\non read: explode', 3, 'no-such-fault'],
    ['on read: cut-after', 1, 'wrong-number'],
    ['on read: cut-after 99999', 1, 'wrong-number'],
    ['on read: cut-after 1 2', 1, 'wrong-number'],
    ['on read: cut-after -1', 1, 'wrong-number'],
    ['on read: bad-checksum 1', 1, 'wrong-number'],
    ['on read: status 8', 1, 'wrong-number'],
    ['on read 0: silence', 1, 'wrong-number'],
    ['on every read 2: silence', 1, 'wrong-number'],
    ['on scan: status 41', 1, 'not-for-codes'],
    ['on scan: bad-checksum', 1, 'not-for-codes'],
    ['on read: silence\n'.repeat(51), 51, 'too-many-rules'],
    ['x'.repeat(LONGEST_SCRIPT + 1), 1, 'too-long'],
  ])('refuses %j with the line and the reason', (text, line, reason) => {
    expect(parseFaultScript(text)).toEqual({ ok: false, error: { line, reason } });
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 300 })),
        (text) => {
          const parsed = parseFaultScript(text);
          expect(parsed.ok || parsed.error.line >= 1).toBe(true);
        },
      ),
    );
  });

  it('is understood behind every button of the dock', () => {
    for (const text of Object.values(FAULT_PRESETS))
      expect(parseFaultScript(text)).toMatchObject({ ok: true });
  });
});

describe('a fault script that is played', () => {
  it('uses a rule once, at its turn', () => {
    const faults = scriptedFaults();
    faults.set(script('on read 2: silence\non any: delay 5'));
    expect(faults.meet('find')).toEqual([{ kind: 'delay', milliseconds: 5 }]);
    expect(faults.meet('read')).toEqual([]);
    expect(faults.left()).toBe('on read 2: silence');
    expect(faults.meet('read')).toEqual([{ kind: 'silence', milliseconds: 0 }]);
    expect(faults.left()).toBe('');
    expect(faults.meet('read')).toEqual([]);
  });

  it('uses a rule with "every" until another script is set', () => {
    const faults = scriptedFaults();
    faults.set(script('on every any: silence'));
    for (const occasion of ['find', 'read', 'scan', 'find'] as const) {
      expect(faults.meet(occasion)).toHaveLength(1);
    }
    faults.set([]);
    expect(faults.meet('find')).toEqual([]);
  });

  it.each([
    ['on read: drop-byte 2', [10, 11, 13, 14, 15]],
    ['on read: drop-byte 9', [...FRAME]],
    ['on read: bad-checksum', [10, 11, 12, 13, 14, 15 ^ 0x55]],
    ['on read: cut-after 4', [10, 11, 12, 13]],
    ['on read: silence', []],
    ['on read: unplug-at 1', [10]],
    ['on read: power-cycle', []],
    ['on read: drop-byte 0\non read: cut-after 2', [11, 12]],
  ])('"%s" lets out %j', (text, bytes) => {
    expect([...sent(text).bytes]).toEqual(bytes);
  });

  it('babbles the same each time, with beginnings of frames, and then answers', () => {
    const { bytes } = sent('on read: babble 300');
    expect(bytes).toHaveLength(300 + FRAME.length);
    expect(bytes).toEqual(sent('on read: babble 300').bytes);
    expect([...bytes.subarray(97, 102)]).toEqual([0xaa, 0xaa, 0xaa, 0x96, 0x69]);
    expect(bytes.subarray(300)).toEqual(FRAME);
  });

  it('says what happens to the device when the bytes are out', () => {
    expect(sent('on read: delay 30\non read: delay 12')).toMatchObject({
      delay: 42,
      afterwards: { kind: 'nothing' },
    });
    expect(sent('on read: unplug-at 1 500').afterwards).toEqual({ kind: 'unplug', backAfter: 500 });
    expect(sent('on read: power-cycle 700').afterwards).toEqual({ kind: 'power-cycle', milliseconds: 700 });
    expect(sent('on read: silence 800').afterwards).toEqual({ kind: 'deaf', milliseconds: 800 });
  });

  it('leaves the frame that it was given as it was', () => {
    const before = FRAME.slice();
    for (const text of Object.values(FAULT_PRESETS)) sent(text);
    expect(FRAME).toEqual(before);
  });
});
