import type { Timers } from '#drivers/timers.ts';
import type { StationLog } from '#station/log/station-log.ts';
import { HEALTHY, judgeLook } from './health-rule.ts';

export interface HealthWatchOptions {
  /** Time from one look to the next: a third of what the service manager waits, or less. */
  readonly everyMs: number;
  /** How long a page may take to answer. */
  readonly pageAnswersWithinMs: number;
  readonly timers: Timers;
  readonly log: StationLog;
  /** Throws when the station does not work. */
  readonly lookAtStation: () => void;
  /** Settles when the page on the screen has run a script. */
  readonly askPage: () => Promise<unknown>;
  readonly renewPage: () => void;
  readonly endProcess: () => void;
  readonly alive: () => Promise<void>;
}

/** Looks at station and page from time to time and does what {@link judgeLook} says. Returns what ends it. */
export function watchHealth(options: HealthWatchOptions): () => void {
  const { timers, log } = options;
  let health = HEALTHY;
  let stopped = false;
  let cancel = timers.after(options.everyMs, look);

  function look(): void {
    const station = stationAnswers();
    void pageAnswers().then((answers) => {
      if (stopped) return;
      const judged = judgeLook(health, {
        station: station ? 'answers' : 'fails',
        page: answers ? 'answers' : 'silent',
      });
      health = judged.health;
      if (judged.alive) {
        options.alive().catch((error: unknown) => log.error('watchdog.not-told', { error }));
      }
      switch (judged.action) {
        case 'renew-page':
          log.error('renderer.silent');
          options.renewPage();
          break;
        case 'end-process':
          log.error('station.silent');
          options.endProcess();
          return;
        case 'none':
          break;
      }
      cancel = timers.after(options.everyMs, look);
    });
  }

  function stationAnswers(): boolean {
    try {
      options.lookAtStation();
      return true;
    } catch (error) {
      log.error('station.fails', { error });
      return false;
    }
  }

  function pageAnswers(): Promise<boolean> {
    return new Promise((resolve) => {
      const giveUp = timers.after(options.pageAnswersWithinMs, () => resolve(false));
      options.askPage().then(
        () => {
          giveUp();
          resolve(true);
        },
        (error: unknown) => {
          giveUp();
          log.warn('renderer.not-asked', { reason: error instanceof Error ? error.name : 'unknown' });
          resolve(false);
        },
      );
    });
  }

  return () => {
    stopped = true;
    cancel();
  };
}
