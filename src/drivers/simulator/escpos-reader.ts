/** What a simulated receipt printer is told, one at a time. */
export type EscPosToken =
  | { readonly kind: 'initialise' }
  | { readonly kind: 'chinese'; readonly on: boolean }
  /** One character's octets, as they came. */
  | { readonly kind: 'octets'; readonly octets: Uint8Array }
  | { readonly kind: 'line-end' }
  | { readonly kind: 'feed'; readonly lines: number }
  | { readonly kind: 'bold'; readonly on: boolean }
  | { readonly kind: 'centred'; readonly on: boolean }
  | { readonly kind: 'double'; readonly on: boolean }
  | { readonly kind: 'cut' }
  | { readonly kind: 'qr-dots'; readonly dots: number }
  | { readonly kind: 'qr-keep'; readonly data: Uint8Array }
  | { readonly kind: 'qr-print' }
  | { readonly kind: 'tell-in-turn' }
  | { readonly kind: 'ask-status'; readonly question: number }
  | { readonly kind: 'throw-away' };

type Command = readonly [head: readonly number[], length: number, read: (octets: Uint8Array) => EscPosToken];

/** First octets, whole length, and what it means. Longer heads stand before the shorter ones that they begin with. */
const COMMANDS: readonly Command[] = [
  [[0x10, 0x04], 3, (octets) => ({ kind: 'ask-status', question: octets[2] ?? 0 })],
  [[0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08], 10, () => ({ kind: 'throw-away' })],
  [[0x1b, 0x40], 2, () => ({ kind: 'initialise' })],
  [[0x1c, 0x26], 2, () => ({ kind: 'chinese', on: true })],
  [[0x1c, 0x2e], 2, () => ({ kind: 'chinese', on: false })],
  [[0x1b, 0x45], 3, (octets) => ({ kind: 'bold', on: octets[2] === 1 })],
  [[0x1b, 0x61], 3, (octets) => ({ kind: 'centred', on: octets[2] === 1 })],
  [[0x1d, 0x21], 3, (octets) => ({ kind: 'double', on: octets[2] === 0x11 })],
  [[0x1b, 0x64], 3, (octets) => ({ kind: 'feed', lines: octets[2] ?? 0 })],
  [[0x1d, 0x56, 0x42], 4, () => ({ kind: 'cut' })],
  [[0x1d, 0x72, 0x01], 3, () => ({ kind: 'tell-in-turn' })],
  [[0x0a], 1, () => ({ kind: 'line-end' })],
];
const QR_HEAD = [0x1d, 0x28, 0x6b];
/** More than a receipt ever has in one command. */
const MOST_WAITING = 8192;
const MOST_STRANGE = 1000;

/** Takes a printer's bytes apart, however they are cut. */
export class EscPosReader {
  /** What was not understood. */
  readonly strange: string[] = [];
  #waiting: Uint8Array = new Uint8Array(0);

  push(bytes: Uint8Array): readonly EscPosToken[] {
    this.#waiting = new Uint8Array([...this.#waiting, ...bytes]).subarray(-MOST_WAITING);
    const tokens: EscPosToken[] = [];
    for (;;) {
      const read = this.#next();
      if (read === null) return tokens;
      this.#waiting = this.#waiting.subarray(read.length);
      if (read.token) tokens.push(read.token);
    }
  }

  /** Null while what has come is not enough to tell. */
  #next(): { readonly length: number; readonly token: EscPosToken | null } | null {
    const [first, second] = this.#waiting;
    if (first === undefined) return null;
    if (first >= 0x20 && first <= 0x7e) return this.#text(1);
    if (first >= 0x81 && first <= 0xfe) return second === undefined ? null : this.#text(2);
    if (begins(this.#waiting, QR_HEAD)) return this.#qr();
    const command = COMMANDS.find(([head]) => begins(this.#waiting, head));
    if (command) {
      const [, length, read] = command;
      if (this.#waiting.length < length) return null;
      return { length, token: read(this.#waiting.slice(0, length)) };
    }
    const mayBegin = [QR_HEAD, ...COMMANDS.map(([head]) => head)].some((head) => begins(head, this.#waiting));
    if (mayBegin) return null;
    if (this.strange.length < MOST_STRANGE) this.strange.push(first.toString(16).padStart(2, '0'));
    return { length: 1, token: null };
  }

  #text(length: number): { readonly length: number; readonly token: EscPosToken } {
    return { length, token: { kind: 'octets', octets: this.#waiting.slice(0, length) } };
  }

  #qr(): { readonly length: number; readonly token: EscPosToken | null } | null {
    const [, , , low, high, , what] = this.#waiting;
    if (low === undefined || high === undefined || what === undefined) return null;
    const length = 5 + low + 256 * high;
    if (this.#waiting.length < length) return null;
    const data = this.#waiting.slice(7, length);
    switch (what) {
      case 0x43:
        return { length, token: { kind: 'qr-dots', dots: data[0] ?? 0 } };
      case 0x50:
        return { length, token: { kind: 'qr-keep', data: data.slice(1) } };
      case 0x51:
        return { length, token: { kind: 'qr-print' } };
      default: // model and error correction change nothing here
        return { length, token: null };
    }
  }
}

function begins(bytes: ArrayLike<number>, head: ArrayLike<number>): boolean {
  if (bytes.length < head.length) return false;
  return Array.from(head).every((octet, index) => bytes[index] === octet);
}
