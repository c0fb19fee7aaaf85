import type { Action } from '#domain/liveness/action.ts';
import { READING_MS } from '#domain/liveness/thresholds.ts';
import { CLOCK_TOLERANCE_MS, toStation } from './renderer-clock.ts';
import type { TryChange } from './try-change.ts';

/**
 * The renderer says when the prompt stood on the screen. That must lie between the station's giving it and the
 * report's arrival, both known to the station's own clock.
 */
export function takePaintedPrompt(
  change: TryChange,
  painted: { readonly index: number; readonly action: Action; readonly at: number },
) {
  const { step, plan, clock, prompts } = change.state;
  if (step.name !== 'painting' || clock === null) return change.refuse('prompt-not-asked');
  const planned = plan.steps[step.index];
  if (planned === undefined || painted.index !== step.index || painted.action !== planned.action) {
    return change.refuse('prompt-another');
  }
  const at = toStation(clock, painted.at);
  const possible = at >= step.since - CLOCK_TOLERANCE_MS && at <= change.now + CLOCK_TOLERANCE_MS;
  if (!possible) return change.refuse('prompt-time');
  const shownAt = Math.round(painted.at);
  const opensAt = shownAt + READING_MS;
  change.with({
    prompts: [...prompts, { action: planned.action, shownAt, opensAt, closesAt: opensAt + planned.windowMs }],
  });
  change.step({ name: 'acting', index: step.index, reachedAt: null });
}
