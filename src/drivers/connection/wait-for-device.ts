import type { Connector } from '../hub/connector.ts';
import type { Timers } from '../timers.ts';

/** Calls `again` once: after the pause, or when the device appears before that; never once it was called off. */
export function waitForDevice(options: {
  readonly connector: Connector;
  readonly timers: Timers;
  readonly milliseconds: number;
  readonly again: () => void;
}): () => void {
  const { connector, timers, milliseconds, again } = options;
  const undo: (() => void)[] = [];
  const cancel = () => {
    for (const each of undo.splice(0)) each();
  };
  const elapsed = () => {
    cancel();
    again();
  };
  undo.push(timers.after(milliseconds, elapsed));
  undo.push(connector.whenPresent(elapsed));
  return cancel;
}
