import { encodeSdtResponse, sdtRequestDeframer } from '../framing/sdt.ts';
import type { Timers } from '../timers.ts';

/** What lies on the simulated reader. */
export type SimulatedCard =
  | { readonly kind: 'identity'; readonly text: Uint8Array; readonly photo: Uint8Array }
  /** Some other card of the same radio type. */
  | { readonly kind: 'foreign' };

export const READ_FAULTS = [
  'bad-checksum',
  'cut-short',
  'silence',
  'read-failed',
  'card-refused',
  'self-test',
] as const;
export type ReadFault = (typeof READ_FAULTS)[number];

/** Milliseconds that the module thinks before it answers. */
export interface ReaderLatency {
  readonly find: number;
  readonly select: number;
  readonly read: number;
  readonly other: number;
}

/** About what a desktop reader takes. */
export const USUAL_LATENCY: ReaderLatency = { find: 15, select: 20, read: 350, other: 5 };

export interface SdtReaderSimulator {
  /** Bytes from the terminal. */
  receive(bytes: Uint8Array): void;
  /** Lays a card down; one that lies there already is taken away first. */
  insert(card: SimulatedCard): void;
  lift(): void;
  /** The next read fails like this. `self-test` fails everything at once, until it is cleared with null. */
  setFault(fault: ReadFault | null): void;
  fault(): ReadFault | null;
  /** How often the contents of a card were asked for. */
  readings(): number;
  /** Its plug is pulled: what it was about to say is lost, and so is which card it has read. */
  losePower(): void;
  /** A dead reader behind a live cable: hears nothing, says nothing. */
  setDead(dead: boolean): void;
  /** The next answer to a command comes this much later. */
  delayNext(milliseconds: number): void;
}

/** `99.01-20260101-0000000001-0000000001`: 99 where a real module has its maker's number. */
const SAM_ID = new Uint8Array([99, 0, 1, 0, 0x05, 0x25, 0x35, 0x01, 1, 0, 0, 0, 1, 0, 0, 0]);
const PACE_INTERVAL = 10;
const CUT_AFTER = 500;

/** How far the card in the field has come: each step wants the one before. */
type CardStep = 'new' | 'found' | 'selected' | 'read';

/**
 * A reader with a security module, as strict as the real ones: a card is found, selected, read, in this order, once;
 * then it is not found again until it has been lifted. Answers come paced as the line's rate allows and one after the
 * other, however fast the questions come.
 */
export function createSdtReaderSimulator(options: {
  readonly baudRate: number;
  readonly timers: Timers;
  readonly latency?: ReaderLatency;
  readonly send: (bytes: Uint8Array) => void;
}): SdtReaderSimulator {
  const { timers } = options;
  const latency = options.latency ?? USUAL_LATENCY;
  const requests = sdtRequestDeframer();
  const bytesPerInterval = Math.max(1, Math.floor((options.baudRate / 10 / 1000) * PACE_INTERVAL));
  let card: SimulatedCard | null = null;
  let step: CardStep = 'new';
  let fault: ReadFault | null = null;
  let dead = false;
  let extraDelay = 0;
  let readings = 0;
  const queue: { readonly after: number; readonly bytes: Uint8Array }[] = [];
  let sending = false;

  function sendNext(): void {
    const next = queue.shift();
    sending = next !== undefined;
    if (next) timers.after(next.after, () => pace(next.bytes, 0));
  }
  function pace(bytes: Uint8Array, from: number): void {
    if (from >= bytes.length || dead) {
      sendNext();
      return;
    }
    options.send(bytes.subarray(from, from + bytesPerInterval));
    timers.after(PACE_INTERVAL, () => pace(bytes, from + bytesPerInterval));
  }
  function answer(after: number, bytes: Uint8Array): void {
    queue.push({ after: after + extraDelay, bytes });
    extraDelay = 0;
    if (!sending) sendNext();
  }
  const status = (code: number, data?: Uint8Array) =>
    encodeSdtResponse(data ? { status: code, data } : { status: code });

  function find(): Uint8Array {
    if (card === null || step === 'read') return status(0x80);
    step = 'found';
    return status(0x9f, new Uint8Array(4));
  }

  function select(): Uint8Array {
    if (card === null || step !== 'found') return status(0x81);
    if (card.kind === 'foreign') return status(0x40);
    step = 'selected';
    return status(0x90, new Uint8Array(8));
  }

  /** Null when nothing is answered. */
  function read(): Uint8Array | null {
    readings += 1;
    if (card === null || card.kind === 'foreign' || step !== 'selected') return status(0x41);
    const failure = fault;
    fault = null;
    // The module refuses before it has read, so that the card is found again.
    if (failure === 'read-failed' || failure === 'card-refused') step = 'new';
    if (failure === 'read-failed') return status(0x41);
    if (failure === 'card-refused') return status(0x32);
    step = 'read';
    const data = new Uint8Array(4 + card.text.length + card.photo.length);
    new DataView(data.buffer).setUint16(0, card.text.length);
    new DataView(data.buffer).setUint16(2, card.photo.length);
    data.set(card.text, 4);
    data.set(card.photo, 4 + card.text.length);
    const frame = status(0x90, data);
    if (failure === 'silence') return null;
    if (failure === 'bad-checksum') frame[frame.length - 1] = (frame.at(-1) ?? 0) ^ 0x55;
    return failure === 'cut-short' ? frame.subarray(0, CUT_AFTER) : frame;
  }

  /** What is answered and how long the module thinks about it. */
  function replyTo(command: number): readonly [thinking: number, frame: Uint8Array | null] {
    if (fault === 'self-test') return [latency.other, status(0x60)];
    switch (command) {
      case 0x10ff:
        if (step !== 'read') step = 'new';
        return [latency.other, status(0x90)];
      case 0x11ff:
        return [latency.other, status(0x90)];
      case 0x12ff:
        return [latency.other, status(0x90, SAM_ID)];
      case 0x2001:
        return [latency.find, find()];
      case 0x2002:
        return [latency.select, select()];
      case 0x3001:
        return [latency.read, read()];
      case 0x3003:
        return [latency.other, status(card !== null && step === 'read' ? 0x91 : 0x41)];
      default:
        return [latency.other, status(0x21)];
    }
  }

  return {
    receive(bytes) {
      if (dead) return;
      const before = requests.counts().badChecksums;
      for (const request of requests.push(bytes)) {
        const [thinking, frame] = replyTo((request.command << 8) | request.parameter);
        if (frame) answer(thinking, frame);
      }
      if (requests.counts().badChecksums > before) answer(latency.other, status(0x10));
    },
    insert(next) {
      card = next;
      step = 'new';
    },
    lift() {
      card = null;
      step = 'new';
    },
    setFault(next) {
      fault = next;
    },
    fault: () => fault,
    readings: () => readings,
    losePower() {
      step = 'new';
      queue.length = 0;
    },
    setDead(next) {
      dead = next;
      if (dead) queue.length = 0;
    },
    delayNext(milliseconds) {
      extraDelay = milliseconds;
    },
  };
}
