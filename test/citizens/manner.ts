import { seededRandom } from './seeded-random.ts';

/** How somebody in particular moves: nobody turns as far, as fast or as soon as the next. */
export interface Manner {
  /** Decides what is left: sway and the times of blinks. */
  readonly seed: number;
  readonly turnDegrees: number;
  readonly nodDegrees: number;
  /** How wide the mouth goes, and how far its corners, 0 to 1. */
  readonly mouth: number;
  readonly smile: number;
  /** How much longer than usual a movement takes. */
  readonly slowness: number;
  /** Idle movement, 1 is usual. */
  readonly restlessness: number;
  /** From prompt to movement, at the soonest and the latest, milliseconds. */
  readonly reaction: readonly [soonest: number, latest: number];
  /** From one unasked blink to the next, milliseconds. */
  readonly betweenBlinks: number;
}

export const USUAL_MANNER: Manner = {
  seed: 0,
  turnDegrees: 30,
  nodDegrees: 22,
  mouth: 1,
  smile: 1,
  slowness: 1,
  restlessness: 1,
  reaction: [400, 700],
  betweenBlinks: 5200,
};

/** A person whom a seed decides. */
export function mannerOf(seed: number): Manner {
  const next = seededRandom(Math.imul(seed + 1, 0x2545f491));
  const within = (from: number, to: number) => from + (to - from) * next();
  const soonest = within(350, 600);
  return {
    seed,
    turnDegrees: within(25, 38),
    nodDegrees: within(20, 28),
    mouth: within(0.75, 1),
    smile: within(0.9, 1.2),
    slowness: within(0.85, 1.35),
    restlessness: within(0.6, 1.6),
    reaction: [soonest, Math.min(900, soonest + within(100, 300))],
    betweenBlinks: within(2800, 6500),
  };
}
