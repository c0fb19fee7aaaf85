import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';

/**
 * Ties the renderer's clock to the station's. A message sent at renderer time s arrives at station time a = s + offset
 * + its delay, and delays are never negative: the smallest a - s is the best that is known of the offset.
 *
 * What has to hold is that the two clocks agree within {@link CLOCK_TOLERANCE_MS}; a busy machine may well deliver one
 * message later than that. So a message may be late for a moment, but one in every {@link TIMELY_WITHIN_MS} must be
 * timely, and the offset itself may rise by a twentieth of the time only: a renderer that stretches time, to make a late
 * movement look quick, gains 5 % and is refused beyond. A clock that runs fast gains nothing, because windows are
 * counted on it.
 */
export interface RendererClock {
  /** Station time less renderer time, ms. */
  readonly offset: number;
  /** Station time of the first message, of the last, and of the last that was timely. */
  readonly since: number;
  readonly heardAt: number;
  readonly timelyAt: number;
}

export const CLOCK_TOLERANCE_MS = 250;
export const TIMELY_WITHIN_MS = 5000;
/** Nothing this late is believed, however timely the others were. */
export const LATEST_MS = 2000;
const DRIFT = 0.05;
/** While a camera and its tracker start, every message may be late, and the first quick one corrects the offset by much. */
const SETTLING = { lastsMs: 3000, correctionMs: 2000 } as const;

export type ClockFault = 'late' | 'from-the-future';

/** Checks a message's `sentAt` against the clock so far (null before the first) and gives the clock after it. */
export function admit(
  clock: RendererClock | null,
  { now, sentAt }: { readonly now: number; readonly sentAt: number },
): Result<RendererClock, ClockFault> {
  const seen = now - sentAt;
  if (clock === null) return ok({ offset: seen, since: now, heardAt: now, timelyAt: now });
  const settling = now - clock.since < SETTLING.lastsMs;
  const correction = settling ? SETTLING.correctionMs : CLOCK_TOLERANCE_MS;
  const known = clock.offset + Math.max(0, now - clock.heardAt) * DRIFT;
  if (seen < known - correction) return err('from-the-future');
  const timely = seen <= known + CLOCK_TOLERANCE_MS;
  if (!timely && (seen > known + LATEST_MS || now - clock.timelyAt > TIMELY_WITHIN_MS)) return err('late');
  return ok({
    offset: Math.min(seen, known),
    since: clock.since,
    heardAt: now,
    timelyAt: timely ? now : clock.timelyAt,
  });
}

/** A renderer time on the station's clock. */
export function toStation(clock: RendererClock, rendererTime: number): number {
  return rendererTime + clock.offset;
}

/** A station time on the renderer's clock. */
export function toRenderer(clock: RendererClock, stationTime: number): number {
  return stationTime - clock.offset;
}
