import type { ClockTrust } from '../enrolment/enrolment.ts';

/** The station's clock beside what the registry proved of the time. All in milliseconds. */
export interface ClockSituation {
  /** Wall clock now. */
  readonly wall: number;
  /** Registry time expected now: the last proven time plus what the monotonic clock counted since; null before. */
  readonly expected: number | null;
  /** Running time since the registry last proved the time in this run; null when it has not. */
  readonly sinceProof: number | null;
  /** Highest time that the registry ever proved to this station; 0 when it never did. */
  readonly highestTrusted: number;
}

const MINUTE = 60_000;
/** A wall clock this close to the expected time is right. */
const CLOSE = 30_000;
/** Beyond this a record's time cannot be relied on; the registry's own limit for a request's time. */
const FAR = 5 * MINUTE;
/** A proof this old no longer vouches for the crystal: 20 ppm make 1.7 s a day, a broken one makes minutes. */
const STALE = 24 * 60 * MINUTE;

/** How far a record's time can be believed. A wrong clock marks records; it never blocks anything. */
export function judgeClock(situation: ClockSituation): ClockTrust {
  const { wall, expected, sinceProof, highestTrusted } = situation;
  if (expected !== null && sinceProof !== null) {
    const away = Math.abs(wall - expected);
    if (away > FAR) return 'doubtful';
    return away > CLOSE || sinceProof > STALE ? 'drifting' : 'synchronised';
  }
  if (highestTrusted === 0) return 'unknown';
  return wall < highestTrusted ? 'doubtful' : 'drifting';
}
