import type { Threshold } from '../liveness/thresholds.ts';

const PAIRS = '100 genuine and 1,278 impostor pairs of hard real pictures, one side 102x126';

/**
 * Every number that a face is compared by. Three-valued, because one limit cannot be both: at one false match in a
 * thousand a small card portrait misses a quarter of its own holders. `npm run calibrate` measures the rates at these
 * limits again, on generated heads or on an operator's own pictures.
 */
export const COMPARISON_TABLE = {
  same: {
    value: 0.55,
    unit: 'Euclidean distance of two embeddings, at most',
    source: `the network’s published limit of 0.6 less a margin; equal error 1.4 % on ${PAIRS}`,
  },
  different: {
    value: 0.64,
    unit: 'Euclidean distance of two embeddings, more than',
    source: `the same limit with a margin above, on ${PAIRS}`,
  },
  leastFrames: {
    value: 3,
    unit: 'embedded frames',
    source: 'one spoilt frame of three does not move the median',
  },
} as const satisfies Readonly<Record<string, Threshold>>;
