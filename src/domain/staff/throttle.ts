/**
 * Wrong PINs of one person. The count rises before a PIN is compared, so that pulling the plug in between is no way to
 * try for nothing; it falls only with the right PIN or by an unlock.
 */
export interface Throttle {
  /** Tries that were not right, or are being compared. */
  readonly wrong: number;
  /** Boot-monotonic milliseconds at which the running wait began. */
  readonly since: number;
}

export type ThrottleState =
  | { readonly kind: 'free'; readonly triesLeft: number }
  | { readonly kind: 'waiting'; readonly triesLeft: number; readonly leftMs: number }
  | { readonly kind: 'blocked' };

export const THROTTLE = { freeTries: 5, firstWaitMs: 15_000, mostTries: 15 } as const;

/** How long to wait after this many wrong tries: nothing up to four, 15 s after the fifth, doubling from there. */
export function waitAfter(wrong: number): number {
  return wrong < THROTTLE.freeTries ? 0 : THROTTLE.firstWaitMs * 2 ** (wrong - THROTTLE.freeTries);
}

/** Null is somebody without a wrong try. `now` is on the clock of {@link Throttle.since}. */
export function throttleState(throttle: Throttle | null, now: number): ThrottleState {
  if (throttle === null) return { kind: 'free', triesLeft: THROTTLE.mostTries };
  if (throttle.wrong >= THROTTLE.mostTries) return { kind: 'blocked' };
  const triesLeft = THROTTLE.mostTries - throttle.wrong;
  const leftMs = throttle.since + waitAfter(throttle.wrong) - now;
  return leftMs > 0 ? { kind: 'waiting', triesLeft, leftMs } : { kind: 'free', triesLeft };
}
