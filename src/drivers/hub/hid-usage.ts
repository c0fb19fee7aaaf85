const GENERIC_DESKTOP = 0x01;
const MOUSE = 0x02;
const KEYBOARD = 0x06;
const KEYPAD = 0x07;

/** Bytes of a descriptor that are looked at: the first items say what the whole interface is. */
const LOOKED_AT = 64;

/**
 * Whether a HID report descriptor begins as that of something to type or point with. A scanner in keyboard mode is one.
 *
 * Short items of Device Class Definition for HID 1.11, 6.2.2.2: the prefix's low two bits are the length of the data
 * (0, 1, 2 or 4 bytes), the rest is the kind:
 *
 * | prefix | item |
 * |---|---|
 * | 04..07 | usage page |
 * | 08..0B | usage |
 * | A0..A3 | collection: the usage before it is the interface's |
 */
export function isKeyboardOrMouse(descriptor: Uint8Array): boolean {
  let page = 0;
  let usage = 0;
  let at = 0;
  while (at < Math.min(descriptor.length, LOOKED_AT)) {
    const prefix = descriptor[at] ?? 0;
    const length = [0, 1, 2, 4][prefix & 3] ?? 0;
    const value = littleEndian(descriptor.subarray(at + 1, at + 1 + length));
    const kind = prefix & 0xfc;
    if (kind === 0x04) page = value;
    if (kind === 0x08) usage = value;
    if (kind === 0xa0) break;
    at += 1 + length;
  }
  return page === GENERIC_DESKTOP && (usage === MOUSE || usage === KEYBOARD || usage === KEYPAD);
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}
