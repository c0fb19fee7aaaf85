/** A session at the console goes on while somebody touches or types; the station is told now and then. Milliseconds. */
const TELL_EVERY = 10_000;

export function watchTouches(options: {
  readonly target: EventTarget;
  readonly now: () => number;
  readonly touched: () => void;
}): void {
  let told = Number.NEGATIVE_INFINITY;
  const note = () => {
    const now = options.now();
    if (now - told < TELL_EVERY) return;
    told = now;
    options.touched();
  };
  for (const sign of ['pointerdown', 'keydown', 'wheel'] as const) {
    options.target.addEventListener(sign, note, { capture: true, passive: true });
  }
}
