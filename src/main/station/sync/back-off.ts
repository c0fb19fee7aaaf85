/**
 * Exponential back-off with full jitter: a random share of a ceiling that doubles, so that 20 000 terminals that lost
 * the registry together do not come back together.
 */
export function restBeforeRetry(options: {
  /** 1 after the first failure. */
  readonly failures: number;
  readonly firstMs: number;
  readonly longestMs: number;
  /** 0 to 1. */
  readonly random: number;
}): number {
  const ceiling = Math.min(options.longestMs, options.firstMs * 2 ** Math.min(30, options.failures - 1));
  return Math.round(ceiling * options.random);
}
