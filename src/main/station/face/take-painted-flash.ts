import type { FlashColour } from '#domain/liveness/flash-colour.ts';
import { CLOCK_TOLERANCE_MS, toStation } from './renderer-clock.ts';
import type { TryChange } from './try-change.ts';

/** The renderer says when a flash stood on the screen: between the station's giving it and the report's arrival. */
export function takePaintedFlash(
  change: TryChange,
  painted: { readonly index: number; readonly colour: FlashColour; readonly at: number },
) {
  const { step, plan, clock, flashes } = change.state;
  if (step.name !== 'flash' || step.paintedAt !== null || clock === null) {
    return change.refuse('flash-not-asked');
  }
  const colour = plan.flashes[step.index];
  if (painted.index !== step.index || painted.colour !== colour) return change.refuse('flash-another');
  const at = toStation(clock, painted.at);
  const possible = at >= step.since - CLOCK_TOLERANCE_MS && at <= change.now + CLOCK_TOLERANCE_MS;
  if (!possible) return change.refuse('flash-time');
  const shownAt = Math.round(painted.at);
  const before = flashes.at(-1)?.shownAt ?? Number.NEGATIVE_INFINITY;
  if (shownAt <= before) return change.refuse('flash-time');
  change.with({ flashes: [...flashes, { colour, shownAt }] });
  change.step({ ...step, paintedAt: Math.min(change.now, Math.max(step.since, at)) });
}
