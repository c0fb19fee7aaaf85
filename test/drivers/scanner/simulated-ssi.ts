import type { SsiPacket } from '#drivers/framing/ssi.ts';
import { encodeSsi, SSI, SSI_NAK, ssiDeframer } from '#drivers/framing/ssi.ts';
import type { Timers } from '#drivers/timers.ts';

/** Milliseconds after which a packet without an answer is sent again, and how often it is. */
const REPEAT_AFTER = 2000;
const MOST_REPEATS = 2;
const PACKET_DATA = 250;

/**
 * A scanner that speaks Zebra's packets: it acknowledges commands, sends a code packet by packet, each when the one
 * before was acknowledged, and sends one again when it is not or when it is asked to.
 */
export function simulatedSsi(options: {
  readonly timers: Timers;
  readonly send: (bytes: Uint8Array) => void;
  /** Spoils what goes out; the count runs over all packets. */
  readonly onLine?: (bytes: Uint8Array, count: number) => readonly Uint8Array[];
  readonly commands?: 'acknowledged' | 'denied' | 'unheard' | 'misheard';
}) {
  const { timers, onLine = (bytes) => [bytes], commands = 'acknowledged' } = options;
  const deframer = ssiDeframer('host');
  const heard: number[] = [];
  let acknowledged = 0;
  let asked = 0;
  let sent = 0;
  let under: { readonly packets: Omit<SsiPacket, 'retransmit'>[]; repeats: number } | null = null;
  let cancelRepeat: () => void = () => {};

  const put = (bytes: Uint8Array) => {
    sent += 1;
    for (const part of onLine(bytes, sent)) options.send(part);
  };
  function sendFirst(retransmit: boolean): void {
    cancelRepeat();
    const [packet] = under?.packets ?? [];
    if (!packet) {
      under = null;
      return;
    }
    put(encodeSsi({ ...packet, retransmit, source: 'scanner' }));
    cancelRepeat = timers.after(REPEAT_AFTER, again);
  }
  function again(): void {
    if (!under) return;
    under.repeats += 1;
    if (under.repeats > MOST_REPEATS) under = null;
    else sendFirst(true);
  }

  return {
    heard: () => heard,
    acknowledged: () => acknowledged,
    /** How often it was asked to send something again. */
    asked: () => asked,
    receive(bytes: Uint8Array) {
      for (const frame of deframer.push(bytes)) {
        if (frame.kind === 'damaged') throw new Error('the host sent what is no packet');
        const { opcode, data } = frame.packet;
        if (opcode === SSI.ack) {
          acknowledged += 1;
          under?.packets.shift();
          if (under) under.repeats = 0;
          sendFirst(false);
        } else if (opcode === SSI.nak) {
          asked += 1;
          if (data[0] === SSI_NAK.resend) again();
        } else {
          heard.push(opcode);
          if (commands === 'unheard') continue;
          if (commands === 'acknowledged') put(encodeSsi({ opcode: SSI.ack, source: 'scanner' }));
          else {
            const cause = commands === 'denied' ? SSI_NAK.denied : SSI_NAK.resend;
            put(encodeSsi({ opcode: SSI.nak, source: 'scanner', data: Uint8Array.of(cause) }));
          }
        }
      }
    },
    show(text: string) {
      const bytes = new TextEncoder().encode(text);
      const packets: Omit<SsiPacket, 'retransmit'>[] = [];
      for (let from = 0; from === 0 || from < bytes.length; from += PACKET_DATA) {
        const data = Uint8Array.of(0x1c, ...bytes.subarray(from, from + PACKET_DATA));
        packets.push({ opcode: SSI.decodeData, continued: from + PACKET_DATA < bytes.length, data });
      }
      under = { packets, repeats: 0 };
      sendFirst(false);
    },
  };
}
