import type { FaceEmbedding } from '#domain/comparison/embedding.ts';
import type { Timers } from '#drivers/timers.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { FaceEmbedder, PassiveNetwork } from '#station/ports.ts';

/** What is known of a picture beside its pixels. */
export interface PictureReading {
  readonly embedding: FaceEmbedding | null;
  readonly passive: number | null;
}

/** The operator's own network is waited for no longer than this, ms, so that it delays no embedding past its use. */
const PASSIVE_MS = 2500;

/** Reads pictures through the ports. They get copies, which are zeroed when they have answered. */
export function pictureReader(options: {
  readonly embedder: FaceEmbedder;
  readonly passive: PassiveNetwork | null;
  readonly timers: Pick<Timers, 'after'>;
  readonly log: Pick<StationLog, 'warn'>;
}): (jpeg: Uint8Array) => Promise<PictureReading> {
  const { embedder, passive, timers, log } = options;

  async function embed(jpeg: Uint8Array): Promise<FaceEmbedding | null> {
    const bytes = Uint8Array.from(jpeg);
    try {
      const embedded = await embedder.embed({ bytes, from: 'frame' });
      if (embedded.ok) return embedded.value;
      log.warn('face.not-embedded', { reason: embedded.error });
      return null;
    } finally {
      bytes.fill(0);
    }
  }

  async function score(network: PassiveNetwork, jpeg: Uint8Array): Promise<number | null> {
    const bytes = Uint8Array.from(jpeg);
    const answer = network.score(bytes).finally(() => bytes.fill(0));
    let cancel = () => {};
    const tooLate = new Promise<null>((resolve) => {
      cancel = timers.after(PASSIVE_MS, () => resolve(null));
    });
    const value = await Promise.race([answer, tooLate]);
    cancel();
    // It is another's program: a score that is none says nothing.
    return value !== null && value >= 0 && value <= 1 ? value : null;
  }

  return async (jpeg) => {
    const [embedding, scored] = await Promise.all([
      embed(jpeg),
      passive === null ? null : score(passive, jpeg),
    ]);
    return { embedding, passive: scored };
  };
}
