import { encodeSdtResponse, sdtRequestDeframer } from '../framing/sdt.ts';
import type { Timers } from '../timers.ts';
import type { ScriptedFaults } from './fault-run.ts';
import { scriptedFaults } from './fault-run.ts';
import type { FaultScript } from './fault-script.ts';
import type { Cable } from './faulty-line.ts';
import { faultyLine } from './faulty-line.ts';
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
  /** How often the contents of a card were asked for. */
  readings(): number;
  /** How it misbehaves from now on; an empty script makes it well-behaved. */
  play(script: FaultScript): void;
  /** Bits a second on its line, which `60 0n` sets. */
  baudRate(): number;
  /** Its plug is pulled: what it was about to say is lost, and so is which card it has read. */
  losePower(): void;
}

/**
 * A reader with a security module, as strict as the real ones: a card is found, selected, read, in this order, once;
 * then it is not found again until it has been lifted, unless the model says so. Answers come paced as the line's rate
 * allows and one after the other, however fast the questions come.
 */
export function createSdtReaderSimulator(options: {
  readonly baudRate: number;
  readonly timers: Timers;
  readonly send: (bytes: Uint8Array) => void;
  readonly latency?: ReaderLatency;
  readonly model?: SdtModel;
  /** A script that is shared with other devices; its own when left out. */
  readonly faults?: ScriptedFaults;
  /** Its plug, for faults that pull it. */
  readonly cable?: Cable;
}): SdtReaderSimulator {
  const latency = options.latency ?? USUAL_LATENCY;
  const faults = options.faults ?? scriptedFaults();
  const requests = sdtRequestDeframer();
  let module = newModule({ model: options.model ?? STRICT_MODEL, baudRate: options.baudRate });
  let readings = 0;
  const forgetCard = () => {
    module = losePower(module);
  };
  const line = faultyLine({
    baudRate: () => module.baudRate,
    timers: options.timers,
    send: options.send,
    cable: options.cable ?? null,
    powerLost: forgetCard,
  });

  function thinking(occasion: SdtOccasion): number {
    return occasion === 'find' || occasion === 'select' || occasion === 'read'
      ? latency[occasion]
      : latency.other;
  }

  return {
    receive(bytes) {
      if (line.deaf()) return;
      const before = requests.counts().badChecksums;
      for (const request of requests.push(bytes)) {
        const occasion = occasionOf(request);
        if (occasion === 'read') readings += 1;
        const met = faults.meet(occasion);
        const refusal = met.find((fault) => fault.kind === 'status');
        const reply = refusal ? refuseRequest(module, refusal.status) : answerRequest(module, request);
        module = reply.module;
        line.say({ after: thinking(occasion), frame: reply.frame, faults: met });
      }
      if (requests.counts().badChecksums > before) {
        line.say({ after: latency.other, frame: encodeSdtResponse({ status: 0x10 }), faults: [] });
      }
    },
    insert(card) {
      module = layCard(module, card);
    },
    lift() {
      module = layCard(module, null);
    },
    readings: () => readings,
    play: (script) => faults.set(script),
    baudRate: () => module.baudRate,
    losePower() {
      forgetCard();
      line.forget();
    },
  };
}
