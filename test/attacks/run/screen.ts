import type { FaceView } from '#domain/session/face-phase.ts';
import type { Moment, Told } from '../../citizens/performer.ts';
import type { Shown } from './attack-record.ts';

/** What a view says to whoever stands before it. */
export function shownBy(view: FaceView, at: number): Shown {
  return {
    at,
    prompt: view.phase === 'prompt' ? view.action : null,
    flash: view.phase === 'flash' ? view.colour : null,
    hint: view.phase === 'positioning' ? view.hint : null,
  };
}

/** What somebody has seen on the screen by a moment, ms since the try began. */
export function momentAt(time: number, shown: readonly Shown[]): Moment {
  const seen = shown.filter(({ at }) => at <= time);
  const told = seen.flatMap((each, index): Told[] => {
    const [since, until] = [each.at, seen[index + 1]?.at ?? null];
    if (each.prompt !== null) return [{ kind: 'prompt', action: each.prompt, since, until }];
    return each.hint === null ? [] : [{ kind: 'hint', reason: each.hint, since, until }];
  });
  const last = seen.at(-1);
  return {
    time,
    asked: last?.prompt ?? null,
    askedSince: last?.prompt == null ? null : last.at,
    flash: last?.flash ?? null,
    hint: last?.hint ?? null,
    told,
  };
}
