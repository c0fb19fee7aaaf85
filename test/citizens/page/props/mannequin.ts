import { Group } from 'three';
import type { HeadId } from '../../citizen-controls.ts';
import { NEUTRAL_POSE } from '../../head-pose.ts';
import type { PropView } from '../../props/prop-view.ts';
import type { HeadModel } from '../head-model.ts';
import { hold } from './hold.ts';
import type { HostedProp, PropHost } from './prop-host.ts';

/** From the eyes to the point that a bust is turned about by whoever holds it at the neck, decimetres. */
const NECK = { below: 1.4, behind: 0.8 };

/** A lifelike bust: shoulders and head are one piece, and nothing in the face ever moves. */
export function createMannequin(host: PropHost): HostedProp {
  const neck = new Group();
  let shown: { readonly id: HeadId; readonly model: HeadModel } | null = null;
  return {
    object3D: neck,
    take(prop: PropView) {
      if (prop.kind !== 'mannequin') return;
      if (shown?.id !== prop.head) {
        if (shown) neck.remove(shown.model.group);
        shown = { id: prop.head, model: host.head(prop.head) };
        shown.model.take(NEUTRAL_POSE);
        shown.model.group.position.set(0, NECK.below, NECK.behind);
        neck.add(shown.model.group);
      }
      hold(neck, { ...prop.held, z: prop.held.z - NECK.behind }, NECK.below);
    },
  };
}
