/** One-sided, so that the true rate lies above the bound in one of twenty such tests. */
export const CONFIDENCE = 0.95;

/**
 * One-sided upper bound of Clopper and Pearson: the rate at which so few errors, or fewer, would be seen with a
 * probability of 5 %. Exact: bisection on the binomial sum itself. 1 when nothing was tried.
 */
export function upperBound({ errors, trials }: { readonly errors: number; readonly trials: number }): number {
  if (errors >= trials) return 1;
  let low = errors / trials;
  let high = 1;
  for (let step = 0; step < 60; step += 1) {
    const rate = (low + high) / 2;
    if (probabilityOfAtMost({ errors, trials, rate }) > 1 - CONFIDENCE) low = rate;
    else high = rate;
  }
  return high;
}

/** Summed from logarithms: a thousand trials leave the range of numbers otherwise. */
function probabilityOfAtMost(told: {
  readonly errors: number;
  readonly trials: number;
  readonly rate: number;
}): number {
  const { errors, trials, rate } = told;
  let logTerm = trials * Math.log1p(-rate);
  let sum = Math.exp(logTerm);
  for (let k = 1; k <= errors; k += 1) {
    logTerm += Math.log((trials - k + 1) / k) + Math.log(rate) - Math.log1p(-rate);
    sum += Math.exp(logTerm);
  }
  return sum;
}
