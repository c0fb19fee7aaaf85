import type { Random } from './random.ts';

/** Bytes as a bad line delivers them: frames, cut and bent frames, and rubbish between them. */
export function halfValid(options: {
  readonly random: Random;
  readonly valid: readonly Uint8Array[];
  /** Bytes of rubbish at most. */
  readonly longest: number;
}): Uint8Array {
  const { random, valid, longest } = options;
  const frame = valid[random.below(valid.length)] ?? new Uint8Array(0);
  switch (random.below(5)) {
    case 0:
    case 1:
      return random.bytes(1 + random.below(longest));
    case 2:
      return frame;
    case 3:
      return frame.subarray(random.below(3), random.below(frame.length) + 1);
    default: {
      const bent = frame.slice();
      bent[random.below(bent.length)] = random.below(256);
      return bent;
    }
  }
}
