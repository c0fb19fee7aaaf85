import { vi } from 'vitest';

/** Waits until the assertion holds. The limit is for machines that are busy with something else. */
export function eventually<T>(assertion: () => T | Promise<T>, timeout = 20_000): Promise<T> {
  return vi.waitFor(assertion, { timeout, interval: 10 });
}
