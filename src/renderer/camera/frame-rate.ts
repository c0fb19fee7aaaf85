/** A camera sets its exposure first; until then it says nothing about its rate, milliseconds. */
const WARM_UP = 1000;
/** How long its frames are counted, milliseconds. */
const COUNTED_FOR = 2000;

/**
 * Counts what a camera delivers, not what the tracker has time for: `presented` is the browser's running count of the
 * frames that it showed, however few of them it told of.
 */
export class FrameRateGauge {
  #first: number | null = null;
  #from: { readonly at: number; readonly presented: number } | null = null;

  /** Takes a count at a time in milliseconds. Answers frames a second once, and null before. */
  count(at: number, presented: number): number | null {
    this.#first ??= at;
    if (at - this.#first < WARM_UP) return null;
    const from = this.#from;
    if (from === null) {
      this.#from = { at, presented };
      return null;
    }
    const span = at - from.at;
    return span < COUNTED_FOR ? null : (1000 * (presented - from.presented)) / span;
  }
}

/** Tells the rate at which a camera's frames come, once, unless `signal` ends the counting before. */
export function measureFrameRate(
  video: HTMLVideoElement,
  options: { readonly signal: AbortSignal; readonly onMeasured: (framesPerSecond: number) => void },
): void {
  const gauge = new FrameRateGauge();
  const next = (now: number, { presentedFrames }: { readonly presentedFrames: number }) => {
    if (options.signal.aborted) return;
    const rate = gauge.count(now, presentedFrames);
    if (rate === null) video.requestVideoFrameCallback(next);
    else options.onMeasured(rate);
  };
  video.requestVideoFrameCallback(next);
}
