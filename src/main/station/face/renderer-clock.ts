import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';

/**
 * Ties the renderer's clock to the station's. A message sent at renderer time s arrives at station time a = s + offset
 * + its delay, and delays are never negative: the smallest a - s of the first messages is the offset. After that the
 * renderer's clock must keep to it within {@link CLOCK_TOLERANCE_MS}: a renderer that stretches or shifts time, to make
 * a late movement look quick, is refused.
 */
export interface RendererClock {
  /** Station time less renderer time, ms. */
  readonly offset: number;
  /** Messages that the offset was taken from. */
  readonly samples: number;
}

export const CLOCK_TOLERANCE_MS = 250;
const ANCHORING_SAMPLES = 8;

export type ClockFault = 'late' | 'from-the-future';

/** Checks a message's `sentAt` against the clock so far (null before the first) and gives the clock after it. */
export function admit(
  clock: RendererClock | null,
  { now, sentAt }: { readonly now: number; readonly sentAt: number },
): Result<RendererClock, ClockFault> {
  const offset = now - sentAt;
  if (clock === null) return ok({ offset, samples: 1 });
  if (offset > clock.offset + CLOCK_TOLERANCE_MS) return err('late');
  if (offset < clock.offset - CLOCK_TOLERANCE_MS) return err('from-the-future');
  if (clock.samples >= ANCHORING_SAMPLES) return ok(clock);
  return ok({ offset: Math.min(offset, clock.offset), samples: clock.samples + 1 });
}

/** A renderer time on the station's clock. */
export function toStation(clock: RendererClock, rendererTime: number): number {
  return rendererTime + clock.offset;
}

/** A station time on the renderer's clock. */
export function toRenderer(clock: RendererClock, stationTime: number): number {
  return stationTime - clock.offset;
}
