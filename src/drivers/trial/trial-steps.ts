import type { TrialStep } from '#contract/device-trial.ts';
import type { Timers } from '../timers.ts';

/** How one step went, before it is known how long it took. */
export interface StepOutcome {
  readonly outcome: TrialStep['outcome'];
  readonly detail: string;
}

export const passed = (detail: string): StepOutcome => ({ outcome: 'passed', detail });
export const failed = (detail: string): StepOutcome => ({ outcome: 'failed', detail });
export const skipped = (detail: string): StepOutcome => ({ outcome: 'skipped', detail });

const LONGEST_DETAIL = 400;

/** The steps of a trial, each told when it is done. */
export interface TrialSteps {
  /** Does a step and writes it down. Tells whether the trial may go on: a step that failed ends it. */
  run(step: string, work: () => Promise<StepOutcome>): Promise<boolean>;
  done(): readonly TrialStep[];
}

export function trialSteps(options: {
  readonly timers: Timers;
  readonly onStep: (step: TrialStep) => void;
}): TrialSteps {
  const { timers, onStep } = options;
  const steps: TrialStep[] = [];
  return {
    async run(step, work) {
      const from = timers.monotonic();
      const { outcome, detail } = await work();
      const tookMs = Math.max(0, Math.round(timers.monotonic() - from));
      const done: TrialStep = { step, outcome, detail: detail.slice(0, LONGEST_DETAIL), tookMs };
      steps.push(done);
      onStep(done);
      return outcome !== 'failed';
    },
    done: () => [...steps],
  };
}
