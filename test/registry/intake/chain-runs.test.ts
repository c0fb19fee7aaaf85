import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSequence, gapsOf, type Run } from '#registry/intake/chain-runs.ts';

/** Keeps runs the way the store does: by first sequence. */
function hold(sequences: readonly number[]): readonly Run[] {
  let runs: Run[] = [];
  for (const sequence of sequences) {
    const below = runs.findLast((run) => run.first <= sequence) ?? null;
    const above = runs.find((run) => run.first === sequence + 1) ?? null;
    const change = addSequence(sequence, { below, above });
    if (change === null) continue;
    runs = [...runs.filter((run) => !change.removed.includes(run)), change.added].sort(
      (a, b) => a.first - b.first,
    );
  }
  return runs;
}

const sequences = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 });

describe('runs of a chain', () => {
  it('hold exactly the sequences that came, whatever the order and however often', () => {
    fc.assert(
      fc.property(sequences, (came) => {
        const held = hold(came).flatMap((run) =>
          Array.from({ length: run.last - run.first + 1 }, (_, index) => run.first + index),
        );
        expect(held).toEqual([...new Set(came)].sort((a, b) => a - b));
      }),
    );
  });

  it('never touch, so that a chain without gaps is one run', () => {
    fc.assert(
      fc.property(sequences, (came) => {
        const runs = hold(came);
        for (const [index, run] of runs.entries()) {
          const next = runs[index + 1];
          if (next !== undefined) expect(next.first).toBeGreaterThan(run.last + 1);
        }
      }),
    );
  });

  it('and their gaps together cover every sequence up to the head once', () => {
    fc.assert(
      fc.property(sequences, (came) => {
        const runs = hold(came);
        const head = Math.max(0, ...came);
        const covered = [...runs, ...gapsOf(runs)].sort((a, b) => a.first - b.first);
        let expected = 1;
        for (const part of covered) {
          expect(part.first).toBe(expected);
          expected = part.last + 1;
        }
        expect(expected).toBe(head + 1);
      }),
    );
  });

  it('name the missing ones: 1, 2, 5 and 7 leave 3 to 4 and 6', () => {
    expect(gapsOf(hold([7, 1, 5, 2]))).toEqual([
      { first: 3, last: 4 },
      { first: 6, last: 6 },
    ]);
  });
});
