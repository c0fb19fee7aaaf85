import type { LampDevice } from '#contract/device.ts';
import type { Timers } from '../timers.ts';
import type { Transport } from '../transport/transport.ts';
import type { Relay } from './lamp-relays.ts';
import { lcusFrame } from './lcus.ts';
import { coilFrame, readCoilAnswer } from './modbus-coil.ts';

export interface RelayFault {
  readonly reason: 'no-answer' | 'damaged' | 'refused' | 'lost';
  /** Says what to do. */
  readonly detail: string;
}

/** An open connection to a board of relays: one command at a time. */
export interface RelayLine {
  /** Null when it was done, as far as the board tells. */
  switch(relay: Relay): Promise<RelayFault | null>;
}

/** Between two commands: simple boards lose what comes too fast, and Modbus wants 3.5 characters of silence. */
const COMMAND_PAUSE = 30;
const ANSWER_LIMIT = 300;
const TRIES = 3;

export function relayLine(options: {
  readonly transport: Transport;
  readonly protocol: LampDevice['protocol'];
  readonly timers: Timers;
}): RelayLine {
  const { transport, protocol, timers } = options;
  let onBytes: (chunk: Uint8Array) => void = () => {};
  // What comes when nothing was asked, and what LCUS boards may say, is passed over.
  transport.onData((chunk) => onBytes(chunk));
  const pause = () => new Promise<void>((resolve) => timers.after(COMMAND_PAUSE, resolve));

  async function write(frame: Uint8Array): Promise<RelayFault | null> {
    const written = await transport.write(frame);
    return written.ok ? null : { reason: 'lost', detail: written.error.detail };
  }

  /** Sends a coil's frame and waits for the same frame as its answer. */
  function exchange(frame: Uint8Array): Promise<RelayFault | null> {
    return new Promise((resolve) => {
      let received = new Uint8Array(0);
      const settle = (fault: RelayFault | null) => {
        onBytes = () => {};
        cancel();
        resolve(fault);
      };
      const cancel = timers.after(ANSWER_LIMIT, () =>
        settle({ reason: 'no-answer', detail: 'the relay board does not answer: is it switched on?' }),
      );
      onBytes = (chunk) => {
        received = new Uint8Array([...received, ...chunk.subarray(0, frame.length + 1)]);
        const answer = readCoilAnswer(received, frame);
        if (answer === 'done') settle(null);
        if (answer === 'refused')
          settle({ reason: 'refused', detail: 'the relay board refuses a channel: check "channels"' });
        if (answer === 'damaged')
          settle({ reason: 'damaged', detail: 'the relay board answers something else: check its rate' });
      };
      void write(frame).then((fault) => {
        if (fault !== null) settle(fault);
      });
    });
  }

  return {
    async switch(relay) {
      if (protocol === 'lcus') {
        const fault = await write(lcusFrame(relay));
        await pause();
        return fault;
      }
      let fault: RelayFault | null = null;
      for (let tries = 0; tries < TRIES; tries += 1) {
        fault = await exchange(coilFrame(relay));
        await pause();
        if (fault === null || fault.reason === 'lost' || fault.reason === 'refused') return fault;
      }
      return fault;
    },
  };
}
