import type { Result } from '../result.ts';
import { err, ok } from '../result.ts';
import {
  BitReader,
  BitWriter,
  LARGEST_RICE_PARAMETER,
  LARGEST_RICE_VALUE,
  riceLength,
} from './bit-stream.ts';
import {
  type Colour,
  type FaceLight,
  type FrameColour,
  type FrameTexture,
  type LandmarkFrame,
  TRACKED_POINTS,
} from './landmark-frame.ts';
import {
  COLOUR_STEP,
  DEPTH_STEP,
  LARGEST_SECOND_FACE_SHARE,
  LIGHT_STEPS,
  SECOND_FACE_STEP,
  TEXTURE_STEPS,
} from './thinning.ts';

/**
 * A trace as bytes. Exact for frames that `thinning.ts` has rounded; canonical: the same frames have one encoding only.
 *
 * | bytes  | what                                                                                          |
 * |--------|-----------------------------------------------------------------------------------------------|
 * | 1      | version, 1                                                                                    |
 * | varint | number of frames, at most 900                                                                 |
 *
 * then for each frame, from a byte boundary:
 *
 * | bytes  | what                                                                                          |
 * |--------|-----------------------------------------------------------------------------------------------|
 * | varint | capture time in ms; from the second frame on its distance from the frame before, at least 1   |
 * | 1      | bits 0-2 faces, bit 3 points follow, bit 4 light follows, bit 5 size follows, bit 6 second face follows, bit 7 texture follows |
 * | 1      | bit 0 colour follows, others 0                                                                |
 * | 4      | digest, big-endian                                                                            |
 * | 2 x varint | width and height (first frame, and when they change)                                      |
 * | varint | second face's share x 100, when not 0                                                         |
 * | 7 x varint | light: mean, overexposed, evenness x 1000, dynamic range x 100, sharpness, variance x 10000, background |
 * | 2 x varint | texture: moire x 10, bezel x 100                                                          |
 * | 6 x varint | colour x 4000: face red, green, blue, surround red, green, blue                           |
 * | 3 axes | points: per axis zigzag varint mean motion, then for all three 4 bits Rice parameter and one Rice code per point (zigzag of the point's motion less the mean), zero bits to the byte |
 *
 * Motion is the difference from the last frame that had points, and from the point before it in the first such frame;
 * x and y in 1/8 px, z in whole pixels. About 90 bytes a frame, so 30 s at 12.5 frames/s are some 35 KB.
 */
export const TRACE_VERSION = 1;
/** 72 s at 12.5 frames a second: longer than any try may last. */
export const MOST_TRACE_FRAMES = 900;
/** A decoder reads no more than this; incompressible noise stays below it too. */
export const LARGEST_TRACE_BYTES = 700_000;

export type TraceFault =
  | 'too-large'
  | 'unknown-version'
  | 'too-many-frames'
  | 'truncated'
  | 'out-of-range'
  | 'not-canonical'
  | 'trailing-bytes';

const AXES = [
  { offset: 0, step: 1 },
  { offset: 1, step: 1 },
  { offset: 2, step: DEPTH_STEP },
] as const;
const LIGHT_KEYS = [
  'mean',
  'overexposed',
  'evenness',
  'dynamicRange',
  'sharpness',
  'variance',
  'background',
] as const;
const LARGEST_SIZE = 4095;
const MOST_FACES = 4;
const LARGEST_TIME = 1e11;

const HAS_POINTS = 0b1000;
const HAS_LIGHT = 0b1_0000;
const HAS_SIZE = 0b10_0000;
const HAS_SECOND = 0b100_0000;
const HAS_TEXTURE = 0b1000_0000;
const HAS_COLOUR = 0b1;

/**
 * Encodes frames in capture order, as `thin()` returned them. Throws a RangeError for what a trace cannot hold exactly
 * (more than {@link MOST_TRACE_FRAMES}, times that do not grow, depths not rounded): the station never keeps such.
 */
export function encodeTrace(frames: readonly LandmarkFrame[]): Uint8Array {
  if (frames.length > MOST_TRACE_FRAMES) throw new RangeError(`trace of ${frames.length} frames`);
  const writer = new BitWriter();
  writer.bits(TRACE_VERSION, 8);
  writer.varint(frames.length);
  let before: LandmarkFrame | undefined;
  let pointsBefore: Int16Array | undefined;
  for (const frame of frames) {
    const elapsed = before === undefined ? frame.at : frame.at - before.at;
    const least = before === undefined ? 0 : 1;
    if (!Number.isSafeInteger(elapsed) || elapsed < least || frame.at > LARGEST_TIME) {
      throw new RangeError('trace times must be whole milliseconds that grow');
    }
    const resized = before === undefined || before.width !== frame.width || before.height !== frame.height;
    writer.varint(elapsed);
    writer.bits(
      frame.faces |
        (frame.points === null ? 0 : HAS_POINTS) |
        (frame.light === null ? 0 : HAS_LIGHT) |
        (resized ? HAS_SIZE : 0) |
        (frame.secondFaceShare === 0 ? 0 : HAS_SECOND) |
        (frame.texture === null ? 0 : HAS_TEXTURE),
      8,
    );
    writer.bits(frame.colour === null ? 0 : HAS_COLOUR, 8);
    writer.bits(frame.digest >>> 16, 16);
    writer.bits(frame.digest & 0xffff, 16);
    if (resized) {
      writer.varint(frame.width);
      writer.varint(frame.height);
    }
    if (frame.secondFaceShare !== 0) writer.varint(Math.round(frame.secondFaceShare * SECOND_FACE_STEP));
    if (frame.light !== null) {
      for (const key of LIGHT_KEYS) writer.varint(Math.round(frame.light[key] * LIGHT_STEPS[key].step));
    }
    if (frame.texture !== null) {
      writer.varint(Math.round(frame.texture.moire * TEXTURE_STEPS.moire.step));
      writer.varint(Math.round(frame.texture.bezel * TEXTURE_STEPS.bezel.step));
    }
    if (frame.colour !== null) {
      for (const { red, green, blue } of [frame.colour.face, frame.colour.surround])
        for (const channel of [red, green, blue]) writer.varint(Math.round(channel * COLOUR_STEP));
    }
    if (frame.points !== null) {
      writePoints(writer, frame.points, pointsBefore);
      pointsBefore = frame.points;
    }
    before = frame;
  }
  return writer.finish();
}

function writePoints(writer: BitWriter, points: Int16Array, before: Int16Array | undefined): void {
  if (points.length !== TRACKED_POINTS.length * 3) throw new RangeError(`${points.length} coordinates`);
  const axes = AXES.map((axis) => {
    const motions = TRACKED_POINTS.map((_, point) => {
      const at = point * 3 + axis.offset;
      const value = points[at] ?? 0;
      if (value % axis.step !== 0)
        throw new RangeError('depths must have been rounded before they are encoded');
      return (value - predicted({ points, before, at })) / axis.step;
    });
    const mean = Math.round(motions.reduce((sum, motion) => sum + motion, 0) / motions.length);
    return { mean, residues: motions.map((motion) => zigzag(motion - mean)) };
  });
  for (const { mean } of axes) writer.varint(zigzag(mean));
  for (const { residues } of axes) {
    const parameter = bestParameter(residues);
    writer.bits(parameter, 4);
    for (const residue of residues) writer.rice(residue, parameter);
  }
  writer.align();
}

/** In the first frame with points each point is predicted by the one before it in the list. */
function predicted({
  points,
  before,
  at,
}: {
  readonly points: Int16Array;
  readonly before: Int16Array | undefined;
  readonly at: number;
}): number {
  return (before === undefined ? points[at - 3] : before[at]) ?? 0;
}

function bestParameter(values: readonly number[]): number {
  let best = 0;
  let fewest = Number.POSITIVE_INFINITY;
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  for (let parameter = 0; parameter <= LARGEST_RICE_PARAMETER; parameter += 1) {
    let length = 0;
    for (const value of values) length += riceLength(value, parameter);
    if (length < fewest) {
      fewest = length;
      best = parameter;
    }
    // From here on every quotient is 0, and a longer parameter only adds bits.
    if (largest >>> parameter === 0) break;
  }
  return best;
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function unzigzag(value: number): number {
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
}

/** Reads a trace from anywhere: any bytes give frames or a fault, and frames encode to the very same bytes. */
export function decodeTrace(bytes: Uint8Array): Result<LandmarkFrame[], TraceFault> {
  if (bytes.length > LARGEST_TRACE_BYTES) return err('too-large');
  const reader = new BitReader(bytes);
  const version = reader.bits(8);
  if (!version.ok) return version;
  if (version.value !== TRACE_VERSION) return err('unknown-version');
  const count = reader.varint();
  if (!count.ok) return count;
  if (count.value > MOST_TRACE_FRAMES) return err('too-many-frames');
  const frames: LandmarkFrame[] = [];
  let pointsBefore: Int16Array | undefined;
  for (let index = 0; index < count.value; index += 1) {
    const frame = readFrame({ reader, before: frames.at(-1), pointsBefore });
    if (!frame.ok) return frame;
    frames.push(frame.value);
    pointsBefore = frame.value.points ?? pointsBefore;
  }
  if (!reader.atEnd) return err('trailing-bytes');
  const again = encodeTrace(frames);
  const same = again.length === bytes.length && again.every((byte, index) => byte === bytes[index]);
  return same ? ok(frames) : err('not-canonical');
}

function readFrame({
  reader,
  before,
  pointsBefore,
}: {
  readonly reader: BitReader;
  readonly before: LandmarkFrame | undefined;
  readonly pointsBefore: Int16Array | undefined;
}): Result<LandmarkFrame, TraceFault> {
  const elapsed = reader.varint();
  if (!elapsed.ok) return elapsed;
  const at = before === undefined ? elapsed.value : before.at + elapsed.value;
  if (at > LARGEST_TIME || (before !== undefined && elapsed.value === 0)) return err('out-of-range');
  const flags = reader.bits(8);
  if (!flags.ok) return flags;
  const faces = flags.value & 0b111;
  const more = reader.bits(8);
  if (!more.ok) return more;
  const digestHigh = reader.bits(16);
  if (!digestHigh.ok) return digestHigh;
  const digestLow = reader.bits(16);
  if (!digestLow.ok) return digestLow;
  if (faces > MOST_FACES || more.value > HAS_COLOUR) return err('out-of-range');
  const size = (flags.value & HAS_SIZE) === 0 ? keptSize(before) : readSize(reader);
  if (!size.ok) return size;
  const second = (flags.value & HAS_SECOND) === 0 ? ok(0) : reader.varint();
  if (!second.ok) return second;
  const secondFaceShare = second.value / SECOND_FACE_STEP;
  if (secondFaceShare > LARGEST_SECOND_FACE_SHARE) return err('out-of-range');
  const light = (flags.value & HAS_LIGHT) === 0 ? ok(null) : readLight(reader);
  if (!light.ok) return light;
  const texture = (flags.value & HAS_TEXTURE) === 0 ? ok(null) : readTexture(reader);
  if (!texture.ok) return texture;
  const colour = (more.value & HAS_COLOUR) === 0 ? ok(null) : readFrameColour(reader);
  if (!colour.ok) return colour;
  const points = (flags.value & HAS_POINTS) === 0 ? ok(null) : readPoints(reader, pointsBefore);
  if (!points.ok) return points;
  return ok({
    at,
    ...size.value,
    faces,
    points: points.value,
    secondFaceShare,
    light: light.value,
    texture: texture.value,
    colour: colour.value,
    digest: digestHigh.value * 0x1_0000 + digestLow.value,
  });
}

function readTexture(reader: BitReader): Result<FrameTexture, TraceFault> {
  const moire = reader.varint();
  if (!moire.ok) return moire;
  const bezel = reader.varint();
  if (!bezel.ok) return bezel;
  const texture = {
    moire: moire.value / TEXTURE_STEPS.moire.step,
    bezel: bezel.value / TEXTURE_STEPS.bezel.step,
  };
  return texture.moire > TEXTURE_STEPS.moire.most || texture.bezel > TEXTURE_STEPS.bezel.most
    ? err('out-of-range')
    : ok(texture);
}

function readFrameColour(reader: BitReader): Result<FrameColour, TraceFault> {
  const face = readColour(reader);
  if (!face.ok) return face;
  const surround = readColour(reader);
  return surround.ok ? ok({ face: face.value, surround: surround.value }) : surround;
}

function readColour(reader: BitReader): Result<Colour, TraceFault> {
  const channels: number[] = [];
  for (let channel = 0; channel < 3; channel += 1) {
    const value = reader.varint();
    if (!value.ok) return value;
    if (value.value > COLOUR_STEP) return err('out-of-range');
    channels.push(value.value / COLOUR_STEP);
  }
  const [red = 0, green = 0, blue = 0] = channels;
  return ok({ red, green, blue });
}

type Size = Pick<LandmarkFrame, 'width' | 'height'>;

function keptSize(before: LandmarkFrame | undefined): Result<Size, TraceFault> {
  return before === undefined ? err('out-of-range') : ok({ width: before.width, height: before.height });
}

function readSize(reader: BitReader): Result<Size, TraceFault> {
  const width = reader.varint();
  if (!width.ok) return width;
  const height = reader.varint();
  if (!height.ok) return height;
  if (width.value > LARGEST_SIZE || height.value > LARGEST_SIZE) return err('out-of-range');
  return ok({ width: width.value, height: height.value });
}

function readLight(reader: BitReader): Result<FaceLight, TraceFault> {
  const light: Record<keyof FaceLight, number> = {
    mean: 0,
    overexposed: 0,
    evenness: 0,
    dynamicRange: 0,
    sharpness: 0,
    variance: 0,
    background: 0,
  };
  for (const key of LIGHT_KEYS) {
    const value = reader.varint();
    if (!value.ok) return value;
    light[key] = value.value / LIGHT_STEPS[key].step;
    if (light[key] > LIGHT_STEPS[key].most) return err('out-of-range');
  }
  return ok(light);
}

function readPoints(reader: BitReader, before: Int16Array | undefined): Result<Int16Array, TraceFault> {
  const points = new Int16Array(TRACKED_POINTS.length * 3);
  const means: number[] = [];
  for (const _ of AXES) {
    const mean = reader.varint();
    if (!mean.ok) return mean;
    if (mean.value > LARGEST_RICE_VALUE) return err('out-of-range');
    means.push(unzigzag(mean.value));
  }
  for (const [index, axis] of AXES.entries()) {
    const parameter = reader.bits(4);
    if (!parameter.ok) return parameter;
    for (let point = 0; point < TRACKED_POINTS.length; point += 1) {
      const residue = reader.rice(parameter.value);
      if (!residue.ok) return residue;
      const at = point * 3 + axis.offset;
      const motion = (unzigzag(residue.value) + (means[index] ?? 0)) * axis.step;
      const value = predicted({ points, before, at }) + motion;
      if (value < -0x8000 || value > 0x7fff) return err('out-of-range');
      points[at] = value;
    }
  }
  reader.align();
  return ok(points);
}
