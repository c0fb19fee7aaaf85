/** Consecutive sequences that are held, both ends included. */
export interface Run {
  readonly first: number;
  readonly last: number;
}

/** What changes in the stored runs when a sequence arrives. */
interface RunChange {
  readonly removed: readonly Run[];
  readonly added: Run;
}

/**
 * Adds a sequence to disjoint, untouching runs. Costs the neighbours only, however long the chain is.
 *
 * @param neighbours the run with the greatest `first` at or below `sequence`, and the run that starts at
 *   `sequence + 1`, where they exist
 * @returns null when the sequence is held already
 */
export function addSequence(
  sequence: number,
  neighbours: { readonly below: Run | null; readonly above: Run | null },
): RunChange | null {
  const { below, above } = neighbours;
  if (below !== null && sequence <= below.last) return null;
  const joinsBelow = below !== null && below.last === sequence - 1;
  const joinsAbove = above !== null && above.first === sequence + 1;
  return {
    removed: [...(joinsBelow ? [below] : []), ...(joinsAbove ? [above] : [])],
    added: { first: joinsBelow ? below.first : sequence, last: joinsAbove ? above.last : sequence },
  };
}

/** Runs that are missing below the head, lowest first. Sequences start at 1. `runs` are ascending. */
export function gapsOf(runs: readonly Run[]): readonly Run[] {
  const gaps: Run[] = [];
  let expected = 1;
  for (const run of runs) {
    if (run.first > expected) gaps.push({ first: expected, last: run.first - 1 });
    expected = run.last + 1;
  }
  return gaps;
}
