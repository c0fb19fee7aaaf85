/** How often a page may be opened anew after it crashed or hung, before the whole process starts afresh. */
export interface RestartRule {
  /** Wait before the first, second, … renewal within the window; the last counts for all that follow. */
  readonly gapsMs: readonly number[];
  /** Renewals older than this are forgotten. */
  readonly windowMs: number;
  /** With this many renewals within the window the page is past help. */
  readonly atMost: number;
}

/**
 * A single crash costs nothing; a page that crashes again and again does not keep the machine busy, and each of its
 * returns is still there within three seconds.
 */
export const PAGE_RESTARTS: RestartRule = {
  gapsMs: [0, 250, 500, 1000],
  windowMs: 300_000,
  atMost: 8,
};

export type RestartAnswer =
  | { readonly kind: 'restart'; readonly afterMs: number }
  /** End the process; the service manager starts it anew, after its own gap. */
  | { readonly kind: 'give-up' };

/**
 * What to do about a page that has just ended. `restarts` are the times of earlier renewals, on the clock of `now`:
 * milliseconds that never run backwards.
 */
export function answerToEnd(rule: RestartRule, restarts: readonly number[], now: number): RestartAnswer {
  const recent = restarts.filter((at) => now - at < rule.windowMs).length;
  if (recent >= rule.atMost) return { kind: 'give-up' };
  const afterMs = rule.gapsMs[Math.min(recent, rule.gapsMs.length - 1)] ?? 0;
  return { kind: 'restart', afterMs };
}
