import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isKeyboardOrMouse } from '#drivers/hub/hid-usage.ts';
import { bytes } from '../bytes.ts';
import { KEYBOARD_DESCRIPTOR, VENDOR_DESCRIPTOR } from './machine-folder.ts';

describe('what a HID interface is, by its report descriptor', () => {
  it.each([
    ['keyboard', KEYBOARD_DESCRIPTOR, true],
    ['mouse', bytes('05 01 09 02 A1 01 C0'), true],
    ['keypad', bytes('05 01 09 07 A1 01 C0'), true],
    ['keyboard with long items', bytes('06 01 00 0A 06 00 A1 01 C0'), true],
    ['vendor’s own', VENDOR_DESCRIPTOR, false],
    ['bar code scanner (usage page 8C)', bytes('05 8C 09 02 A1 01 C0'), false],
    ['game pad', bytes('05 01 09 05 A1 01 C0'), false],
    ['keyboard page only inside the collection', bytes('06 00 FF 09 01 A1 01 05 01 09 06 C0'), false],
    ['empty', new Uint8Array(), false],
    ['cut in an item', bytes('05 01 0A 06'), true],
  ])('%s', (_, descriptor, expected) => {
    expect(isKeyboardOrMouse(descriptor)).toBe(expected);
  });

  it('takes any bytes, and looks at the first ones only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (descriptor) => {
        expect(isKeyboardOrMouse(descriptor)).toBe(isKeyboardOrMouse(descriptor.subarray(0, 70)));
      }),
    );
  });
});
