/** What waits for the next commit. */
interface Waiting<Item, Outcome> {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (fault: unknown) => void;
}

interface GroupCommit<Item, Outcome> {
  /** Resolves after the commit that the item was part of. Rejects when it could not be stored. */
  add(item: Item): Promise<Outcome>;
  /** Commits what waits and refuses nothing that came before. */
  drain(): Promise<void>;
}

/**
 * Commits items that arrive close together in one transaction, because one fsync for ten packets costs what one for a
 * single packet does. A group closes when its first item has waited `windowMs`, or when it is full; while one group is
 * being committed the next gathers.
 */
export function groupCommit<Item, Outcome>(options: {
  readonly windowMs: number;
  readonly largestGroup: number;
  /**
   * Stores all items in one transaction and returns their outcomes in the same order. When it rejects, it has stored
   * none, and is called again for each item alone.
   */
  readonly commit: (items: readonly Item[]) => Promise<readonly Outcome[]>;
}): GroupCommit<Item, Outcome> {
  let gathering: Waiting<Item, Outcome>[] = [];
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();

  function close(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const group = gathering;
    gathering = [];
    if (group.length > 0) running = running.then(() => store(group));
  }

  async function store(group: readonly Waiting<Item, Outcome>[]): Promise<void> {
    try {
      await settle(group);
    } catch (fault) {
      if (group.length === 1) {
        for (const waiting of group) waiting.reject(fault);
        return;
      }
      // One item that cannot be stored must not take its neighbours along, this time and at every retry.
      for (const waiting of group) await store([waiting]);
    }
  }

  async function settle(group: readonly Waiting<Item, Outcome>[]): Promise<void> {
    const outcomes = await options.commit(group.map((waiting) => waiting.item));
    if (outcomes.length !== group.length) {
      throw new Error(`a commit of ${group.length} items gave ${outcomes.length} outcomes`);
    }
    for (const [index, outcome] of outcomes.entries()) group[index]?.resolve(outcome);
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        gathering.push({ item, resolve, reject });
        if (gathering.length >= options.largestGroup) close();
        else if (timer === null) timer = setTimeout(close, options.windowMs);
      }),
    drain: async () => {
      close();
      await running;
    },
  };
}
