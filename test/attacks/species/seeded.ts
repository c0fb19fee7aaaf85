/**
 * Chance without state: the same seed and the same words give the same number in [0, 1). Words are hashed with FNV-1a
 * and mixed with the finisher of MurmurHash3, so that neighbouring seeds have nothing in common.
 */
export function chance(seed: number, ...words: readonly (string | number)[]): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const character of words.join(' ')) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

export function between(least: number, most: number, share: number): number {
  return least + (most - least) * share;
}

/** One of a list, by turns, so that every one occurs as often as every other. */
export function byTurns<T>(list: readonly T[], turn: number): T {
  const chosen = list[turn % list.length];
  if (chosen === undefined) throw new RangeError('an empty list');
  return chosen;
}

/** A list in an order that the seed decides (Fisher and Yates). */
export function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  const left = [...list];
  return list.flatMap((_, i) => left.splice(Math.floor(chance(seed, 'order', i) * left.length), 1));
}
