import type { Action } from '../../../src/domain/liveness/action.ts';
import type { Told } from '../../citizens/performer.ts';
import { thereAndBack } from './hand.ts';
import { between, chance } from './seeded.ts';

/** Something done to a photo instead of the action that was asked. */
export interface Pretence {
  readonly action: Action;
  /** 0 to 1 and back. */
  readonly strength: number;
  /** Since it began, ms. */
  readonly time: number;
}

const REACTION = [500, 900] as const;
const PAUSE = 700;

/** As long as a prompt stands, a hand does to the sheet what might pass for its action, again and again. */
export function pretenceAt(
  time: number,
  told: readonly Told[],
  hand: { readonly seed: number; readonly lasts: number },
): Pretence | null {
  for (const prompt of told.toReversed()) {
    if (prompt.kind !== 'prompt' || prompt.since > time) continue;
    const [least, most] = REACTION;
    const begins = prompt.since + between(least, most, chance(hand.seed, 'reaction', prompt.since));
    const round = hand.lasts + PAUSE;
    const since = time - begins;
    if (since < 0) continue;
    const began = begins + Math.floor(since / round) * round;
    if (prompt.until !== null && began >= prompt.until) continue;
    const within = time - began;
    if (within >= hand.lasts) return null;
    return { action: prompt.action, strength: thereAndBack(within, hand.lasts), time: within };
  }
  return null;
}
