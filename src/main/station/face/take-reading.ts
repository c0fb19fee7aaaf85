import type { FaceEmbedding } from '#domain/comparison/embedding.ts';
import type { TryChange } from './try-change.ts';

/** Puts what was read of a picture beside it. What was read of one that is not kept any more is zeroed. */
export function takeReading(
  change: TryChange,
  reading: {
    readonly requestId: number;
    readonly embedding: FaceEmbedding | null;
    readonly passive: number | null;
  },
): void {
  const { requestId, embedding, passive } = reading;
  const { unread, keyFrames, portraits, choice } = change.state;
  if (!unread.includes(requestId)) {
    if (embedding !== null) change.discard(embedding);
    return;
  }
  const isRead = (picture: { readonly requestId: number }) => picture.requestId === requestId;
  change.with({
    unread: unread.filter((id) => id !== requestId),
    keyFrames: keyFrames.map((picture) => (isRead(picture) ? { ...picture, embedding, passive } : picture)),
    portraits: portraits.map((picture) => (isRead(picture) ? { ...picture, embedding } : picture)),
    choice:
      choice !== null && isRead(choice.portrait)
        ? { ...choice, portrait: { ...choice.portrait, embedding } }
        : choice,
  });
}
