import type { Timers } from '#drivers/timers.ts';
import { memoryTransport } from '#drivers/transport/memory.ts';
import type { Transport } from '#drivers/transport/transport.ts';

/** A line that opens well and is closed by its other side so many milliseconds later. */
export function closingLine(options: { readonly timers: Timers; readonly after: number }): Transport {
  const { transport, device } = memoryTransport({ path: '/dev/line' });
  return {
    ...transport,
    async open() {
      const opened = await transport.open();
      options.timers.after(options.after, () => device.unplug('closed by the other side'));
      return opened;
    },
  };
}

/** A line that opens when the test says so, and is closed only then, as a port of the system is. */
export function slowOpening() {
  const { transport } = memoryTransport({ path: '/dev/line' });
  let opened: () => void = () => {};
  const opening = new Promise<void>((resolve) => {
    opened = resolve;
  });
  let free = false;
  const slow: Transport = {
    ...transport,
    async open() {
      await opening;
      return transport.open();
    },
    async close() {
      await opening;
      await transport.close();
      free = true;
    },
  };
  return { transport: slow, opened: () => opened(), isFree: () => free };
}
