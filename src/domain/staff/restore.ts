import { type LogInState, loggedOut } from './log-in.ts';
import { THROTTLE, type Throttle } from './throttle.ts';

/** Somebody's wrong tries as they lie on the disk, with the boot on whose clock `since` was read. */
export interface KeptThrottle extends Throttle {
  readonly staffId: string;
  readonly bootId: string;
}

/**
 * What a start finds. Within one boot of the machine waits go on where they were, whether or not the program ran. After
 * a reboot a running wait begins anew: how long the machine was off is known by the wall clock alone, which whoever
 * guesses may have set; so that pulling the plug never helps, the wait is counted from the beginning.
 */
export function restoreLogIn(kept: {
  readonly throttles: readonly KeptThrottle[];
  readonly nonce: string | null;
  /** A nonce to take when somebody is blocked and none was kept: power failed between the two. */
  readonly freshNonce: string;
  /** Null when the system does not tell one boot from another: every start counts as one. */
  readonly bootId: string | null;
  readonly now: number;
}): LogInState {
  const { bootId, now } = kept;
  const throttles = new Map(
    kept.throttles.map((each): [string, Throttle] => {
      const sameBoot = bootId !== null && each.bootId === bootId && each.since <= now;
      return [each.staffId, { wrong: each.wrong, since: sameBoot ? each.since : now }];
    }),
  );
  const blocked = [...throttles.values()].some(({ wrong }) => wrong >= THROTTLE.mostTries);
  return { ...loggedOut, throttles, nonce: blocked ? (kept.nonce ?? kept.freshNonce) : null };
}
