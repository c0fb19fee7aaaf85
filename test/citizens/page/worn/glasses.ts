import {
  CircleGeometry,
  CylinderGeometry,
  DataTexture,
  DoubleSide,
  Group,
  LinearFilter,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  type Object3D,
  TorusGeometry,
  Vector3,
} from 'three';
import { type FaceShape, frontOf } from './face-hull.ts';

/** Decimetres: lenses of 50 by 40 mm in rims of 3 mm. */
const LENS_RADIUS = 0.23;
const LENS_WIDTH = 1.1;
const LENS_HEIGHT = 0.88;
const RIM = 0.016;
const BELOW_PUPILS = 0.03;
/** Rims stand this far before what of brow and cheek lies behind them. */
const BEFORE_SKIN = 0.012;
const EARS_BEHIND_EYES = 0.75;

/** Glasses that sit on the nose of this face, with temples to its ears. */
export function glassesFor(
  face: FaceShape,
  look: { readonly frame: number; readonly lenses: 'clear' | 'dark' },
): Object3D {
  const glasses = new Group();
  const frame = new MeshLambertMaterial({ color: look.frame });
  const lens = look.lenses === 'clear' ? clearLens() : darkLens();
  const eye = eyeCentre(face);
  const y = eye.y - BELOW_PUPILS;
  const front = rimDepth(face, { x: eye.x, y });
  const hinge = eye.x + LENS_RADIUS * LENS_WIDTH;
  for (const side of [-1, 1]) {
    const rim = new Mesh(new TorusGeometry(LENS_RADIUS, RIM, 6, 28), frame);
    const glass = new Mesh(new CircleGeometry(LENS_RADIUS, 28), lens);
    for (const mesh of [rim, glass]) {
      mesh.position.set(side * eye.x, y, front);
      mesh.scale.set(LENS_WIDTH, LENS_HEIGHT, 1);
      glasses.add(mesh);
    }
    const ear = new Vector3(side * templeWidth(face, hinge), y + 0.08, face.eyeZ - EARS_BEHIND_EYES);
    glasses.add(bar(new Vector3(side * hinge, y + 0.06, front), ear, frame));
  }
  const inner = eye.x - LENS_RADIUS * LENS_WIDTH;
  const middle = Math.max(front, (frontOf(face, { x: 0, y: y + 0.05, radius: 0.09 }) ?? front) + 0.01);
  for (const side of [-1, 1])
    glasses.add(bar(new Vector3(side * inner, y + 0.05, front), new Vector3(0, y + 0.07, middle), frame));
  return glasses;
}

/** Of the person's left eye. */
function eyeCentre(face: FaceShape): { readonly x: number; readonly y: number } {
  let x = 0;
  let y = 0;
  let count = 0;
  for (let at = 0; at < face.eyes.length; at += 3) {
    if ((face.eyes[at] ?? 0) <= 0) continue;
    x += face.eyes[at] ?? 0;
    y += face.eyes[at + 1] ?? 0;
    count += 1;
  }
  return count === 0 ? { x: 0.33, y: face.eyeY } : { x: x / count, y: y / count };
}

/** Before brow and cheek, wherever the rim passes over them; the nose stands between the rims. */
function rimDepth(face: FaceShape, centre: { readonly x: number; readonly y: number }): number {
  let front = face.eyeZ + 0.15;
  for (let step = 0; step < 16; step++) {
    const angle = (step * Math.PI) / 8;
    const x = centre.x + LENS_RADIUS * LENS_WIDTH * Math.cos(angle);
    const y = centre.y + LENS_RADIUS * LENS_HEIGHT * Math.sin(angle);
    front = Math.max(front, (frontOf(face, { x, y, radius: 0.05 }) ?? front) + BEFORE_SKIN);
  }
  return front;
}

/** Half the head's width where the temples pass. */
function templeWidth(face: FaceShape, least: number): number {
  let width = least;
  for (let at = 0; at < face.skin.length; at += 3) {
    const [x = 0, y = 0, z = 0] = face.skin.subarray(at, at + 3);
    if (Math.abs(y - face.eyeY) > 0.12) continue;
    if (z < face.eyeZ - EARS_BEHIND_EYES + 0.15 || z > face.eyeZ) continue;
    width = Math.max(width, x + 0.015);
  }
  return width;
}

function bar(from: Vector3, to: Vector3, material: MeshLambertMaterial): Mesh {
  const along = to.clone().sub(from);
  const mesh = new Mesh(new CylinderGeometry(RIM, RIM, along.length(), 6), material);
  mesh.position.copy(from).addScaledVector(along, 0.5);
  mesh.quaternion.setFromUnitVectors(new Vector3(0, 1, 0), along.normalize());
  return mesh;
}

const GLINT = 32;

/** A pale reflection that runs across the glass. */
function clearLens(): MeshBasicMaterial {
  const bytes = new Uint8Array(GLINT * GLINT * 4);
  for (let y = 0; y < GLINT; y++) {
    for (let x = 0; x < GLINT; x++) {
      const across = (x + y) / GLINT - 1.25;
      const alpha = 10 + 60 * Math.exp(-((across / 0.16) ** 2));
      bytes.set([235, 242, 250, alpha], 4 * (y * GLINT + x));
    }
  }
  const map = new DataTexture(bytes, GLINT, GLINT);
  map.magFilter = LinearFilter;
  map.needsUpdate = true;
  return new MeshBasicMaterial({ map, transparent: true, depthWrite: false, side: DoubleSide });
}

function darkLens(): MeshLambertMaterial {
  return new MeshLambertMaterial({ color: 0x14161a, transparent: true, opacity: 0.94, side: DoubleSide });
}
