import type { Moment } from '../../citizens/performer.ts';
import type { Held, ScreenProp, ShownPicture } from '../../citizens/props/prop-view.ts';
import type { View } from '../../citizens/scene-view.ts';
import { type Conditions, noiseAt } from './conditions.ts';
import { handHeld } from './hand.ts';
import { between, byTurns, chance } from './seeded.ts';

/** Something with a screen. Decimetres; sizes and pitches are those of common ones. */
interface Device {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly pitch: number;
  readonly bezel: number;
}

export type Nearness = 'near' | 'far';
export interface Setting {
  readonly nearness: Nearness;
  /** Whether the screen's own frame can be seen. */
  readonly bezel: boolean;
}

const TABLET_FINE = { name: 'tablet, 264 ppi', width: 1.97, height: 1.48, pitch: 0.00096, bezel: 0.1 };
const TABLET_COARSE = { name: 'tablet, 149 ppi', width: 2.17, height: 1.36, pitch: 0.0017, bezel: 0.12 };
const LAPTOP = { name: 'laptop, 101 ppi', width: 3.45, height: 1.94, pitch: 0.00252, bezel: 0.1 };
const LAPTOP_FINE = { name: 'laptop, 141 ppi', width: 3.45, height: 1.94, pitch: 0.0018, bezel: 0.08 };
const MONITOR = { name: 'monitor, 86 ppi', width: 3.76, height: 3.01, pitch: 0.00294, bezel: 0.14 };
const WIDE_MONITOR = { name: 'monitor, 92 ppi', width: 5.31, height: 2.99, pitch: 0.00277, bezel: 0.12 };
const FINE_MONITOR = { name: 'monitor, 184 ppi', width: 5.27, height: 2.97, pitch: 0.00138, bezel: 0.09 };
const TELEVISION = { name: 'television, 50 ppi', width: 7, height: 3.94, pitch: 0.0051, bezel: 0.2 };
const TELEVISION_FINE = { name: 'television, 104 ppi', width: 9.4, height: 5.3, pitch: 0.00245, bezel: 0.1 };

interface Choice {
  readonly framed: readonly Device[];
  readonly frameless: readonly Device[];
}

/** What somebody would take: a frame stays out of sight only when the screen is larger than what the camera sees. */
const DEVICES: Readonly<Record<Nearness, Choice>> = {
  near: { framed: [TABLET_FINE, TABLET_COARSE], frameless: [LAPTOP, WIDE_MONITOR, LAPTOP_FINE] },
  far: { framed: [MONITOR, FINE_MONITOR, WIDE_MONITOR], frameless: [TELEVISION, TELEVISION_FINE] },
};

/** From the camera to the screen, decimetres. */
const DISTANCES: Readonly<Record<Nearness, readonly [number, number]>> = { near: [2.7, 3.2], far: [6, 6.8] };
/** Pixels between eyes at life size, times their distance in decimetres. */
const EYE_PIXELS = 510;
/** How far apart the attacker wants the eyes to be seen, pixels. */
const WANTED_EYES = [84, 100] as const;

export function deviceFor(setting: Setting, index: number): Device {
  const devices = DEVICES[setting.nearness];
  return byTurns(setting.bezel ? devices.framed : devices.frameless, index);
}

/** What a camera sees of a screen: held in a hand when near, on a stand when far. */
export function screenView(options: {
  readonly conditions: Conditions;
  readonly setting: Setting;
  readonly device: Device;
  readonly moment: Moment;
  readonly shows: readonly ShownPicture[];
}): View {
  const { conditions, setting, device, moment, shows } = options;
  const { seed } = conditions;
  const [least, most] = DISTANCES[setting.nearness];
  const distance = between(least, most, chance(seed, 'screen distance'));
  const eyes = between(...WANTED_EYES, chance(seed, 'eyes'));
  const strength = setting.nearness === 'near' ? 0.35 : 0.02;
  const aside: Held = handHeld(0, { seed: seed + 1, strength: 0.8 });
  const held = handHeld(moment.time, { seed, strength });
  const screen: ScreenProp = {
    kind: 'screen',
    shows,
    held: { ...held, roll: held.roll + aside.roll, yaw: held.yaw + aside.yaw },
    width: device.width,
    height: device.height,
    pitch: device.pitch,
    bezel: device.bezel,
    brightness: between(0.85, 1.1, chance(seed, 'brightness')),
    magnified: (eyes * distance) / EYE_PIXELS,
  };
  return {
    people: [],
    props: [screen],
    light: conditions.light,
    distance,
    flash: moment.flash,
    noise: noiseAt(conditions, moment.time),
  };
}
