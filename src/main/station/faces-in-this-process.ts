import type { FaceLink } from './faces/face-link.ts';
import type { FaceEmbedder } from './ports.ts';

/** An embedder that needs no process of its own: there is nothing to start and nothing to end. */
export function inThisProcess({ embed }: FaceEmbedder): FaceLink {
  return { embed, warm: () => {}, rest: () => {}, stop: async () => {} };
}
