/**
 * How many liveness plans a terminal may give up. Whoever looks for a plan that suits a recording commits, looks and
 * leaves until it comes: a plan of three actions in an order that is known comes once in 96. Citizens leave too, for
 * help or because they gave up, but most plans are used.
 */
export const ABANDONED_PLANS = {
  /** Of the plans that a terminal told of last, so many are looked at. */
  lookedAt: 40,
  /** With fewer nothing is said: three people who left on a quiet morning are no sign. */
  fewest: 20,
  /** More than this share is too many. */
  share: 0.5,
} as const;

export function abandonsTooOften(plans: { readonly seen: number; readonly abandoned: number }): boolean {
  return plans.seen >= ABANDONED_PLANS.fewest && plans.abandoned > plans.seen * ABANDONED_PLANS.share;
}
