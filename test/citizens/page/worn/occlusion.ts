import {
  CapsuleGeometry,
  Color,
  DataTexture,
  DoubleSide,
  Group,
  Mesh,
  MeshLambertMaterial,
  type Object3D,
  SRGBColorSpace,
  type Texture,
} from 'three';
import type { Occlusion } from '../../scene-view.ts';
import { clothOver, type FaceShape, frontOf } from './face-hull.ts';
import { glassesFor } from './glasses.ts';

/** What hides a part of this face, fitted to it. */
export function occlusionFor(face: FaceShape, kind: Occlusion): Object3D {
  switch (kind) {
    case 'sunglasses':
      return glassesFor(face, { frame: 0x18191c, lenses: 'dark' });
    case 'mask':
      return mask(face);
    case 'hair':
      return fringe(face);
    case 'hand':
      return hand(face);
  }
}

/** A medical mask from the bridge of the nose to below the chin. */
function mask(face: FaceShape): Object3D {
  const cloth = clothOver(face, {
    across: [-0.72, 0.72],
    down: [-0.28, -1.32],
    width: (down) => 0.78 + 0.22 * Math.sin(Math.PI * Math.min(1, 0.15 + 0.75 * down)) - 0.25 * down * down,
    radius: 0.14,
    above: 0.05,
  });
  return new Mesh(cloth, new MeshLambertMaterial({ color: 0x9cc3d8, side: DoubleSide }));
}

/** A fringe that falls over the person's left eye. */
function fringe(face: FaceShape): Object3D {
  const cloth = clothOver(face, { across: [-0.08, 0.64], down: [0.85, -0.75], radius: 0.12, above: 0.06 });
  const strands = new MeshLambertMaterial({ map: strandsTexture(), side: DoubleSide, alphaTest: 0.5 });
  strands.color = new Color(face.hairTint).multiplyScalar(0.35);
  return new Mesh(cloth, strands);
}

const STRANDS = 64;

/** Strands that thin out towards their ends. */
function strandsTexture(): DataTexture {
  const bytes = new Uint8Array(STRANDS * STRANDS * 4);
  for (let y = 0; y < STRANDS; y++) {
    for (let x = 0; x < STRANDS; x++) {
      const strand = Math.abs(Math.sin(x * 12.9898) * 43_758.5453) % 1;
      const ends = 0.35 * strand;
      const shade = 150 + 105 * strand;
      bytes.set([shade, shade, shade, y / STRANDS > ends ? 255 : 0], 4 * (y * STRANDS + x));
    }
  }
  const texture = new DataTexture(bytes, STRANDS, STRANDS);
  texture.needsUpdate = true;
  return texture;
}

/** Four fingers and a thumb before the mouth, as of somebody who leans on their hand. */
function hand(face: FaceShape): Object3D {
  const fingers = new Group();
  const skin = new MeshLambertMaterial({ color: meanColour(face.skinTexture) });
  const front = (frontOf(face, { x: 0, y: face.eyeY - 0.45, radius: 0.3 }) ?? face.eyeZ) + 0.06;
  for (let finger = 0; finger < 4; finger++) {
    const mesh = new Mesh(new CapsuleGeometry(0.095, 0.9 - 0.12 * Math.abs(finger - 1.3), 4, 10), skin);
    mesh.position.set(0.28, face.eyeY - 0.52 - 0.19 * finger, front - 0.02 * finger);
    mesh.rotation.set(0, 0.25, Math.PI / 2 - 0.12 + 0.05 * finger);
    fingers.add(mesh);
  }
  const palm = new Mesh(new CapsuleGeometry(0.32, 0.25, 4, 12), skin);
  palm.position.set(0.85, face.eyeY - 0.85, front - 0.22);
  palm.scale.set(1, 1, 0.45);
  fingers.add(palm);
  return fingers;
}

function meanColour(texture: Texture | null): Color {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!context || !(texture?.image instanceof ImageBitmap)) return new Color(0xc79a7e);
  context.drawImage(texture.image, 0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return new Color().setRGB(red / 255, green / 255, blue / 255, SRGBColorSpace);
}
