import type { Object3D } from 'three';
import type { Held } from '../../props/prop-view.ts';

/** Puts a thing where it is held, turned as a head turns: nod, then sideways, then tipped. */
export function hold(object3D: Object3D, held: Held, below: number): void {
  object3D.position.set(held.x, held.y - below, held.z);
  object3D.rotation.set(radians(held.pitch), radians(held.yaw), radians(held.roll), 'YXZ');
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
