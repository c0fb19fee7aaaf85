import type { ScreenName } from '#domain/session/snapshot.ts';
import type { StationLink } from './station-link.ts';

/** Somebody who reads, scrolls or types is there, though no event of the session comes of it. Milliseconds. */
const TELL_EVERY = 10_000;

/** Screens outside a session. */
const NOBODY: readonly ScreenName[] = ['attract', 'closed', 'staff'];

const SIGNS = ['pointerdown', 'keydown', 'wheel', 'scroll'] as const;

/** Tells the station now and then that somebody is at the screen, so that it does not ask while they are busy. */
export function watchActivity(options: {
  readonly target: EventTarget;
  readonly now: () => number;
  readonly station: Pick<StationLink, 'snapshot' | 'noteActivity'>;
}): void {
  const { station } = options;
  let told = Number.NEGATIVE_INFINITY;
  const noteSign = (sign: Event) => {
    // A button with an event of its own speaks for itself.
    if (speaksForItself(sign.target)) return;
    const snapshot = station.snapshot.peek();
    // While the question stands it is answered by its own button; outside a session nobody is missed.
    if (snapshot === null || snapshot.idleSecondsLeft !== null) return;
    if (NOBODY.includes(snapshot.screen.name)) return;
    const now = options.now();
    if (now - told < TELL_EVERY) return;
    told = now;
    station.noteActivity();
  };
  for (const sign of SIGNS) options.target.addEventListener(sign, noteSign, { capture: true, passive: true });
}

function speaksForItself(target: EventTarget | null): boolean {
  return target !== null && 'closest' in target && (target as Element).closest('[data-event]') !== null;
}
