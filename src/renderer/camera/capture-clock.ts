/**
 * Puts a camera's timestamps on the page's clock. A frame reaches us some time after it was taken, and that delay
 * jitters with the load of the machine; the smallest delay seen is the steady part. So a frame's time is its own
 * timestamp plus the smallest difference between arrival and timestamp, which keeps the spacing of the camera.
 */
export class CaptureClock {
  #offset: number | null = null;
  #last = Number.NEGATIVE_INFINITY;

  /** Timestamp and arrival in milliseconds; the result always increases. */
  timeOf(frame: { readonly timestamp: number; readonly arrived: number }): number {
    const difference = frame.arrived - frame.timestamp;
    const offset = this.#offset;
    if (offset === null || difference < offset || difference > offset + LONGEST_DELAY) {
      this.#offset = difference;
    }
    const at = frame.timestamp + (this.#offset ?? difference);
    this.#last = Math.max(this.#last + SMALLEST_STEP, at);
    return this.#last;
  }
}

/** Two frames are never at the same time, milliseconds. */
const SMALLEST_STEP = 1;
/** A frame later than this means that the camera's clock was set anew, milliseconds. */
const LONGEST_DELAY = 200;
