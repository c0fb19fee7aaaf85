import { seededRandom } from '../seeded-random.ts';

/** Folders of targets that make a face this person's own, and targets that do not suit. */
const FEATURES = ['nose', 'mouth', 'chin', 'cheek', 'eyes', 'forehead', 'eyebrows', 'head'];
const UNSUITABLE = /(asym|baby|scale-(in|de)|trans-|age)/;
const FEATURE_SHARE = 0.45;
const FEATURE_AMPLITUDE = 0.4;

/** A seeded choice of features; left and right of a pair get the same weight. */
export function featureWeights(
  targetsIn: (folder: string) => readonly string[],
  seed: number,
): Map<string, number> {
  const random = seededRandom(seed * 7919);
  const ofPair = new Map<string, number>();
  const weights = new Map<string, number>();
  for (const target of FEATURES.flatMap((folder) => targetsIn(folder))) {
    if (UNSUITABLE.test(target)) continue;
    const pair = target.replace(/(^|\/)[lr]-/, '$1');
    const weight = ofPair.get(pair) ?? (random() < FEATURE_SHARE ? random() * FEATURE_AMPLITUDE : 0);
    ofPair.set(pair, weight);
    if (weight > 0) weights.set(target, weight);
  }
  return weights;
}
