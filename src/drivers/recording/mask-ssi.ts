import type { SsiScannerDevice } from '#contract/device.ts';
import { encodeSsi, SSI, type SsiPacket, ssiDeframer } from '../framing/ssi.ts';
import { LONGEST_SCAN } from '../scanner/scan-text.ts';
import { ssiParts } from '../scanner/ssi-parts.ts';
import { FILLER, type Mask } from './mask.ts';
import { FILLER_LETTER, isNoText, maskAsNoText, maskCode, OTHER_LETTER } from './mask-code.ts';

/** Length, opcode, source, status; then the data and two bytes of checksum. */
const HEAD = 4;
const CHECKSUM = 2;
const SOURCE_AT = 2;
const SOURCE = 0x00;
/** In place of a byte that is too small for a length, and is no source either. */
const SMALL = 0x01;
/** Silences after which the driver gives up what has begun, milliseconds: of a packet, of a code in several. */
const PACKET_GAP = 100;
const PART_GAP = 5000;
const NOTHING = new Uint8Array(0);

/**
 * Packets of an SSI scanner, found as `framing/ssi.ts` finds them. Their heads stay and their checksums are right again;
 * codes are letters of as many bytes, other ones in each part, since the driver knows a packet that was sent again by its
 * bytes. What is no packet keeps nothing but what the framing had to wait for. The scanner waits for an answer to each
 * packet: what has begun when the driver speaks was given up.
 */
export function maskSsi({ encoding }: SsiScannerDevice): Mask {
  const parts = ssiParts(LONGEST_SCAN);
  let letter = FILLER_LETTER;
  let lastPart: Uint8Array = NOTHING;
  let held: Uint8Array = NOTHING;
  /** What `held` keeps: lengths for which the framing waited, and the sources by which it knew them. */
  let kept: Uint8Array = NOTHING;
  let heardAt = 0;
  let partAt = 0;

  function maskPart(packet: SsiPacket): Uint8Array {
    partAt = heardAt;
    const part = parts.add(packet);
    if (part.kind === 'repeated') return lastPart.slice();
    letter = letter === FILLER_LETTER ? OTHER_LETTER : FILLER_LETTER;
    const masked = maskCode(packet.data, letter);
    masked.set(packet.data.subarray(0, 1));
    if (part.kind === 'scan') {
      if (isNoText(part.bytes, encoding)) maskAsNoText(masked.subarray(1));
      part.bytes.fill(0);
    }
    lastPart = masked;
    return masked;
  }

  function maskData(packet: SsiPacket): Uint8Array {
    if (packet.opcode === SSI.decodeData) return maskPart(packet);
    const masked = new Uint8Array(packet.data.length).fill(FILLER);
    // Why a command was refused.
    if (packet.opcode === SSI.nak) masked.set(packet.data.subarray(0, 1));
    return masked;
  }

  /** The packet that begins what is held; null when there is none, `more` when that cannot be said yet. */
  function packetAt(at: number): SsiPacket | 'more' | null {
    const here = held.length - at;
    const length = held[at] ?? 0;
    if (length < HEAD || (here > SOURCE_AT && held[at + SOURCE_AT] !== SOURCE)) return null;
    if (here < length + CHECKSUM) return 'more';
    const [frame] = ssiDeframer('scanner').push(held.subarray(at, at + length + CHECKSUM));
    return frame?.kind === 'packet' && frame.packet.data.length === length - HEAD ? frame.packet : null;
  }

  function maskNoPacket(at: number): number {
    const byte = held[at] ?? 0;
    if (kept[at] === 1) return byte;
    return byte < HEAD ? SMALL : FILLER;
  }

  /** Tells what has been decided, or everything when nothing more comes. */
  function drain(isOver: boolean): Uint8Array {
    const out: number[] = [];
    let at = 0;
    while (at < held.length) {
      const packet = packetAt(at);
      if (packet === 'more') {
        if (held.length - at > SOURCE_AT)
          kept.fill(1, at, at + 1).fill(1, at + SOURCE_AT, at + SOURCE_AT + 1);
        if (!isOver) break;
      }
      if (packet === 'more' || packet === null) {
        out.push(maskNoPacket(at));
        at += 1;
      } else {
        const { opcode, retransmit, continued } = packet;
        const data = maskData(packet);
        out.push(...encodeSsi({ opcode, source: 'scanner', retransmit, continued, data }));
        at += HEAD + packet.data.length + CHECKSUM;
        packet.data.fill(0);
      }
    }
    const rest = held.slice(at);
    held.fill(0);
    held = rest;
    kept = kept.slice(at);
    return Uint8Array.from(out);
  }

  return {
    asked: (bytes) => bytes.slice(),
    heard(bytes, at) {
      const givenUp = at - heardAt > PACKET_GAP ? drain(true) : NOTHING;
      if (at - partAt > PART_GAP && parts.begun()) parts.reset();
      heardAt = at;
      const joined = joinedWith(held, bytes);
      held.fill(0);
      held = joined;
      kept = joinedWith(kept, new Uint8Array(bytes.length));
      return joinedWith(givenUp, drain(false));
    },
    settle: () => drain(true),
  };
}

function joinedWith(one: Uint8Array, other: Uint8Array): Uint8Array {
  const joined = new Uint8Array(one.length + other.length);
  joined.set(one);
  joined.set(other, one.length);
  return joined;
}
