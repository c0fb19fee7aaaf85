/** One decimal: more would be more than so few presentations can tell. */
export function percent(share: number): string {
  return Number.isNaN(share) ? '-' : `${(100 * share).toFixed(1)} %`;
}

export function seconds(ms: number | null): string {
  return ms === null ? '-' : `${(ms / 1000).toFixed(1)} s`;
}

/** What the figures are, and what they are not. */
export const CLAIM =
  'These are regression figures over rendered scenes: generated heads, drawn papers and screens. They show that the ' +
  'terminal still does what it did. They are no test after ISO/IEC 30107-3 and say nothing about the rate at which ' +
  'real attackers or real people pass.';
