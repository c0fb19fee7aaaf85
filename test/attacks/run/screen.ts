import type { FaceView } from '#domain/session/snapshot.ts';
import type { Moment, Told } from '../../citizens/performer.ts';

/** What whoever stands before the terminal has seen on its screen so far. Times in ms since the try began. */
export interface Screen {
  /** From `at` on this is painted. */
  show(view: FaceView, at: number): void;
  momentAt(time: number): Moment;
}

export function screenOf(): Screen {
  const shown: { readonly view: FaceView; readonly at: number }[] = [];

  return {
    show(view, at) {
      shown.push({ view, at });
    },
    momentAt(time) {
      const seen = shown.filter(({ at }) => at <= time);
      const told: Told[] = seen.flatMap(({ view, at }, index): Told[] => {
        const until = seen[index + 1]?.at ?? null;
        if (view.phase === 'prompt') return [{ kind: 'prompt', action: view.action, since: at, until }];
        if (view.phase === 'positioning' && view.hint !== null)
          return [{ kind: 'hint', reason: view.hint, since: at, until }];
        return [];
      });
      const last = told.at(-1);
      const standing = last?.until === null ? last : undefined;
      const view = seen.at(-1)?.view;
      return {
        time,
        asked: standing?.kind === 'prompt' ? standing.action : null,
        askedSince: standing?.kind === 'prompt' ? standing.since : null,
        flash: view?.phase === 'flash' ? view.colour : null,
        hint: standing?.kind === 'hint' ? standing.reason : null,
        told,
      };
    },
  };
}
