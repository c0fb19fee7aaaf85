import { NOTHING_SEEN } from '#domain/liveness/neutral-watch.ts';
import type { TryChange } from './try-change.ts';

/** Lights the face with the next colour; after the last one the first action's silence begins. */
export function giveNextFlash(change: TryChange, index: number) {
  const { plan, flash, flashes } = change.state;
  const colour = flash ? plan.flashes[index] : undefined;
  if (colour !== undefined) {
    change.step({ name: 'flash', index, since: change.now, paintedAt: null });
    return change.show({ phase: 'flash', index, colour });
  }
  // A face in the screen's colours makes no portrait.
  if (flashes.length > 0) change.command({ type: 'forget' });
  change.show({ phase: 'hold-still' });
  change.step({ name: 'gap', index: 0, until: change.now + (plan.steps[0]?.gapMs ?? 0) });
}

/**
 * A page that paints no flash costs the citizen nothing but time: without any the try begins anew and asks for none,
 * with fewer than planned it goes on, and the judge finds that too few were seen.
 */
export function passUnpaintedFlash(change: TryChange): void {
  change.refuse('flash-not-painted');
  change.with({ flash: false });
  if (change.state.flashes.length === 0) startOver(change);
  else giveNextFlash(change, 0);
}

/** Back to the wait for a neutral face: nothing of the plan was shown yet. */
export function startOver(change: TryChange): void {
  change.with({ watch: NOTHING_SEEN, flashes: [] });
  change.step({ name: 'positioning' });
}
