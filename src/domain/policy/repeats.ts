/**
 * Keeps a record readable while something happens over and over: a cable with a loose contact, a page that sends
 * nonsense. The first of a kind is told at once; what follows within the window is counted, and told as one number when
 * the run ends. Pure, and nothing is lost from the count.
 */
export interface Repeats<E> {
  /** Open runs by the key of their event, in the order in which they began. */
  readonly runs: ReadonlyMap<string, Run<E>>;
}

export interface Run<E> {
  readonly event: E;
  readonly firstAt: number;
  readonly lastAt: number;
  /** How often it came after the first. */
  readonly more: number;
}

export type Told<E> =
  | { readonly kind: 'event'; readonly key: string; readonly event: E }
  | { readonly kind: 'repeated'; readonly key: string; readonly run: Run<E> };

export const REPEAT_LIMITS = {
  /** A run ends when its event has not come again for this long, milliseconds. */
  window: 60_000,
  /** One that never pauses is told this often all the same, milliseconds. */
  longestRun: 3_600_000,
  /** Runs kept open at a time; the oldest ends for a new one. */
  runs: 200,
} as const;

export interface RepeatStep<E> {
  readonly repeats: Repeats<E>;
  /** What is to be written now, in this order. */
  readonly told: readonly Told<E>[];
}

export function noRepeats<E>(): Repeats<E> {
  return { runs: new Map() };
}

/** An event happened. `key` is equal for events that say the same; `at` is monotonic milliseconds. */
export function noteEvent<E>(
  repeats: Repeats<E>,
  happened: { readonly key: string; readonly event: E; readonly at: number },
): RepeatStep<E> {
  const { key, event, at } = happened;
  const ended = endRuns(repeats, at);
  const run = ended.repeats.runs.get(key);
  const runs = new Map(ended.repeats.runs);
  if (run !== undefined) {
    runs.set(key, { ...run, lastAt: at, more: run.more + 1 });
    return { repeats: { runs }, told: ended.told };
  }
  const room = makeRoom(runs);
  runs.set(key, { event, firstAt: at, lastAt: at, more: 0 });
  return { repeats: { runs }, told: [...ended.told, ...room, { kind: 'event', key, event }] };
}

/** Time has passed: tells the count of every run that is over. */
export function endRuns<E>(repeats: Repeats<E>, at: number): RepeatStep<E> {
  return endWhere(
    repeats,
    (run) => at - run.lastAt > REPEAT_LIMITS.window || at - run.firstAt > REPEAT_LIMITS.longestRun,
  );
}

/** Everything stops: tells every count. */
export function endAllRuns<E>(repeats: Repeats<E>): RepeatStep<E> {
  return endWhere(repeats, () => true);
}

function endWhere<E>(repeats: Repeats<E>, over: (run: Run<E>) => boolean): RepeatStep<E> {
  const ended = [...repeats.runs].filter(([, run]) => over(run));
  if (ended.length === 0) return { repeats, told: [] };
  const gone = new Set(ended.map(([key]) => key));
  return {
    repeats: { runs: new Map([...repeats.runs].filter(([key]) => !gone.has(key))) },
    told: ended.flatMap(([key, run]) => countOf(key, run)),
  };
}

function makeRoom<E>(runs: Map<string, Run<E>>): readonly Told<E>[] {
  if (runs.size < REPEAT_LIMITS.runs) return [];
  for (const [key, run] of runs) {
    runs.delete(key);
    return countOf(key, run);
  }
  return [];
}

function countOf<E>(key: string, run: Run<E>): readonly Told<E>[] {
  return run.more === 0 ? [] : [{ kind: 'repeated', key, run }];
}
