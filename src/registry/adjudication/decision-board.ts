/** Lets an answer wait for a decision without asking the database over and over. */
export interface DecisionBoard {
  /** Wakes everyone who waits for this packet. Called after the decision's commit. */
  announce(packetId: string): void;
  /** Resolves when the packet's decision was announced, after `waitMs`, or when the board closes. */
  wait(packetId: string, waitMs: number): Promise<void>;
  close(): void;
}

export function decisionBoard(): DecisionBoard {
  const waiting = new Map<string, Set<() => void>>();
  let closed = false;

  function wakeAll(wakes: Iterable<() => void>): void {
    for (const wake of [...wakes]) wake();
  }

  return {
    announce: (packetId) => wakeAll(waiting.get(packetId) ?? []),
    wait: (packetId, waitMs) =>
      new Promise((resolve) => {
        if (closed || waitMs <= 0) {
          resolve();
          return;
        }
        const wakes = waiting.get(packetId) ?? new Set();
        waiting.set(packetId, wakes);
        const wake = () => {
          clearTimeout(timer);
          wakes.delete(wake);
          if (wakes.size === 0) waiting.delete(packetId);
          resolve();
        };
        const timer = setTimeout(wake, waitMs);
        wakes.add(wake);
      }),
    close: () => {
      closed = true;
      for (const wakes of [...waiting.values()]) wakeAll(wakes);
    },
  };
}
