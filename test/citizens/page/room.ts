import { Color, DirectionalLight, HemisphereLight, type Scene, SRGBColorSpace } from 'three';
import { FLASH_RGB } from '../../../src/domain/liveness/flash-colour.ts';
import type { Light, View } from '../scene-view.ts';

/** What a kind of light amounts to at level 1; strengths as three.js takes them, pi lights white paper white. */
interface Lamps {
  readonly sky: number;
  readonly lamp: number;
  readonly from: readonly [x: number, y: number, z: number];
  readonly wall: number;
  /** How much of the wall's colour is seen. */
  readonly wallShare: number;
}

const LAMPS: Readonly<Record<Light['kind'], Lamps>> = {
  hall: { sky: 1.9, lamp: 1.6, from: [3, 12, 10], wall: 0xc3c7cd, wallShare: 1 },
  dim: { sky: 0.62, lamp: 0.5, from: [3, 12, 8], wall: 0xb7aea2, wallShare: 0.3 },
  back: { sky: 0.85, lamp: 1.3, from: [2, 5, -9], wall: 0xf6f8fb, wallShare: 1 },
  side: { sky: 0.75, lamp: 2.6, from: [11, 4, 4.5], wall: 0xc3c7cd, wallShare: 0.75 },
};
/** A large screen at arm's length adds about a quarter to a hall's light on a face, and little to the wall. */
const DISPLAY = 0.85;
const DISPLAY_ON_WALL = 0.025;

const HALL: Light = { kind: 'hall', level: 1 };

/** The room's wall and lamps, and the display before the person. */
export class Room {
  readonly #sky = new HemisphereLight(0xffffff, 0x8d8580, 0);
  readonly #lamp = new DirectionalLight(0xfff4e8, 0);
  readonly #display = new DirectionalLight(0xffffff, DISPLAY);
  readonly #wall = new Color();

  constructor(scene: Scene) {
    this.#display.position.set(0, -1.5, 6);
    scene.add(this.#sky, this.#lamp, this.#display);
    scene.background = this.#wall;
  }

  light(view: View): void {
    const { kind, level } = view.light ?? HALL;
    const lamps = LAMPS[kind];
    this.#sky.intensity = lamps.sky * level;
    this.#lamp.intensity = lamps.lamp * level;
    this.#lamp.position.set(...lamps.from);
    this.#wall.set(view.wall ?? lamps.wall).multiplyScalar(Math.min(1, level * lamps.wallShare));
    // A light that is not there costs no time on any pixel.
    this.#display.visible = Boolean(view.flash);
    if (!view.flash) return;
    const [red, green, blue] = FLASH_RGB[view.flash];
    this.#display.color.setRGB(red / 255, green / 255, blue / 255, SRGBColorSpace);
    this.#wall.add(this.#display.color.clone().multiplyScalar(DISPLAY_ON_WALL));
  }
}
