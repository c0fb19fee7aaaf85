import {
  EXPRESSIONS,
  type Expression,
  type PackedExpression,
  type PackedHead,
  type PackedPart,
  type PartName,
  POSITION_UNIT,
} from '../head-data.ts';
import { featureWeights } from './feature-weights.ts';
import type { Identity } from './identities.ts';
import type { BaseMesh, MakeHumanPackage, Quad, Wearable } from './makehuman-package.ts';

/* Ranges of vertices of MakeHuman's base mesh, each last one included. */
const BODY = [0, 13_379] as const;
const LEFT_EYE = [14_598, 14_669] as const;
const TEETH = [14_992, 15_127] as const;
const TIGHTS = [15_328, 18_001] as const;

/** What of the body below the eyes is kept, and where the shirt ends, decimetres. */
const KEPT_BELOW_EYES = 3.6;
const COLLAR_BELOW_EYES = 1.55;

/** Targets and how much of each. Corners that are only pulled up hardly widen a mouth; a smile draws them back, too. */
const EXPRESSION_TARGETS: Record<Expression, Readonly<Record<string, number>>> = {
  closeLeftEye: { 'eye-left-closure': 1 },
  closeRightEye: { 'eye-right-closure': 1 },
  openMouth: { 'mouth-open': 1 },
  smile: { 'mouth-corner-puller': 1, 'mouth-retraction': 0.8 },
};
type Shapes = { readonly neutral: Float64Array } & Readonly<Record<Expression, Float64Array>>;

/** Everything of a head but its textures. */
export function buildHead(data: MakeHumanPackage, identity: Identity): Omit<PackedHead, 'textures'> {
  const base = data.baseMesh();
  const shapes = shapesOf(data, base, identity);
  const height = (vertex: number) => shapes.neutral[3 * vertex + 1] ?? 0;
  const eyeVertices = Array.from({ length: LEFT_EYE[1] - LEFT_EYE[0] + 1 }, (_, i) => LEFT_EYE[0] + i);
  const eyeY = mean(eyeVertices.map(height));
  const eyeZ = mean(eyeVertices.map((vertex) => shapes.neutral[3 * vertex + 2] ?? 0));
  const bottom = eyeY - KEPT_BELOW_EYES;
  const within = (range: readonly [number, number], quad: Quad) =>
    quad.vertices.every((vertex) => vertex >= range[0] && vertex <= range[1] && height(vertex) > bottom);
  const ofBase = (name: PartName, keep: (quad: Quad) => boolean) =>
    packPart({ name, shapes, uvs: base.uvs, quads: base.quads.filter(keep) });
  const worn = (name: PartName, proxy: Wearable) =>
    packPart({ name, shapes: wear(proxy, shapes), uvs: proxy.uvs, quads: proxy.quads });
  const belowCollar = (quad: Quad) => quad.vertices.every((v) => height(v) < eyeY - COLLAR_BELOW_EYES);
  return {
    id: identity.id,
    eyeY,
    eyeZ,
    ...(identity.glasses === undefined ? {} : { glasses: identity.glasses }),
    tints: { ...identity.tints, brows: identity.tints.hair, teeth: 0xe9e2d2 },
    parts: [
      ofBase('skin', (quad) => within(BODY, quad)),
      ofBase('shirt', (quad) => within(TIGHTS, quad) && belowCollar(quad)),
      ofBase('teeth', (quad) => within(TEETH, quad)),
      worn('eyes', data.proxy('eyes/Low-Poly/Low-Poly.json')),
      worn('hair', data.proxy(`hair/${identity.hair}/${identity.hair}.json`)),
      worn('brows', data.proxy(`eyebrows/${identity.brows}/${identity.brows}.json`)),
    ],
  };
}

function shapesOf(data: MakeHumanPackage, base: BaseMesh, identity: Identity): Shapes {
  const { ethnicity, sex, age } = identity;
  const neutral = base.positions.slice();
  const add = (target: string, weight: number) => {
    data.target(target).forEach((delta, i) => {
      neutral[i] = (neutral[i] ?? 0) + delta * weight;
    });
  };
  add(`macrodetails/${ethnicity}-${sex}-${age}`, 1);
  add(`macrodetails/universal-${sex}-${age}-averagemuscle-averageweight`, 1);
  for (const [target, weight] of featureWeights((folder) => data.targetsIn(folder), identity.seed))
    add(target, weight);
  const expression = (name: Expression) => {
    const sum = new Float64Array(neutral.length);
    const strength = name === 'smile' ? (identity.smile ?? 1) : 1;
    for (const [target, weight] of Object.entries(EXPRESSION_TARGETS[name]))
      data.target(`expression/units/${ethnicity}/${target}`).forEach((delta, i) => {
        sum[i] = (sum[i] ?? 0) + delta * weight * strength;
      });
    return sum;
  };
  return {
    neutral,
    closeLeftEye: expression('closeLeftEye'),
    closeRightEye: expression('closeRightEye'),
    openMouth: expression('openMouth'),
    smile: expression('smile'),
  };
}

/** Where the vertices of something worn lie, and what each expression adds to them. */
function wear(proxy: Wearable, shapes: Shapes): Shapes {
  const follow = (shape: Float64Array, withOffset: boolean) => {
    const positions = new Float64Array(proxy.references.length * 3);
    proxy.references.forEach((references, vertex) => {
      for (let axis = 0; axis < 3; axis++) {
        const sum = references.reduce(
          (total, base, i) => total + (shape[3 * base + axis] ?? 0) * (proxy.weights[vertex]?.[i] ?? 0),
          withOffset ? (proxy.offsets[vertex]?.[axis] ?? 0) : 0,
        );
        positions[3 * vertex + axis] = sum;
      }
    });
    return positions;
  };
  return {
    neutral: follow(shapes.neutral, true),
    closeLeftEye: follow(shapes.closeLeftEye, false),
    closeRightEye: follow(shapes.closeRightEye, false),
    openMouth: follow(shapes.openMouth, false),
    smile: follow(shapes.smile, false),
  };
}

/** A vertex on a seam has two texture coordinates and becomes two vertices. */
function packPart(part: {
  readonly name: PartName;
  readonly shapes: Shapes;
  readonly uvs: readonly number[];
  readonly quads: readonly Quad[];
}): PackedPart {
  const numbers = new Map<string, number>();
  const vertices: number[] = [];
  const uvs: number[] = [];
  const index: number[] = [];
  for (const quad of part.quads) {
    const corners = quad.vertices.map((vertex, i) => {
      const uv = quad.uvs[i] ?? 0;
      const key = `${vertex}/${uv}`;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      uvs.push(part.uvs[2 * uv] ?? 0, 1 - (part.uvs[2 * uv + 1] ?? 0));
      const number = vertices.push(vertex) - 1;
      numbers.set(key, number);
      return number;
    });
    const [a = 0, b = 0, c = 0, d = 0] = corners;
    index.push(a, b, c, a, c, d);
  }
  const at = (shape: Float64Array) => vertices.flatMap((v) => [...shape.subarray(3 * v, 3 * v + 3)]);
  const expressions: Partial<Record<Expression, PackedExpression>> = {};
  for (const name of EXPRESSIONS) {
    const packed = packExpression(at(part.shapes[name]));
    if (packed) expressions[name] = packed;
  }
  return {
    name: part.name,
    positions: packed16(at(part.shapes.neutral).map(toUnits)),
    uvs: packed16(uvs.map((value) => Math.round(Math.max(0, Math.min(1, value)) * 65_535))),
    index: packed16(index),
    expressions,
  };
}

function packExpression(deltas: readonly number[]): PackedExpression | null {
  const vertices: number[] = [];
  const moved: number[] = [];
  for (let vertex = 0; vertex * 3 < deltas.length; vertex++) {
    const delta = deltas.slice(3 * vertex, 3 * vertex + 3).map(toUnits);
    if (delta.every((value) => value === 0)) continue;
    vertices.push(vertex);
    moved.push(...delta);
  }
  return vertices.length === 0 ? null : { vertices: packed16(vertices), deltas: packed16(moved) };
}

function toUnits(decimetres: number): number {
  return Math.round(decimetres / POSITION_UNIT);
}

/** 16-bit little-endian in base64, the same for Int16 and Uint16. */
function packed16(values: readonly number[]): string {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, i) => {
    if (value < -32_768 || value > 65_535) throw new RangeError(`${value} does not fit 16 bits`);
    bytes.writeUInt16LE(value & 0xffff, 2 * i);
  });
  return bytes.toString('base64');
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
