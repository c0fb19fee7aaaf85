import type { HeadId } from './citizen-controls.ts';

/**
 * For each head the one that looks least like it: distance of the embeddings of their neutral pictures by the product's
 * own net, measured. All lie above 0.70; the closest of all pairs are look-alikes (ada and zola 0.45, zola and kofi 0.48,
 * lin and mei 0.49) and must not stand in for each other.
 */
export const LEAST_ALIKE: Readonly<Record<HeadId, HeadId>> = {
  lin: 'otto', // 0.80
  mei: 'otto', // 0.77
  ada: 'otto', // 0.87
  kofi: 'vera', // 0.88
  vera: 'kofi', // 0.88
  otto: 'ada', // 0.87
  nina: 'zola', // 0.88
  juan: 'ada', // 0.83
  zola: 'nina', // 0.88
  haru: 'vera', // 0.74
};
