import type { Face } from './face.ts';

/** How long a camera has to show no upright face before anybody asks why, milliseconds. */
const PATIENCE = 3000;
/** A single false detection is no upside-down camera: so many looks, this far apart. */
const LOOKS = 2;
const LOOK_EVERY = 500;

/** Top of the forehead and chin. */
const FOREHEAD = 10;
const CHIN = 152;

/**
 * Notices that a camera was built in upside down: nobody stands on their head before a terminal, so either every face
 * that is tracked has its chin on top, or no face is found while there is one in the picture turned by 180 degrees.
 * Faces of either kind are told once; an upright face ends the suspicion.
 */
export class UpsideDownWatch {
  #since: number | null = null;
  #lastLook = Number.NEGATIVE_INFINITY;
  #seen = 0;
  #told = false;

  /**
   * Takes a frame's face and answers whether the camera is upside down; true once. `lookTurned` finds out whether there
   * is a face in the same picture turned by 180 degrees, and is called seldom.
   */
  take(frame: {
    readonly at: number;
    readonly face: Face | null;
    readonly lookTurned: () => boolean;
  }): boolean {
    const { at, face } = frame;
    if (this.#told) return false;
    if (face && !isOnItsHead(face)) {
      this.#since = null;
      this.#seen = 0;
      return false;
    }
    this.#since ??= at;
    if (at - this.#since < PATIENCE || at - this.#lastLook < LOOK_EVERY) return false;
    this.#lastLook = at;
    this.#seen = face || frame.lookTurned() ? this.#seen + 1 : 0;
    // Nobody is there either way round: the next look is a while off.
    if (this.#seen === 0) this.#since = at;
    this.#told = this.#seen >= LOOKS;
    return this.#told;
  }
}

function isOnItsHead(face: Face): boolean {
  const forehead = face[FOREHEAD];
  const chin = face[CHIN];
  return forehead !== undefined && chin !== undefined && forehead.y > chin.y;
}
