/** Nonces that are remembered at most; beyond, the oldest go first. */
const MOST_KEPT = 200_000;

export interface ReplayGuard {
  /** True the first time that a key's nonce comes, false as long as its request could still pass for fresh. */
  admit(request: { readonly kid: Uint8Array; readonly nonce: string; readonly now: number }): boolean;
}

/**
 * Refuses a signed request that comes a second time. `lifeMs` is how long a request can pass for fresh, both ways of
 * the clock's allowance together. Kept in memory: a restart forgets, and TLS still stands before it.
 */
export function replayGuard(lifeMs: number): ReplayGuard {
  /** In order of arrival, which is the order of expiry too. */
  const seen = new Map<string, number>();
  return {
    admit: ({ kid, nonce, now }) => {
      for (const [key, expires] of seen) {
        if (expires > now && seen.size < MOST_KEPT) break;
        seen.delete(key);
      }
      const key = `${Buffer.from(kid).toString('hex')} ${nonce}`;
      if (seen.has(key)) return false;
      seen.set(key, now + lifeMs);
      return true;
    },
  };
}
