import { randomBytes } from 'node:crypto';
import type { Environment } from './ports.ts';

/** The machine's own clock and randomness. */
export const systemEnvironment: Environment = {
  clock: { now: () => Date.now(), monotonic: () => performance.now() },
  // Octets of their own: randomBytes hands out views into a pool.
  randomBytes: (length) => Uint8Array.from(randomBytes(length)),
};
