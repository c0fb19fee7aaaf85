/** What one look at the terminal showed. */
export interface Look {
  /** The station gives its standing and its snapshot. */
  readonly station: 'answers' | 'fails';
  /** The page that stands on the screen runs its scripts. */
  readonly page: 'answers' | 'silent';
}

/** How many looks in a row went wrong so far. */
export interface Health {
  readonly stationFails: number;
  readonly pageSilent: number;
}

export const HEALTHY: Health = { stationFails: 0, pageSilent: 0 };

/** Looks in a row. One silent page may be a renderer that draws a large screen on a busy machine. */
const PAGE_PATIENCE = 2;
const STATION_PATIENCE = 3;

export interface Judgement {
  readonly health: Health;
  /** The service manager gets its sign of life: only from a station that works. */
  readonly alive: boolean;
  readonly action: 'none' | 'renew-page' | 'end-process';
}

/**
 * What follows from one look. A silent page is opened anew; a station that fails again and again ends its process, and
 * the service manager starts it anew after its gap. A process that hangs altogether looks at nothing: then the sign of
 * life stays away, and the service manager ends it.
 */
export function judgeLook(before: Health, look: Look): Judgement {
  const health = {
    stationFails: look.station === 'fails' ? before.stationFails + 1 : 0,
    pageSilent: look.page === 'silent' ? before.pageSilent + 1 : 0,
  };
  const alive = look.station === 'answers';
  if (health.stationFails >= STATION_PATIENCE) return { health, alive, action: 'end-process' };
  if (health.pageSilent >= PAGE_PATIENCE) {
    return { health: { ...health, pageSilent: 0 }, alive, action: 'renew-page' };
  }
  return { health, alive, action: 'none' };
}
