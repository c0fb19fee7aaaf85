/** One measured number, printed as a JSON line by `npm run bench -- NAME`. */
export interface BenchLine {
  readonly bench: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** How many samples stand behind the number. */
  readonly n: number;
}

/** A bench is a file beside this one that exports `run`. */
export type Bench = () => AsyncIterable<BenchLine>;

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** Nearest-rank quantile, 0 to 1. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  return sorted[index] ?? Number.NaN;
}
