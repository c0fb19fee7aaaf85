import { resolve } from 'node:path';
import type { BaudRate, Connection } from '#contract/device.ts';
import { ok } from '#domain/result.ts';
import { encodeSdtResponse, sdtRequestDeframer } from '#drivers/framing/sdt.ts';
import type { ConnectionWish, Connector } from '#drivers/hub/connector.ts';
import { fillCardBox } from '#drivers/simulator/card-box.ts';
import { loadPeople } from '#drivers/simulator/people.ts';
import type { Timers } from '#drivers/timers.ts';
import { memoryTransport } from '#drivers/transport/memory.ts';
import type { TransportFault } from '#drivers/transport/transport.ts';
import { manualTimers } from '../manual-timers.ts';

export const PLACE = '/dev/bench';

/** What stands at the far end of a line: takes bytes, and sends some. */
export interface FarEnd {
  receive(bytes: Uint8Array): void;
}
export type MakeFarEnd = (parts: {
  readonly timers: Timers;
  readonly send: (bytes: Uint8Array) => void;
}) => FarEnd;

/** A line to one device, in memory and on a clock that the test moves. At another rate than its own it hears nothing. */
export function lineTo(options: {
  readonly farEnd: MakeFarEnd;
  readonly rate?: BaudRate;
  readonly openFault?: TransportFault;
}) {
  const timers = manualTimers();
  let emit: (bytes: Uint8Array) => void = () => {};
  const farEnd = options.farEnd({ timers, send: (bytes) => emit(bytes) });
  let open = 0;
  const connector = (configured: Connection | null = null): Connector => ({
    async connect(wish?: ConnectionWish) {
      const { transport, device } = memoryTransport({
        path: PLACE,
        ...(options.openFault ? { openFault: options.openFault } : {}),
      });
      const set = configured?.transport === 'serial' ? configured.baudRate : 'probe';
      const rate = set === 'probe' ? wish?.baudRate : set;
      if (options.rate === undefined || rate === options.rate) {
        device.onWrite((bytes) => farEnd.receive(bytes));
        emit = (bytes) => device.emit(bytes);
      }
      return ok({
        ...transport,
        async open() {
          const opened = await transport.open();
          if (opened.ok) open += 1;
          return opened;
        },
        async close() {
          if (device.isOpen) open -= 1;
          await transport.close();
        },
      });
    },
    whenPresent: () => () => {},
  });
  return {
    timers,
    connector,
    /** Connections that are open now. */
    open: () => open,
    /** Runs the clock until the work is done. */
    async finish<T>(work: Promise<T>): Promise<T> {
      let done = false;
      const settled = () => {
        done = true;
      };
      work.then(settled, settled);
      await timers.until(() => done, 300_000);
      return work;
    },
  };
}

/** A module that answers each command, `CMD Para` in hexadecimal digits, with a status and bytes; or says nothing. */
export function module(
  answers: Readonly<Record<string, { readonly status: number; readonly data?: Uint8Array }>>,
): MakeFarEnd {
  return ({ timers, send }) => {
    const requests = sdtRequestDeframer();
    return {
      receive(bytes) {
        for (const { command, parameter } of requests.push(bytes)) {
          const answer = answers[((command << 8) | parameter).toString(16).padStart(4, '0')];
          if (answer) timers.after(5, () => send(encodeSdtResponse(answer)));
        }
      },
    };
  };
}

const resources = new URL('../../../resources/', import.meta.url);

/** A card of the demonstration, by the name of its person. */
export function demoCard(id: string) {
  const people = loadPeople(new URL('demo/people.json', resources));
  const found = fillCardBox({ people, portraitFolder: new URL('demo/portraits/', resources) }).find(
    (card) => card.id === id,
  );
  if (!found) throw new Error(`there is no card "${id}"`);
  return { card: found.card, person: people.find((person) => person.id === id) };
}

export const RESOURCES = resolve(import.meta.dirname, '../../../resources');
