import type { FlashRecord } from '../evidence.ts';
import { FLASH_COLOURS, FLASH_MS, FLASH_RGB, type FlashColour } from '../flash-colour.ts';
import type { Colour, FrameColour, LandmarkFrame } from '../landmark-frame.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { NOT_MEASURED, type SoftFinding, softAtLeast } from './finding.ts';

const CHANNELS = ['red', 'green', 'blue'] as const;
/** A camera needs this long from a new colour on the screen until a whole picture is lit by it, ms. */
const SETTLING_MS = 120;
/** Frames before the first flash that show the face in the light of the place, ms. */
const AMBIENT_MS = 1000;

/**
 * Whether the face took on the colours that the screen lit it with, in their order. Skin before the screen reflects
 * them; a face that shines from another screen, or lies further off, hardly does.
 *
 * For each colour the mean of the face in the frames from 120 ms after it began, less the face in the light of the
 * place. What the surround did at the same time is taken out first: a camera that turns its exposure down, or a lamp
 * that flickers, changes both. Then, for each channel of the picture, the correlation over the colours with what the
 * screen showed in that channel in linear light (IEC 61966-2-1), and the mean of the three. Soft: bright halls drown it.
 */
export function flashFindings({
  trace,
  flashes,
}: {
  readonly trace: readonly LandmarkFrame[];
  readonly flashes: readonly FlashRecord[];
}): SoftFinding[] {
  if (flashes.length === 0) return [];
  const { correlation, amplitude } = flashResponse({ trace, flashes }) ?? {
    correlation: NOT_MEASURED,
    amplitude: NOT_MEASURED,
  };
  return [
    softAtLeast({
      name: 'flash-correlation',
      value: correlation,
      threshold: THRESHOLDS.flashCorrelation.value,
      reason: 'no-flash-response',
    }),
    softAtLeast({
      name: 'flash-amplitude',
      value: amplitude,
      threshold: THRESHOLDS.flashAmplitude.value,
      reason: 'no-flash-response',
    }),
  ];
}

export interface FlashResponse {
  /** Mean over the channels, -1 to 1. */
  readonly correlation: number;
  /** From the least to the most lit colour, as a share of the face in the light of the place; mean over the channels. */
  readonly amplitude: number;
}

/** Null when there are too few frames with colours to tell. */
export function flashResponse({
  trace,
  flashes,
}: {
  readonly trace: readonly LandmarkFrame[];
  readonly flashes: readonly FlashRecord[];
}): FlashResponse | null {
  const first = flashes[0];
  if (first === undefined) return null;
  const ambient = meanColour(trace, { from: first.shownAt - AMBIENT_MS, until: first.shownAt });
  if (ambient === null) return null;
  const shown = flashes.flatMap(({ colour, shownAt }, index) => {
    const until = Math.min(shownAt + FLASH_MS, flashes[index + 1]?.shownAt ?? Number.POSITIVE_INFINITY);
    const seen = meanColour(trace, { from: shownAt + SETTLING_MS, until });
    return seen === null ? [] : [{ colour, seen }];
  });
  if (shown.length < FLASH_COLOURS.length) return null;
  const correlations: number[] = [];
  const amplitudes: number[] = [];
  for (const channel of CHANNELS) {
    const lit = shown.map(({ seen }) => responseOf({ seen, ambient, channel }));
    correlations.push(
      correlationOf(
        lit,
        shown.map(({ colour }) => linear(colour, CHANNELS.indexOf(channel))),
      ),
    );
    amplitudes.push(Math.max(...lit) - Math.min(...lit));
  }
  return { correlation: mean(correlations), amplitude: mean(amplitudes) };
}

/** What one channel of the face gained, as a share of its ambient value, less what the surround gained. */
function responseOf({
  seen,
  ambient,
  channel,
}: {
  readonly seen: FrameColour;
  readonly ambient: FrameColour;
  readonly channel: keyof Colour;
}): number {
  return gain(seen.face, ambient.face, channel) - gain(seen.surround, ambient.surround, channel);
}

/** Below this a channel holds nothing but noise: one grey level of 255 near black. */
const LEAST_LIGHT = 0.004;

function gain(seen: Colour, ambient: Colour, channel: keyof Colour): number {
  return (seen[channel] - ambient[channel]) / Math.max(LEAST_LIGHT, ambient[channel]);
}

function meanColour(
  trace: readonly LandmarkFrame[],
  span: { readonly from: number; readonly until: number },
): FrameColour | null {
  const colours = trace.flatMap(({ at, colour }) =>
    colour !== null && at >= span.from && at < span.until ? [colour] : [],
  );
  if (colours.length === 0) return null;
  const of = (part: keyof FrameColour): Colour => ({
    red: mean(colours.map((colour) => colour[part].red)),
    green: mean(colours.map((colour) => colour[part].green)),
    blue: mean(colours.map((colour) => colour[part].blue)),
  });
  return { face: of('face'), surround: of('surround') };
}

/** A channel of a screen colour in linear light, 0 to 1 (IEC 61966-2-1). */
function linear(colour: FlashColour, channel: number): number {
  const value = (FLASH_RGB[colour][channel] ?? 0) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Pearson's; 0 where one side does not vary. */
function correlationOf(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, squaresA, squaresB] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    const [fromA, fromB] = [value - meanA, (b[index] ?? meanB) - meanB];
    both += fromA * fromB;
    squaresA += fromA * fromA;
    squaresB += fromB * fromB;
  }
  return squaresA > 0 && squaresB > 0 ? both / Math.sqrt(squaresA * squaresB) : 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
