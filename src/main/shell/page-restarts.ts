import type { Timers } from '#drivers/timers.ts';
import { answerToEnd, type RestartRule } from './restart-rule.ts';

export interface PageRestarts {
  /** A page ended by itself or hangs: brings it back when the rule says so. */
  ended(): void;
  /** Nothing is brought back any more. */
  stop(): void;
}

/** Runs the {@link RestartRule} on a clock: one renewal at a time, however many reasons there are for it. */
export function pageRestarts(options: {
  readonly rule: RestartRule;
  readonly timers: Timers;
  readonly restart: () => void;
  readonly giveUp: () => void;
}): PageRestarts {
  const { rule, timers } = options;
  let restarts: readonly number[] = [];
  let cancel: (() => void) | null = null;
  let stopped = false;
  return {
    ended() {
      if (stopped || cancel !== null) return;
      const now = timers.monotonic();
      restarts = restarts.filter((at) => now - at < rule.windowMs);
      const answer = answerToEnd(rule, restarts, now);
      if (answer.kind === 'give-up') {
        stopped = true;
        options.giveUp();
        return;
      }
      cancel = timers.after(answer.afterMs, () => {
        cancel = null;
        restarts = [...restarts, timers.monotonic()];
        options.restart();
      });
    },
    stop() {
      stopped = true;
      cancel?.();
      cancel = null;
    },
  };
}
