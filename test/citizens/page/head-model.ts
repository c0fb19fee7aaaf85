import {
  BufferAttribute,
  BufferGeometry,
  Euler,
  Group,
  Matrix4,
  Mesh,
  MeshLambertMaterial,
  type Object3D,
  SRGBColorSpace,
  Texture,
  Vector3,
} from 'three';
import {
  EXPRESSIONS,
  type Expression,
  type PackedHead,
  type PackedPart,
  type PartName,
  POSITION_UNIT,
} from '../head-data.ts';
import type { HeadPose } from '../head-pose.ts';
import type { Occlusion } from '../scene-view.ts';
import type { FaceShape } from './worn/face-hull.ts';
import { glassesFor } from './worn/glasses.ts';
import { occlusionFor } from './worn/occlusion.ts';

/** Between these depths below the eyes the neck twists, decimetres. */
const SHOULDERS_BELOW_EYES = 2.1;
const JAW_BELOW_EYES = 1.0;
/** The head turns about this point. */
const PIVOT_BELOW_EYES = 1.15;
const PIVOT_BEHIND_EYES = 0.75;

interface MovedVertices {
  readonly vertices: Uint16Array;
  readonly deltas: Float32Array;
}

interface Part {
  readonly geometry: BufferGeometry;
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  /** How much of the head's turn each vertex follows, 0 at the shoulders to 1. */
  readonly following: Float32Array;
  readonly expressions: Readonly<Partial<Record<Expression, MovedVertices>>>;
}

type Textures = Readonly<Partial<Record<PartName, Texture>>>;

/**
 * A head that takes poses, its eyes at the origin while it is neutral. Everything is computed where it lies: a few
 * thousand vertices, no morph textures.
 */
export class HeadModel {
  readonly group = new Group();
  readonly #packed: PackedHead;
  readonly #textures: Textures;
  readonly #parts: readonly Part[];
  readonly #pivot: Vector3;
  /** What sits firmly on the head: it turns as one with it. */
  readonly #worn = new Group();
  readonly #occlusions = new Map<Occlusion, Object3D>();

  private constructor(packed: PackedHead, textures: Textures) {
    this.#packed = packed;
    this.#textures = textures;
    this.#pivot = new Vector3(0, packed.eyeY - PIVOT_BELOW_EYES, packed.eyeZ - PIVOT_BEHIND_EYES);
    const inner = new Group();
    inner.position.set(0, -packed.eyeY, -packed.eyeZ);
    this.group.add(inner);
    this.#parts = packed.parts.map((each) => {
      const part = unpackPart(each, packed.eyeY);
      const mesh = new Mesh(part.geometry, material(each.name, textures[each.name], packed.tints[each.name]));
      mesh.name = each.name;
      mesh.frustumCulled = false;
      inner.add(mesh);
      return part;
    });
    inner.add(this.#worn);
    if (packed.glasses !== undefined)
      this.#worn.add(glassesFor(this.#face(), { frame: packed.glasses, lenses: 'clear' }));
  }

  static async load(head: PackedHead): Promise<HeadModel> {
    const textures: Partial<Record<PartName, Texture>> = {};
    for (const [name, webp] of Object.entries(head.textures))
      textures[name as PartName] = await texture(webp);
    return new HeadModel(head, textures);
  }

  /** The same head with meshes of its own, to stand in the same scene in another pose. */
  copy(): HeadModel {
    return new HeadModel(this.#packed, this.#textures);
  }

  take(pose: HeadPose, occlusion: Occlusion | null = null): void {
    const turn = new Matrix4().makeRotationFromEuler(
      new Euler(radians(pose.pitch), radians(pose.yaw), radians(pose.roll), 'YXZ'),
    );
    for (const part of this.#parts) {
      const position = part.geometry.getAttribute('position');
      const normal = part.geometry.getAttribute('normal');
      const positions = position.array as Float32Array;
      positions.set(part.positions);
      express(positions, part.expressions.closeLeftEye, pose.closeEyes);
      express(positions, part.expressions.closeRightEye, pose.closeEyes);
      express(positions, part.expressions.openMouth, pose.openMouth);
      express(positions, part.expressions.smile, pose.smile);
      rotate(positions, part.following, turn, this.#pivot);
      const normals = normal.array as Float32Array;
      normals.set(part.normals);
      rotate(normals, part.following, turn, new Vector3());
      position.needsUpdate = true;
      normal.needsUpdate = true;
    }
    this.#worn.quaternion.setFromRotationMatrix(turn);
    this.#worn.position.copy(this.#pivot).sub(this.#pivot.clone().applyMatrix4(turn));
    this.#hide(occlusion);
    this.group.position.set(pose.x, pose.y, pose.z);
  }

  #hide(occlusion: Occlusion | null): void {
    for (const [kind, object] of this.#occlusions) object.visible = kind === occlusion;
    if (occlusion === null || this.#occlusions.has(occlusion)) return;
    const made = occlusionFor(this.#face(), occlusion);
    this.#occlusions.set(occlusion, made);
    this.#worn.add(made);
  }

  #face(): FaceShape {
    const positionsOf = (name: PartName) =>
      this.#parts[this.#packed.parts.findIndex((part) => part.name === name)]?.positions ??
      new Float32Array();
    return {
      eyeY: this.#packed.eyeY,
      eyeZ: this.#packed.eyeZ,
      skin: positionsOf('skin'),
      eyes: positionsOf('eyes'),
      skinTexture: this.#textures.skin ?? null,
      hairTint: this.#packed.tints.hair ?? 0x444444,
    };
  }
}

function express(positions: Float32Array, moved: MovedVertices | undefined, weight: number): void {
  if (!moved || weight === 0) return;
  moved.vertices.forEach((vertex, i) => {
    for (let axis = 0; axis < 3; axis++) {
      const at = 3 * vertex + axis;
      positions[at] = (positions[at] ?? 0) + (moved.deltas[3 * i + axis] ?? 0) * weight;
    }
  });
}

function rotate(vectors: Float32Array, following: Float32Array, turn: Matrix4, pivot: Vector3): void {
  const m = turn.elements;
  for (let vertex = 0; vertex < following.length; vertex++) {
    const share = following[vertex] ?? 0;
    if (share === 0) continue;
    const at = 3 * vertex;
    const x = (vectors[at] ?? 0) - pivot.x;
    const y = (vectors[at + 1] ?? 0) - pivot.y;
    const z = (vectors[at + 2] ?? 0) - pivot.z;
    vectors[at] = pivot.x + x + share * (m[0] * x + m[4] * y + m[8] * z - x);
    vectors[at + 1] = pivot.y + y + share * (m[1] * x + m[5] * y + m[9] * z - y);
    vectors[at + 2] = pivot.z + z + share * (m[2] * x + m[6] * y + m[10] * z - z);
  }
}

function unpackPart(packed: PackedPart, eyeY: number): Part {
  const positions = lengths(packed.positions);
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions.slice(), 3));
  geometry.setAttribute('uv', new BufferAttribute(new Uint16Array(buffer(packed.uvs)), 2, true));
  geometry.setIndex(new BufferAttribute(new Uint16Array(buffer(packed.index)), 1));
  geometry.computeVertexNormals();
  const following = new Float32Array(positions.length / 3);
  for (let vertex = 0; vertex < following.length; vertex++) {
    const y = positions[3 * vertex + 1] ?? 0;
    following[vertex] = smoothStep(y, eyeY - SHOULDERS_BELOW_EYES, eyeY - JAW_BELOW_EYES);
  }
  const expressions: Partial<Record<Expression, MovedVertices>> = {};
  for (const name of EXPRESSIONS) {
    const moved = packed.expressions[name];
    if (!moved) continue;
    expressions[name] = { vertices: new Uint16Array(buffer(moved.vertices)), deltas: lengths(moved.deltas) };
  }
  const normals = (geometry.getAttribute('normal').array as Float32Array).slice();
  return { geometry, positions, normals, following, expressions };
}

function material(name: PartName, map: Texture | undefined, tint: number | undefined): MeshLambertMaterial {
  const made = new MeshLambertMaterial({ map: map ?? null, color: tint ?? 0xffffff });
  if (name === 'hair') {
    made.side = 2;
    made.alphaTest = 0.3;
  }
  if (name === 'brows') {
    made.transparent = true;
    made.alphaTest = 0.05;
    made.polygonOffset = true;
    made.polygonOffsetFactor = -2;
  }
  if (name === 'shirt') {
    made.polygonOffset = true;
    made.polygonOffsetFactor = -1;
  }
  return made;
}

async function texture(webp: string): Promise<Texture> {
  const blob = new Blob([buffer(webp)], { type: 'image/webp' });
  const made = new Texture(await createImageBitmap(blob));
  made.colorSpace = SRGBColorSpace;
  made.flipY = false;
  made.needsUpdate = true;
  return made;
}

function lengths(base64: string): Float32Array {
  return Float32Array.from(new Int16Array(buffer(base64)), (value) => value * POSITION_UNIT);
}

function buffer(base64: string): ArrayBuffer {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer;
}

function smoothStep(value: number, from: number, to: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
