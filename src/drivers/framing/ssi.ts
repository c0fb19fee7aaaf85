/**
 * Packets of Zebra's Simple Serial Interface (programmer's guide 72E-40451).
 *
 * | byte | |
 * |---|---|
 * | 0 | length: all bytes but the checksum |
 * | 1 | opcode |
 * | 2 | source: 00 the scanner, 04 the host |
 * | 3 | status: bit 0 sent again, bit 1 continued in the next packet |
 * | 4.. | data |
 * | last two | checksum: two's complement of the sum of all before, big-endian |
 */
export const SSI = {
  ack: 0xd0,
  nak: 0xd1,
  startSession: 0xe4,
  stopSession: 0xe5,
  scanEnable: 0xe9,
  scanDisable: 0xea,
  decodeData: 0xf3,
} as const;

/** Why a packet was not taken; the first byte of a NAK's data. */
export const SSI_NAK = { resend: 0x01, badContext: 0x02, denied: 0x06 } as const;

const SOURCES = { scanner: 0x00, host: 0x04 } as const;
export type SsiSource = keyof typeof SOURCES;

const HEAD = 4;
const CHECKSUM = 2;
const LONGEST_DATA = 255 - HEAD;
const RETRANSMIT = 0x01;
const CONTINUED = 0x02;

export interface SsiPacket {
  readonly opcode: number;
  /** Sent before, and not acknowledged. */
  readonly retransmit: boolean;
  /** The next packet goes on where this one ends. */
  readonly continued: boolean;
  readonly data: Uint8Array;
}

export type SsiFrame =
  | { readonly kind: 'packet'; readonly packet: SsiPacket }
  /** Bytes that are no packet of the other side's. Told once, however many they are, up to the next packet. */
  | { readonly kind: 'damaged' };

export interface SsiDeframer {
  /** Packets that are complete with this chunk, each with its own memory. Never throws. */
  push(chunk: Uint8Array): SsiFrame[];
  /** Bytes of a packet that has begun; never more than the longest packet. */
  pending(): number;
  /** There was damage, and no packet since. */
  spoilt(): boolean;
  /** Forgets and zeroes what was begun. */
  reset(): void;
}

function checksumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return -sum & 0xffff;
}

export function encodeSsi(packet: {
  readonly opcode: number;
  readonly source: SsiSource;
  readonly retransmit?: boolean;
  readonly continued?: boolean;
  readonly data?: Uint8Array;
}): Uint8Array {
  const data = packet.data ?? new Uint8Array(0);
  if (data.length > LONGEST_DATA) throw new Error(`${data.length} bytes do not fit a packet`);
  const length = HEAD + data.length;
  const status = (packet.retransmit ? RETRANSMIT : 0) | (packet.continued ? CONTINUED : 0);
  const bytes = new Uint8Array(length + CHECKSUM);
  bytes.set([length, packet.opcode, SOURCES[packet.source], status]);
  bytes.set(data, HEAD);
  new DataView(bytes.buffer).setUint16(length, checksumOf(bytes.subarray(0, length)));
  return bytes;
}

/**
 * Reads the packets that `from` sends. Nothing marks where one begins, so that after damage the next byte is tried; the
 * caller, who asks for the packet again after a silence, resets before it comes.
 */
export function ssiDeframer(from: SsiSource): SsiDeframer {
  const source = SOURCES[from];
  const buffer = new Uint8Array(2 * (255 + CHECKSUM));
  let filled = 0;
  let spoilt = false;

  /** Drops bytes from the front and zeroes where the rest has moved from. */
  const drop = (count: number) => {
    if (count === 0) return;
    buffer.copyWithin(0, count, filled);
    buffer.fill(0, filled - count, filled);
    filled -= count;
  };
  /** The packet at a place; null when there is none, and `more` when that cannot be said yet. */
  const packetAt = (at: number): SsiPacket | 'more' | null => {
    const here = filled - at;
    const length = buffer[at] ?? 0;
    if (length < HEAD || (here >= 3 && buffer[at + 2] !== source)) return null;
    if (here < length + CHECKSUM) return 'more';
    const end = at + length;
    const stated = ((buffer[end] ?? 0) << 8) | (buffer[end + 1] ?? 0);
    if (stated !== checksumOf(buffer.subarray(at, end))) return null;
    const status = buffer[at + 3] ?? 0;
    return {
      opcode: buffer[at + 1] ?? 0,
      retransmit: (status & RETRANSMIT) !== 0,
      continued: (status & CONTINUED) !== 0,
      data: buffer.slice(at + HEAD, end),
    };
  };
  const drain = (frames: SsiFrame[]) => {
    let at = 0;
    while (at < filled) {
      const packet = packetAt(at);
      if (packet === 'more') break;
      if (packet === null) {
        if (!spoilt) frames.push({ kind: 'damaged' });
        spoilt = true;
        at += 1;
      } else {
        spoilt = false;
        frames.push({ kind: 'packet', packet });
        at += HEAD + packet.data.length + CHECKSUM;
      }
    }
    drop(at);
  };

  return {
    push(chunk) {
      const frames: SsiFrame[] = [];
      let taken = 0;
      while (taken < chunk.length) {
        const part = chunk.subarray(taken, taken + (buffer.length - filled));
        buffer.set(part, filled);
        filled += part.length;
        taken += part.length;
        drain(frames);
      }
      return frames;
    },
    pending: () => filled,
    spoilt: () => spoilt,
    reset() {
      buffer.fill(0, 0, filled);
      filled = 0;
      spoilt = false;
    },
  };
}
