import type { Held } from '../../citizens/props/prop-view.ts';
import { chance } from './seeded.ts';

export const STRAIGHT: Held = { x: 0, y: 0, z: 0, yaw: 0, pitch: 0, roll: 0 };

/** How a hand holds a thing still, as well as it can; `strength` 1 is a hand without support. */
export function handHeld(time: number, hand: { readonly seed: number; readonly strength: number }): Held {
  const { seed, strength } = hand;
  return {
    x: 0.035 * strength * sway(time, seed, 'x'),
    y: 0.025 * strength * sway(time, seed, 'y'),
    z: 0.04 * strength * sway(time, seed, 'z'),
    yaw: 1.6 * strength * sway(time, seed, 'yaw'),
    pitch: 1.3 * strength * sway(time, seed, 'pitch'),
    roll: 1.0 * strength * sway(time, seed, 'roll'),
  };
}

export function moved(held: Held, by: Partial<Held>): Held {
  return {
    x: held.x + (by.x ?? 0),
    y: held.y + (by.y ?? 0),
    z: held.z + (by.z ?? 0),
    yaw: held.yaw + (by.yaw ?? 0),
    pitch: held.pitch + (by.pitch ?? 0),
    roll: held.roll + (by.roll ?? 0),
  };
}

/** 0 to 1 and back over a movement that lasts so long, smooth at both ends, held for half of it. */
export function thereAndBack(time: number, lasts: number): number {
  const share = time / lasts;
  if (share <= 0 || share >= 1) return 0;
  const edge = 0.25;
  const rise = Math.min(1, Math.min(share, 1 - share) / edge);
  return (1 - Math.cos(Math.PI * rise)) / 2;
}

/** 0 before, 1 after, smooth in between. */
export function smoothStep(time: number, from: number, lasts: number): number {
  const share = Math.min(1, Math.max(0, (time - from) / lasts));
  return share * share * (3 - 2 * share);
}

/** Slow sums of sines that do not repeat within a session. */
function sway(time: number, seed: number, axis: string): number {
  const t = time / 1000;
  const phase = (k: number) => 2 * Math.PI * chance(seed, 'sway', axis, k);
  return (
    0.55 * Math.sin(1.0 * t + phase(1)) +
    0.3 * Math.sin(2.6 * t + phase(2)) +
    0.15 * Math.sin(5.7 * t + phase(3))
  );
}
