import type { LampDevice } from '#contract/device.ts';
import { assertNever } from '#domain/result.ts';
import { REFUSAL_LENGTH, readCoilAnswer } from '../lamp/modbus-coil.ts';
import { FILLER, type Mask } from './mask.ts';

const NOTHING = new Uint8Array(0);
/** Where the filler would be right by chance. */
const OTHER_FILLER = 0x59;

/** What is sent to relays says which lights are lit. What comes back stays only where it can be nothing else than theirs. */
export function maskRelays({ protocol }: LampDevice): Mask {
  switch (protocol) {
    case 'lcus':
      return {
        asked: (bytes) => bytes.slice(),
        heard: (bytes) => new Uint8Array(bytes.length).fill(FILLER),
        settle: () => NOTHING,
      };
    case 'modbus-rtu':
      return maskCoils();
    default:
      return assertNever(protocol);
  }
}

/** Keeps the frame that was sent as long as it is said back octet by octet, and a refusal whose checksum is right. */
function maskCoils(): Mask {
  let frame: Uint8Array = NOTHING;
  /** Octets since the frame was sent. */
  let count = 0;
  let same = true;
  /** What may become a refusal, from its first octet, which is told already. */
  let held: Uint8Array = NOTHING;

  function maskOctet(octet: number, at: number): number {
    same &&= octet === frame[at];
    if (same) return octet;
    return frame[at] === FILLER ? OTHER_FILLER : FILLER;
  }
  /** No refusal that is whole: its first two octets are kept, by which the driver knows it. */
  function maskHeld(): Uint8Array {
    const masked = held.map((octet, at) => (at < 2 ? octet : FILLER));
    held.fill(0);
    held = NOTHING;
    same = false;
    return masked;
  }

  return {
    asked(bytes) {
      frame = bytes.slice();
      count = 0;
      same = true;
      return bytes.slice();
    },
    heard(bytes) {
      const out: number[] = [];
      for (const octet of bytes) {
        const at = count;
        count += 1;
        const begun = held.length > 0 || (at === 1 && same && isRefused(octet));
        if (!begun) {
          out.push(maskOctet(octet, at));
          continue;
        }
        held = Uint8Array.of(...(held.length > 0 ? held : [frame[0] ?? 0]), octet);
        if (held.length < REFUSAL_LENGTH) continue;
        const whole = readCoilAnswer(held, frame) === 'refused';
        out.push(...(whole ? held : maskHeld()).subarray(1));
        held = NOTHING;
        same = false;
      }
      return Uint8Array.from(out);
    },
    settle: () => (held.length === 0 ? NOTHING : maskHeld().subarray(1)),
  };

  function isRefused(octet: number): boolean {
    return frame.length > 1 && octet === ((frame[1] ?? 0) | 0x80);
  }
}
