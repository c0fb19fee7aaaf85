import type { Action } from '../../src/domain/liveness/action.ts';
import { type HeadPose, NEUTRAL_POSE } from './head-pose.ts';

/*
 * How a person moves, as functions of time in milliseconds. Blinks are slow, because a machine that renders and
 * tracks at once sees as few as five frames a second.
 */
const TURN_DEGREES = 30;
/** Rise, hold and return of a movement. */
const TURN = { rise: 650, hold: 900, fall: 650 };
const MOUTH = { rise: 400, hold: 800, fall: 400 };
const BLINK = { rise: 120, hold: 300, fall: 150 };
const BETWEEN_BLINKS = 450;
/**
 * How far the lids go to be shut: beyond this the model's lids overlap, and the tracker takes the smooth skin for an
 * eye that is half open (measured: 0.4 of the open eye's aspect ratio at 0.8, 0.7 of it at 1).
 */
const SHUT = 0.8;

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
export function durationOf(action: Action): number {
  switch (action) {
    case 'turn-left':
    case 'turn-right':
      return length(TURN);
    case 'open-mouth':
      return length(MOUTH);
    case 'blink':
      return 2 * BLINK_LENGTH + BETWEEN_BLINKS;
  }
}

/** An asked movement, `time` after its beginning, laid over how the head is held anyway. */
export function perform(action: Action, time: number, held: HeadPose): HeadPose {
  switch (action) {
    case 'turn-left':
      return { ...held, yaw: held.yaw + TURN_DEGREES * envelope(time, TURN) };
    case 'turn-right':
      return { ...held, yaw: held.yaw - TURN_DEGREES * envelope(time, TURN) };
    case 'open-mouth':
      return { ...held, openMouth: envelope(time, MOUTH) };
    case 'blink': {
      const second = time - BLINK_LENGTH - BETWEEN_BLINKS;
      return { ...held, closeEyes: SHUT * Math.max(envelope(time, BLINK), envelope(second, BLINK)) };
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
  options: { readonly blinking: boolean; readonly seed?: number },
): HeadPose {
  const seed = options.seed ?? 0;
  const sinceBlink = time % 5200;
  return {
    ...NEUTRAL_POSE,
    yaw: 1.2 * sway(time, 1 + seed),
    pitch: 0.9 * sway(time, 4 + seed),
    roll: 0.8 * sway(time, 7 + seed),
    x: 0.03 * sway(time, 2 + seed),
    y: 0.02 * sway(time, 5 + seed),
    closeEyes: options.blinking ? SHUT * envelope(sinceBlink - 3000, BLINK) : 0,
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
