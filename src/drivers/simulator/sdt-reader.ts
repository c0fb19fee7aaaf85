import { encodeSdtResponse, sdtRequestDeframer } from '../framing/sdt.ts';
import type { Timers } from '../timers.ts';
import { pacedLine } from './paced-line.ts';
import type { SdtModel, SdtOccasion, SimulatedCard } from './sdt-module.ts';
import {
  answerRequest,
  layCard,
  losePower,
  newModule,
  occasionOf,
  refuseRequest,
  STRICT_MODEL,
} from './sdt-module.ts';

export type { SimulatedCard } from './sdt-module.ts';

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
  /** Bits a second on its line, which `60 0n` sets. */
  baudRate(): number;
  /** Its plug is pulled: what it was about to say is lost, and so is which card it has read. */
  losePower(): void;
  /** A dead reader behind a live cable: hears nothing, says nothing. */
  setDead(dead: boolean): void;
  /** The next answer to a command comes this much later. */
  delayNext(milliseconds: number): void;
}

const CUT_AFTER = 500;

/**
 * A reader with a security module, as strict as the real ones: a card is found, selected, read, in this order, once;
 * then it is not found again until it has been lifted. Answers come paced as the line's rate allows and one after the
 * other, however fast the questions come.
 */
export function createSdtReaderSimulator(options: {
  readonly baudRate: number;
  readonly timers: Timers;
  readonly latency?: ReaderLatency;
  readonly model?: SdtModel;
  readonly send: (bytes: Uint8Array) => void;
}): SdtReaderSimulator {
  const latency = options.latency ?? USUAL_LATENCY;
  const requests = sdtRequestDeframer();
  let module = newModule({ model: options.model ?? STRICT_MODEL, baudRate: options.baudRate });
  const line = pacedLine({ baudRate: () => module.baudRate, timers: options.timers, send: options.send });
  let fault: ReadFault | null = null;
  let dead = false;
  let extraDelay = 0;
  let readings = 0;

  function answer(after: number, bytes: Uint8Array): void {
    line.say({ after: after + extraDelay, bytes });
    extraDelay = 0;
  }
  function thinking(occasion: SdtOccasion): number {
    return occasion === 'find' || occasion === 'select' || occasion === 'read'
      ? latency[occasion]
      : latency.other;
  }
  /** Null when nothing is answered. */
  function disturbed(occasion: SdtOccasion, frame: () => Uint8Array): Uint8Array | null {
    if (fault === 'self-test') return refuse(0x60);
    if (occasion !== 'read') return frame();
    readings += 1;
    if (module.step !== 'selected') return frame();
    const failure = fault;
    fault = null;
    if (failure === 'read-failed') return refuse(0x41);
    if (failure === 'card-refused') return refuse(0x32);
    const whole = frame();
    if (failure === 'silence') return null;
    if (failure === 'bad-checksum') whole[whole.length - 1] = (whole.at(-1) ?? 0) ^ 0x55;
    return failure === 'cut-short' ? whole.subarray(0, CUT_AFTER) : whole;
  }
  function refuse(status: number): Uint8Array {
    const reply = refuseRequest(module, status);
    module = reply.module;
    return reply.frame;
  }

  return {
    receive(bytes) {
      if (dead) return;
      const before = requests.counts().badChecksums;
      for (const request of requests.push(bytes)) {
        const occasion = occasionOf(request);
        const frame = disturbed(occasion, () => {
          const reply = answerRequest(module, request);
          module = reply.module;
          return reply.frame;
        });
        if (frame) answer(thinking(occasion), frame);
      }
      if (requests.counts().badChecksums > before) answer(latency.other, encodeSdtResponse({ status: 0x10 }));
    },
    insert(next) {
      module = layCard(module, next);
    },
    lift() {
      module = layCard(module, null);
    },
    setFault(next) {
      fault = next;
    },
    fault: () => fault,
    readings: () => readings,
    baudRate: () => module.baudRate,
    losePower() {
      module = losePower(module);
      line.forget();
    },
    setDead(next) {
      dead = next;
      if (dead) line.forget();
    },
    delayNext(milliseconds) {
      extraDelay = milliseconds;
    },
  };
}
