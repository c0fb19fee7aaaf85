/** A share with its 95 % confidence interval. */
export interface Proportion {
  readonly of: number;
  readonly count: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

const Z = 1.959964;

/** Wilson's score interval, which also holds where nothing or everything was counted. NaN of nothing. */
export function proportion(count: number, of: number): Proportion {
  const share = count / of;
  const square = Z * Z;
  const centre = (share + square / (2 * of)) / (1 + square / of);
  const reach = (Z / (1 + square / of)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of));
  return { of, count, share, low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}
