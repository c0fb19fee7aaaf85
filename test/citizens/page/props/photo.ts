import { Mesh, MeshLambertMaterial, PlaneGeometry } from 'three';
import { AIM_BELOW_EYES, DISTANCE, FIELD_OF_VIEW, HEIGHT, WIDTH } from '../../scene-view.ts';
import type { HostedProp, PropHost } from './prop-host.ts';

/** Of the paper before the eyes' place, decimetres. */
const NEARER = 0.6;
const PICTURE_HEIGHT = 2 * (DISTANCE - NEARER) * Math.tan((FIELD_OF_VIEW * Math.PI) / 360) * 0.92;

/** A print of the person, a quarter larger than A5, on matt paper. */
export function createPhoto(host: PropHost): HostedProp {
  const material = new MeshLambertMaterial({ color: 0xdddddd, side: 2 });
  const paper = new Mesh(new PlaneGeometry((PICTURE_HEIGHT * WIDTH) / HEIGHT, PICTURE_HEIGHT), material);
  return {
    object3D: paper,
    take(prop) {
      material.map = host.snapshot(prop.shows);
      const { held } = prop;
      paper.position.set(held.x, held.y - AIM_BELOW_EYES, NEARER + held.z);
      paper.rotation.set(radians(held.pitch), radians(held.yaw), radians(held.roll));
    },
  };
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
