import type { HeadId } from '../../citizens/citizen-controls.ts';
import type { PropView } from '../../citizens/props/prop-view.ts';
import type { Subject, View } from '../../citizens/scene-view.ts';

/** Every head that must be loaded before a view is painted, those on prints and screens among them. */
export function headsOf(view: View): readonly HeadId[] {
  return [...new Set([view, ...(view.exposure ?? [])].flatMap(headsOfSubject))];
}

function headsOfSubject({ people, props }: Subject): HeadId[] {
  return [...people.map((person) => person.head), ...(props ?? []).flatMap(headsOfProp)];
}

function headsOfProp(prop: PropView): readonly HeadId[] {
  switch (prop.kind) {
    case 'photo':
      return headsOf(prop.shows);
    case 'screen':
      return prop.shows.flatMap((shown) => headsOf(shown.view));
    case 'mannequin':
      return [prop.head];
  }
}
