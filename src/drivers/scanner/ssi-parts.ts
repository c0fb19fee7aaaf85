import type { SsiPacket } from '../framing/ssi.ts';

/** What one more packet of decoded data makes of the code that is being joined. */
export type SsiPart =
  /** The packet before, sent again because our acknowledgement was lost. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'unfinished' }
  /** The code is longer than the limit; what still comes of it is dropped. Told once. */
  | { readonly kind: 'too-long' }
  /** `type` is the kind of code, as the scanner numbers them. */
  | { readonly kind: 'scan'; readonly type: number; readonly bytes: Uint8Array };

export interface SsiParts {
  /** The packet's bytes are copied. */
  add(packet: SsiPacket): SsiPart;
  begun(): boolean;
  /** Drops the code that is being joined, up to its last packet. */
  drop(): void;
  /** Forgets and zeroes all. */
  reset(): void;
}

/**
 * Joins the packets of a code, each of which begins with the code's kind. One that is marked as sent again is new all
 * the same when the one before it was never received.
 */
export function ssiParts(limit: number): SsiParts {
  const buffer = new Uint8Array(limit);
  let filled = 0;
  let type = 0;
  let under: 'nothing' | 'code' | 'dropped' = 'nothing';
  /** What was taken last, to know it again. */
  let last: { readonly continued: boolean; readonly data: Uint8Array } | null = null;

  const clear = () => {
    buffer.fill(0, 0, filled);
    filled = 0;
    under = 'nothing';
  };
  const isRepeated = (packet: SsiPacket) =>
    packet.retransmit &&
    last !== null &&
    last.continued === packet.continued &&
    last.data.length === packet.data.length &&
    last.data.every((byte, index) => byte === packet.data[index]);

  return {
    add(packet) {
      if (isRepeated(packet)) return { kind: 'repeated' };
      last?.data.fill(0);
      last = { continued: packet.continued, data: packet.data.slice() };
      const [kind = 0] = packet.data;
      const bytes = packet.data.subarray(1);
      if (under === 'nothing') {
        under = 'code';
        type = kind;
      }
      if (under === 'dropped') {
        if (!packet.continued) clear();
        return { kind: 'unfinished' };
      }
      if (filled + bytes.length > buffer.length) {
        clear();
        if (packet.continued) under = 'dropped';
        return { kind: 'too-long' };
      }
      buffer.set(bytes, filled);
      filled += bytes.length;
      if (packet.continued) return { kind: 'unfinished' };
      const whole = buffer.slice(0, filled);
      clear();
      return { kind: 'scan', type, bytes: whole };
    },
    begun: () => under !== 'nothing',
    drop() {
      if (under === 'nothing') return;
      clear();
      under = 'dropped';
    },
    reset() {
      clear();
      last?.data.fill(0);
      last = null;
    },
  };
}
