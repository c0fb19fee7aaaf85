import { describe, expect, it } from 'vitest';
import { groupCommit } from '#registry/intake/group-commit.ts';

describe('group commit', () => {
  it('answers each arrival with its own outcome, after the commit that holds it', async () => {
    const groups: (readonly number[])[] = [];
    const commits = groupCommit<number, string>({
      windowMs: 3,
      largestGroup: 100,
      commit: async (items) => {
        groups.push(items);
        return items.map((item) => `stored ${item}`);
      },
    });
    const outcomes = await Promise.all([commits.add(1), commits.add(2), commits.add(3)]);
    expect(outcomes).toEqual(['stored 1', 'stored 2', 'stored 3']);
    expect(groups).toEqual([[1, 2, 3]]);
  });

  it('commits one group at a time, in order of arrival, and gathers the next meanwhile', async () => {
    let running = 0;
    const seen: number[] = [];
    const commits = groupCommit<number, number>({
      windowMs: 1,
      largestGroup: 2,
      commit: async (items) => {
        running += 1;
        expect(running).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(...items);
        running -= 1;
        return items;
      },
    });
    await Promise.all([0, 1, 2, 3, 4, 5, 6].map((item) => commits.add(item)));
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('stores the neighbours of an item that cannot be stored', async () => {
    const stored: number[] = [];
    const commits = groupCommit<number, number>({
      windowMs: 1,
      largestGroup: 10,
      commit: async (items) => {
        if (items.includes(2)) throw new Error('cannot be stored');
        stored.push(...items);
        return items;
      },
    });
    const outcomes = await Promise.allSettled([1, 2, 3].map((item) => commits.add(item)));
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(stored).toEqual([1, 3]);
  });

  it('tells every arrival of a failed commit, and goes on with the next', async () => {
    let disk = 'full';
    const commits = groupCommit<number, number>({
      windowMs: 1,
      largestGroup: 10,
      commit: async (items) => {
        if (disk === 'full') throw new Error('disk full');
        return items;
      },
    });
    const failed = await Promise.allSettled([commits.add(1), commits.add(2)]);
    expect(failed.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    disk = 'free';
    expect(await commits.add(3)).toBe(3);
  });

  it('drains what waits without losing any', async () => {
    const stored: number[] = [];
    const commits = groupCommit<number, number>({
      windowMs: 60_000,
      largestGroup: 100,
      commit: async (items) => {
        stored.push(...items);
        return items;
      },
    });
    const added = commits.add(1);
    await commits.drain();
    expect(stored).toEqual([1]);
    expect(await added).toBe(1);
  });
});
