import type { HeadId } from './citizen-controls.ts';

/**
 * A head as it is committed: gzipped JSON with its arrays as base64 of little-endian integers. Lengths are in
 * decimetres, x to the person's left, y up, z to the front.
 */
export interface PackedHead {
  readonly id: HeadId;
  /** Height and depth of the eyes: the camera looks there, and the neck turns below. */
  readonly eyeY: number;
  readonly eyeZ: number;
  /** Colour of the frame, as 0xRRGGBB, of whoever wears glasses. */
  readonly glasses?: number;
  /** Colours as 0xRRGGBB that a part's texture is multiplied with. */
  readonly tints: Readonly<Partial<Record<PartName, number>>>;
  /** WebP pictures in base64. */
  readonly textures: Readonly<Partial<Record<PartName, string>>>;
  readonly parts: readonly PackedPart[];
}

export interface PackedPart {
  readonly name: PartName;
  /** Int16, x y z per vertex, in {@link POSITION_UNIT}. */
  readonly positions: string;
  /** Uint16, u v per vertex, 65535 is 1, v downwards. */
  readonly uvs: string;
  /** Uint16, three per triangle. */
  readonly index: string;
  readonly expressions: Readonly<Partial<Record<Expression, PackedExpression>>>;
}

/** What an expression adds at full strength to the vertices that it moves. */
export interface PackedExpression {
  /** Uint16 */
  readonly vertices: string;
  /** Int16, x y z per moved vertex, in {@link POSITION_UNIT}. */
  readonly deltas: string;
}

export const PART_NAMES = ['skin', 'shirt', 'teeth', 'eyes', 'hair', 'brows'] as const;
export type PartName = (typeof PART_NAMES)[number];

/** Left and right are the person's own. */
export const EXPRESSIONS = ['closeLeftEye', 'closeRightEye', 'openMouth', 'smile'] as const;
export type Expression = (typeof EXPRESSIONS)[number];

export const POSITION_UNIT = 1 / 2000;
