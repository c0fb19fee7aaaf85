import type { Action } from '../../src/domain/liveness/action.ts';
import { type HeadPose, NEUTRAL_POSE } from './head-pose.ts';
import { type Manner, USUAL_MANNER } from './manner.ts';

/*
 * How a person moves, as functions of time in milliseconds. Blinks are slow, because a machine that renders and
 * tracks at once sees as few as five frames a second.
 */
/** Rise, hold and return of a movement. */
const TURN = { rise: 650, hold: 900, fall: 650 };
const NOD = { rise: 450, hold: 250, fall: 500 };
const MOUTH = { rise: 400, hold: 800, fall: 400 };
const SMILE = { rise: 350, hold: 900, fall: 400 };
const BLINK = { rise: 120, hold: 300, fall: 150 };
const BETWEEN_BLINKS = 450;
/** An unasked blink takes half as long as an asked one. */
const UNASKED_BLINK = { rise: 80, hold: 90, fall: 110 };
/**
 * How far the lids go to be shut: beyond this the model's lids overlap, and the tracker takes the smooth skin for an
 * eye that is half open (measured over the heads: 0.2 to 0.5 of the open eye's aspect ratio at 0.7, up to 0.7 of it at 1).
 */
const SHUT = 0.7;

type Envelope = typeof TURN;

/** 0 before, rising to 1, held, falling back to 0; smooth at both ends. */
function envelope(time: number, shape: Envelope): number {
  const { rise, hold, fall } = shape;
  if (time <= 0) return 0;
  if (time < rise) return (1 - Math.cos((Math.PI * time) / rise)) / 2;
  if (time < rise + hold) return 1;
  if (time < rise + hold + fall) return (1 + Math.cos((Math.PI * (time - rise - hold)) / fall)) / 2;
  return 0;
}

function length(shape: Envelope): number {
  return shape.rise + shape.hold + shape.fall;
}

const BLINK_LENGTH = length(BLINK);

/** How long an asked movement takes, milliseconds. */
export function durationOf(action: Action, manner: Manner = USUAL_MANNER): number {
  return usualLength(action) * manner.slowness;
}

function usualLength(action: Action): number {
  switch (action) {
    case 'turn-left':
    case 'turn-right':
      return length(TURN);
    case 'nod':
      return length(NOD);
    case 'open-mouth':
      return length(MOUTH);
    case 'smile':
      return length(SMILE);
    case 'blink':
      return 2 * BLINK_LENGTH + BETWEEN_BLINKS;
  }
}

/** From when to when an asked movement stays at its furthest, since it began; null for what is not held. */
export function heldWithin(
  action: Action,
  manner: Manner,
): { readonly from: number; readonly to: number } | null {
  const shape = heldShape(action);
  return shape && { from: shape.rise * manner.slowness, to: (shape.rise + shape.hold) * manner.slowness };
}

function heldShape(action: Action): Envelope | null {
  switch (action) {
    case 'turn-left':
    case 'turn-right':
      return TURN;
    case 'nod':
      return NOD;
    case 'open-mouth':
      return MOUTH;
    case 'smile':
      return SMILE;
    case 'blink':
      return null;
  }
}

/** A moment of an asked movement. */
export interface Movement {
  readonly action: Action;
  /** Since it began. */
  readonly time: number;
  readonly manner?: Manner;
}

/** An asked movement, laid over how the head is held anyway. */
export function perform({ action, time, manner = USUAL_MANNER }: Movement, held: HeadPose): HeadPose {
  const usual = time / manner.slowness;
  switch (action) {
    case 'turn-left':
      return { ...held, yaw: held.yaw + manner.turnDegrees * envelope(usual, TURN) };
    case 'turn-right':
      return { ...held, yaw: held.yaw - manner.turnDegrees * envelope(usual, TURN) };
    case 'nod':
      return { ...held, pitch: held.pitch + manner.nodDegrees * envelope(usual, NOD) };
    case 'open-mouth':
      return { ...held, openMouth: manner.mouth * envelope(usual, MOUTH) };
    case 'smile':
      return { ...held, smile: manner.smile * envelope(usual, SMILE) };
    case 'blink': {
      const second = usual - BLINK_LENGTH - BETWEEN_BLINKS;
      return { ...held, closeEyes: SHUT * Math.max(envelope(usual, BLINK), envelope(second, BLINK)) };
    }
  }
}

/** Slow sums of sines that never repeat within a session. */
function sway(time: number, phase: number): number {
  const t = time / 1000;
  return (
    0.6 * Math.sin(1.1 * t + phase) +
    0.3 * Math.sin(2.7 * t + 2 * phase) +
    0.1 * Math.sin(5.3 * t + 3 * phase)
  );
}

/** A person who stands there: small movements, and a blink now and then. */
export function idle(
  time: number,
  options: { readonly blinking: boolean; readonly manner?: Manner },
): HeadPose {
  const { seed, restlessness, betweenBlinks } = options.manner ?? USUAL_MANNER;
  const sinceBlink = (time + 977 * seed) % betweenBlinks;
  return {
    ...NEUTRAL_POSE,
    yaw: 1.2 * restlessness * sway(time, 1 + seed),
    pitch: 0.9 * restlessness * sway(time, 4 + seed),
    roll: 0.8 * restlessness * sway(time, 7 + seed),
    x: 0.03 * restlessness * sway(time, 2 + seed),
    y: 0.02 * restlessness * sway(time, 5 + seed),
    closeEyes: options.blinking ? SHUT * envelope(sinceBlink - 0.6 * betweenBlinks, UNASKED_BLINK) : 0,
  };
}

/** A hand that holds a print, or tilts it to make it look alive. */
export function handHeld(time: number, tilt: number): HeadPose {
  const t = time / 1000;
  return {
    ...NEUTRAL_POSE,
    yaw: 1.5 * sway(time, 1) + tilt * Math.sin(1.6 * t),
    pitch: 1.2 * sway(time, 2) + (tilt / 2) * Math.sin(2.2 * t),
    roll: sway(time, 9),
    x: 0.03 * sway(time, 3),
    y: 0.02 * sway(time, 6),
  };
}
