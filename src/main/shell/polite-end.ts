import type { Snapshot } from '#domain/session/snapshot.ts';

/**
 * Ends the process as soon as it disturbs nobody: at once while nobody is served, else after the session under way has
 * been wiped. Asked for by the nightly timer and after an update; the service manager starts the terminal anew.
 */
export interface PoliteEnd {
  /** A new start is wanted. */
  ask(): void;
  /** A session is over and its screen renewed. */
  sessionOver(): void;
}

export function politeEnd(options: {
  readonly servesSomebody: () => boolean;
  readonly end: () => void;
}): PoliteEnd {
  let asked = false;
  return {
    ask() {
      asked = true;
      if (!options.servesSomebody()) options.end();
    },
    sessionOver() {
      if (asked) options.end();
    },
  };
}

/** Nobody stands at a screen that invites or is closed. */
export function isIdle(snapshot: Pick<Snapshot, 'screen'>): boolean {
  return snapshot.screen.name === 'attract' || snapshot.screen.name === 'closed';
}
