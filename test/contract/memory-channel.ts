import type { Channel } from '#contract/channel.ts';
import { PendingListener } from '#shell/pending-listener.ts';

/** Two ends of a channel in one process, for tests. Messages are strings and arrive in a later microtask. */
export function memoryChannelPair(): readonly [Channel, Channel] {
  const ends = [new PendingListener<string>(), new PendingListener<string>()] as const;
  const closings = [new PendingListener<undefined>(), new PendingListener<undefined>()] as const;
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    for (const closing of closings) queueMicrotask(() => closing.deliver(undefined));
  };
  const end = (own: 0 | 1): Channel => ({
    send(message) {
      const other = ends[own === 0 ? 1 : 0];
      if (open) queueMicrotask(() => other.deliver(message));
    },
    onMessage: (listener) => ends[own].listen(listener),
    onClose: (listener) => closings[own].listen(listener),
    close,
  });
  return [end(0), end(1)];
}
