import { type Baseline, personalBaseline } from '#domain/liveness/baseline.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { readSignals } from '#domain/liveness/signals.ts';
import { portraitFault } from '#domain/portrait/gate.ts';
import { comparePortraits, portraitScores, sharpnessRank } from '#domain/portrait/scores.ts';

/** About 15 s of frames: what they have in the middle is the person at rest, whatever was asked in between. */
const REMEMBERED = 300;
/** How often the person's own rest is computed anew, frames. */
const BASELINE_EVERY = 10;

/**
 * Which of a try's frames makes the better portrait, told while they are there, so that the pixels of one only have to
 * be kept. Gate and scores are those by which the station judges the picture; a frame that passes the gate is better
 * than any that does not. The station knows the neutral span of the try; here the middle of all frames stands for it.
 */
export class PortraitRace {
  #frames: LandmarkFrame[] = [];
  #baseline: Baseline | null = null;
  #untilBaseline = 0;
  #best: { readonly frame: LandmarkFrame; readonly faultless: boolean } | null = null;

  /** True when this frame is better than the best since {@link restart}. */
  take(frame: LandmarkFrame): boolean {
    const before = this.#frames.at(-1);
    this.#frames.push(frame);
    if (this.#frames.length > REMEMBERED) this.#frames.shift();
    this.#untilBaseline -= 1;
    if (this.#untilBaseline < 0) {
      this.#untilBaseline = BASELINE_EVERY;
      this.#baseline = personalBaseline(this.#frames.flatMap((each) => readSignals(each) ?? []));
    }
    if (frame.light === null) return false;
    const fault = portraitFault({
      frame,
      before: before === undefined ? null : readSignals(before),
      baseline: this.#baseline,
    });
    const contender = { frame, faultless: fault === null };
    if (!this.#isBetter(contender)) return false;
    this.#best = contender;
    return true;
  }

  /** The best so far was taken: the next one is looked for among the frames that follow. */
  restart(): void {
    this.#best = null;
  }

  #isBetter(contender: { readonly frame: LandmarkFrame; readonly faultless: boolean }): boolean {
    const scores = this.#scores(contender.frame);
    if (scores === null) return false;
    const best = this.#best;
    const bestScores = best && this.#scores(best.frame);
    if (!best || !bestScores) return true;
    if (best.faultless !== contender.faultless) return contender.faultless;
    return comparePortraits(scores, bestScores) < 0;
  }

  #scores(frame: LandmarkFrame) {
    return portraitScores({ frame, sharpnessRank: sharpnessRank(frame, this.#frames) });
  }
}
