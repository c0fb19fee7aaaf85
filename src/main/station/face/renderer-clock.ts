import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';

/**
 * Ties the renderer's clock to the station's. A message sent at renderer time s arrives at station time a = s + offset
 * + its delay, and delays are never negative: the smallest a - s seen is the best that is known of the offset. A message
 * that is more than {@link CLOCK_TOLERANCE_MS} behind it is refused, so a renderer cannot stretch time to make a late
 * movement look quick; a clock that runs fast gains nothing, because windows are counted on it.
 */
export interface RendererClock {
  /** Station time less renderer time, ms. */
  readonly offset: number;
  /** Station time of the first message. */
  readonly since: number;
}

export const CLOCK_TOLERANCE_MS = 250;
/** While a camera and its tracker start, every message may be late, and the first quick one corrects the offset by much. */
const SETTLING = { lastsMs: 3000, correctionMs: 2000 } as const;

export type ClockFault = 'late' | 'from-the-future';

/** Checks a message's `sentAt` against the clock so far (null before the first) and gives the clock after it. */
export function admit(
  clock: RendererClock | null,
  { now, sentAt }: { readonly now: number; readonly sentAt: number },
): Result<RendererClock, ClockFault> {
  const offset = now - sentAt;
  if (clock === null) return ok({ offset, since: now });
  if (offset > clock.offset + CLOCK_TOLERANCE_MS) return err('late');
  const settling = now - clock.since < SETTLING.lastsMs;
  const correction = settling ? SETTLING.correctionMs : CLOCK_TOLERANCE_MS;
  if (offset < clock.offset - correction) return err('from-the-future');
  return ok({ ...clock, offset: Math.min(offset, clock.offset) });
}

/** A renderer time on the station's clock. */
export function toStation(clock: RendererClock, rendererTime: number): number {
  return rendererTime + clock.offset;
}

/** A station time on the renderer's clock. */
export function toRenderer(clock: RendererClock, stationTime: number): number {
  return stationTime - clock.offset;
}
