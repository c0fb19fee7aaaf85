import { FrameReader } from '../../../src/renderer/camera/frame-reader.ts';
import { FrameStore } from '../../../src/renderer/camera/frame-store.ts';
import type { CaptureRequest } from '../../../src/renderer/camera/tracker-messages.ts';
import { toWireFrame } from '../../../src/renderer/camera/wire-frame.ts';

/** What the page asks; each is answered once, in order. */
export type ReaderQuestion =
  | { readonly type: 'begin'; readonly files: string }
  | { readonly type: 'read'; readonly pixels: ImageData; readonly at: number }
  | { readonly type: 'capture'; readonly request: CaptureRequest };

export type ReaderAnswer =
  | { readonly type: 'begun' }
  | { readonly type: 'read'; readonly frame: ReturnType<typeof toWireFrame> }
  | { readonly type: 'captured'; readonly at: number; readonly jpeg: Uint8Array }
  | { readonly type: 'not-captured' }
  | { readonly type: 'failed'; readonly detail: string };

/*
 * The product's reader needs a module worker, as the product's tracker is one, and uses its runtime's loader up: one
 * worker reads one presentation.
 */
let reader: FrameReader | null = null;
const store = new FrameStore({ rotation: 0, crop: null });

async function answer(question: ReaderQuestion): Promise<ReaderAnswer> {
  switch (question.type) {
    case 'begin':
      reader = await FrameReader.load(question.files);
      return { type: 'begun' };
    case 'read':
      return { type: 'read', frame: await read(question.pixels, question.at) };
    case 'capture': {
      const captured = await store.capture(question.request);
      return typeof captured === 'string' ? { type: 'not-captured' } : { type: 'captured', ...captured };
    }
  }
}

async function read(rendered: ImageData, at: number) {
  if (!reader) throw new Error('not begun');
  const video = new VideoFrame(rendered.data, {
    format: 'RGBA',
    codedWidth: rendered.width,
    codedHeight: rendered.height,
    timestamp: Math.round(at * 1000),
  });
  try {
    const pixels = await store.take(video, at);
    const { frame, face } = reader.read({ pixels, at });
    if (face) store.consider(frame);
    return toWireFrame(frame);
  } finally {
    video.close();
  }
}

self.addEventListener('message', (event: MessageEvent<ReaderQuestion>) => {
  answer(event.data).then(
    (told) => self.postMessage(told),
    (error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error);
      self.postMessage({ type: 'failed', detail } satisfies ReaderAnswer);
    },
  );
});
