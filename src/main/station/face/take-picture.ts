import { LARGEST_KEY_FRAME_BYTES, LARGEST_PORTRAIT_BYTES } from '#domain/liveness/evidence.ts';
import type { AskedPicture, KeptKeyFrame, PortraitCandidate } from './conducting.ts';
import { CLOCK_TOLERANCE_MS, toRenderer } from './renderer-clock.ts';
import type { TryChange } from './try-change.ts';

/** A frame that was being tracked when the request came may be this much older than it, ms. */
const OLDER_THAN_REQUEST_MS = 1500;

/** Keeps a picture that was asked for; zeroes any other. */
export function takePicture(
  change: TryChange,
  picture: { readonly requestId: number; readonly at: number; readonly jpeg: Uint8Array },
) {
  const asked = change.state.asked.find(({ requestId }) => requestId === picture.requestId);
  const fault = asked === undefined ? 'picture-not-asked' : pictureFault(change, asked, picture);
  if (asked !== undefined) change.with({ asked: change.state.asked.filter((other) => other !== asked) });
  if (asked === undefined || fault !== null) {
    change.discard(picture.jpeg);
    return change.refuse(fault ?? 'picture-not-asked');
  }
  const { requestId, at, jpeg } = picture;
  const { purpose } = asked;
  if (purpose === 'portrait' || purpose === 'early-portrait') {
    // The citizen looks at another one already.
    if (purpose === 'portrait' && change.state.step.name !== 'portrait') return change.discard(jpeg);
    const early = purpose === 'early-portrait';
    const portrait: PortraitCandidate = { requestId, early, at, jpeg, embedding: null };
    change.with({ portraits: [...change.state.portraits, portrait] });
    return change.read(portrait);
  }
  const keyFrame: KeptKeyFrame = { requestId, at, purpose, jpeg, embedding: null, passive: null };
  for (const kept of change.state.keyFrames) if (kept.purpose === purpose) change.forget(kept);
  change.with({
    keyFrames: [...change.state.keyFrames.filter((kept) => kept.purpose !== purpose), keyFrame],
  });
  change.read(keyFrame);
}

function pictureFault(
  change: TryChange,
  asked: AskedPicture,
  { at, jpeg }: { readonly at: number; readonly jpeg: Uint8Array },
): string | null {
  const { clock, step, choice } = change.state;
  const portrait = asked.purpose === 'portrait' || asked.purpose === 'early-portrait';
  if (jpeg.length > (portrait ? LARGEST_PORTRAIT_BYTES : LARGEST_KEY_FRAME_BYTES)) return 'picture-too-large';
  if (!isJpeg(jpeg)) return 'picture-not-jpeg';
  if (clock === null || !Number.isFinite(at) || at < 0) return 'picture-time';
  if (at > toRenderer(clock, change.now) + CLOCK_TOLERANCE_MS) return 'picture-time';
  if (portrait && choice !== null && step.name === 'portrait') {
    // Another portrait was wished for: one from before that is not another.
    if (at < toRenderer(clock, step.since) - CLOCK_TOLERANCE_MS) return 'picture-time';
  }
  // The best frame for a portrait may be any since the try began; its own frame in the trace is judged later.
  if (!portrait && at < toRenderer(clock, asked.askedAt) - OLDER_THAN_REQUEST_MS) return 'picture-time';
  return null;
}

/** Start of image, and end of image as the last marker (ITU-T T.81, table B.1). */
function isJpeg(bytes: Uint8Array): boolean {
  const end = bytes.length;
  return (
    end >= 4 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[end - 2] === 0xff && bytes[end - 1] === 0xd9
  );
}
