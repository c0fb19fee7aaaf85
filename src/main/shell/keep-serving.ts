import type { Timers } from '#drivers/timers.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { Station } from '#station/station.ts';
import { watchHealth } from './health-watch.ts';
import { isIdle, politeEnd } from './polite-end.ts';
import type { ServiceManager } from './service-manager.ts';

/** The screen of a running terminal, whatever host shows it. */
export interface ServedScreen {
  face(): 'citizen' | 'console';
  /** Settles when the page has run a script. */
  ask(): Promise<unknown>;
  /** The page hangs: another takes its place. */
  lost(): void;
}

export interface KeepServing {
  /** A session is over and its screen renewed. */
  sessionOver(): void;
  stop(): void;
}

/** Below a third of `WatchdogSec` in the unit, so that two signs of life may be lost. */
const LOOK_EVERY_MS = 10_000;

/**
 * Serves until there is a reason to end: tells the service manager that the screen stands and that all is well, has a
 * page that hangs replaced, and ends between two citizens when a new start is asked for (`SIGUSR2`, sent by the
 * nightly timer and after an update).
 */
export function keepServing(options: {
  readonly station: Pick<Station, 'snapshot' | 'standing'>;
  readonly screen: ServedScreen;
  readonly manager: ServiceManager;
  readonly timers: Timers;
  readonly log: StationLog;
  /** Where `SIGUSR2` arrives. */
  readonly signals: Pick<NodeJS.Process, 'on' | 'off'>;
  /** Ends the process; 0 when it was asked to. */
  readonly end: (code: 0 | 1) => void;
}): KeepServing {
  const { station, screen, manager, timers, log, signals, end } = options;
  const polite = politeEnd({
    servesSomebody: () => screen.face() === 'console' || !isIdle(station.snapshot()),
    end: () => end(0),
  });
  signals.on('SIGUSR2', polite.ask);
  const unwatch = watchHealth({
    everyMs: LOOK_EVERY_MS,
    pageAnswersWithinMs: LOOK_EVERY_MS / 2,
    timers,
    log,
    lookAtStation: () => {
      station.standing();
      station.snapshot();
    },
    askPage: screen.ask,
    renewPage: screen.lost,
    endProcess: () => end(1),
    alive: manager.alive,
  });
  // A service manager that does not listen is no reason to stop serving.
  manager.ready().catch((error: unknown) => log.error('manager.not-told', { error }));
  return {
    sessionOver: polite.sessionOver,
    stop() {
      signals.off('SIGUSR2', polite.ask);
      unwatch();
      manager.stopping().catch((error: unknown) => log.error('manager.not-told', { error }));
    },
  };
}
