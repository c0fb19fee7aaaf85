import type { HeadId } from '../../citizens/citizen-controls.ts';
import type { View } from '../../citizens/scene-view.ts';
import { ATTACK_SPECIES } from './all-species.ts';
import { headsOf } from './heads-of.ts';
import { livePresentations } from './live/live-presentations.ts';
import { momentIn } from './sample-moments.ts';
import type { Presentation } from './species.ts';

/** One picture that shows what a species, or a living person, looks like before the camera. */
export interface Thumbnail {
  readonly id: string;
  readonly name: string;
  readonly view: View;
  readonly heads: readonly HeadId[];
}

/** In the middle of a turn: what moves and what does not tells most. */
const TELLING = momentIn('turn-right', 1500);

/** A picture of every species, `number` tells of which of its presentations. */
export function speciesThumbnails(number: number): readonly Thumbnail[] {
  return ATTACK_SPECIES.flatMap((species) => {
    const presentation = species.presentations()[number];
    return presentation ? [thumbnail(presentation, species.name.en)] : [];
  });
}

/** A living person in every light, at every distance and with every habit that there is. */
export function liveThumbnails(): readonly Thumbnail[] {
  const seen = new Set<string>();
  return livePresentations().flatMap((presentation) => {
    const { light, level, habit } = presentation.conditions;
    const fresh = [`${light} ${level}`, habit].filter((word) => !seen.has(String(word)));
    for (const word of fresh) seen.add(String(word));
    return fresh.length === 0 ? [] : [thumbnail(presentation, `${light} ${level}, ${habit}`)];
  });
}

function thumbnail(presentation: Presentation, name: string): Thumbnail {
  const view = presentation.perform(TELLING);
  return { id: presentation.id, name, view, heads: headsOf(view) };
}
