import { HEADS } from '../../citizens/citizen-controls.ts';
import type { PropView } from '../../citizens/props/prop-view.ts';
import { DISTANCE, type Person, type Subject, type View } from '../../citizens/scene-view.ts';

/** Everything that could not be drawn, or lies outside what a scene holds. */
export function faults(view: View): string[] {
  const distance = view.distance ?? DISTANCE;
  return [
    ...finite(view, 'view'),
    ...(distance >= 2 && distance <= 10 ? [] : [`distance ${distance}`]),
    ...[view, ...(view.exposure ?? [])].flatMap(subjectFaults),
    ...(view.noise && Number.isInteger(view.noise.frame) ? [] : ['no noise, or half a frame of it']),
  ];
}

function subjectFaults(subject: Subject): string[] {
  return [...subject.people.flatMap(personFaults), ...(subject.props ?? []).flatMap(propFaults)];
}

function personFaults({ head, pose }: Person): string[] {
  const shares = [pose.closeEyes, pose.openMouth].every((share) => share >= 0 && share <= 1);
  const angles = [pose.yaw, pose.pitch, pose.roll].every((angle) => Math.abs(angle) <= 60);
  return [
    ...(HEADS.includes(head) ? [] : [`nobody called ${head}`]),
    ...(shares ? [] : ['an expression beyond its range']),
    ...(angles ? [] : ['a head turned too far']),
  ];
}

function propFaults(prop: PropView): string[] {
  switch (prop.kind) {
    case 'photo':
      return subjectFaults(prop.shows);
    case 'mannequin':
      return HEADS.includes(prop.head) ? [] : [`no bust of ${prop.head}`];
    case 'screen': {
      const shares = prop.shows.reduce((sum, shown) => sum + shown.share, 0);
      return [
        ...prop.shows.flatMap((shown) => subjectFaults(shown.view)),
        ...(Math.abs(shares - 1) < 1e-9 ? [] : [`shares of ${shares}`]),
        ...(prop.pitch > 0 && prop.width > 0 && prop.height > 0 ? [] : ['a screen without size']),
      ];
    }
  }
}

function finite(value: unknown, path: string): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => finite(each, `${path}.${key}`));
}
