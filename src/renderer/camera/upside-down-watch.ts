/** How often it is looked for until it is known, milliseconds. */
const LOOK_EVERY = 500;
/** So many looks more must say the one than the other. */
const WANTED = 3;
/** A look says something when one way up scores so much more than the other. */
const CLEARLY = 0.1;

/** The detector's best score, 0 to 1, in a picture and in the same picture turned by 180 degrees. */
export interface WaysUp {
  readonly upright: number;
  readonly turned: number;
}

/**
 * Notices that a camera hangs upside down. The tracker itself does not: it takes a face that stands on its head for an
 * upright one with the landmarks anywhere. The detector sees it both ways too, but surer the right way up: rendered
 * heads score 0.74 to 0.96 upright and at most 0.77 turned, and never higher turned. So the two are compared, a few
 * times when somebody first stands there; a camera that was found upright stays so.
 */
export class UpsideDownWatch {
  #lastLook = Number.NEGATIVE_INFINITY;
  /** Looks that said turned less those that said upright. */
  #votes = 0;

  /** True when it has just become certain. `look` is called seldom, and not any more once it is known. */
  take(frame: { readonly at: number; readonly look: () => WaysUp }): boolean {
    if (Math.abs(this.#votes) >= WANTED || frame.at - this.#lastLook < LOOK_EVERY) return false;
    this.#lastLook = frame.at;
    const { upright, turned } = frame.look();
    if (Math.abs(turned - upright) >= CLEARLY) this.#votes += turned > upright ? 1 : -1;
    return this.#votes >= WANTED;
  }
}
