import { CaptureClock } from './capture-clock.ts';
import { FrameReader } from './frame-reader.ts';
import { FrameStore } from './frame-store.ts';
import type { TrackerCommand, TrackerReport } from './tracker-messages.ts';
import type { UprightView } from './upright.ts';
import { UpsideDownWatch } from './upside-down-watch.ts';

/*
 * The face tracker. Frames come through a transferred stream that holds one frame at most, so what arrives while a
 * frame is being looked at replaces the one that waits: nothing queues up and the page's thread is never asked.
 */
const post = (report: TrackerReport) => self.postMessage(report);
let store = new FrameStore({ rotation: 0, crop: null });
let clock = new CaptureClock();
let upsideDown = new UpsideDownWatch();
let frameReader: FrameReader | null = null;
let pageOrigin = performance.timeOrigin;
let source: ReadableStreamDefaultReader<VideoFrame> | null = null;

self.addEventListener('message', (event: MessageEvent<TrackerCommand>) => {
  const command = event.data;
  switch (command.type) {
    case 'load':
      pageOrigin = command.timeOrigin;
      void load(command.files);
      return;
    case 'track':
      track(command.frames, command.view).catch((error: unknown) =>
        post({ type: 'failed', detail: messageOf(error) }),
      );
      return;
    case 'begin':
      store.begin();
      return;
    case 'capture':
      void store.capture(command.request).then((result) => {
        const { id } = command;
        if (typeof result === 'string') post({ type: 'not-captured', id, reason: result });
        else post({ type: 'captured', id, capture: result });
      });
      return;
    case 'stop':
      stop();
      return;
  }
});

async function load(files: string): Promise<void> {
  try {
    frameReader = await FrameReader.load(files);
    post({ type: 'loaded' });
  } catch (error) {
    post({ type: 'load-failed', detail: messageOf(error) });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function track(frames: ReadableStream<VideoFrame>, view: UprightView): Promise<void> {
  stop();
  store = new FrameStore(view);
  clock = new CaptureClock();
  upsideDown = new UpsideDownWatch();
  const own = frames.getReader();
  source = own;
  for (;;) {
    const next = await own.read();
    if (next.done) break;
    try {
      if (source === own && frameReader) await look(frameReader, next.value, () => source === own);
    } finally {
      next.value.close();
    }
  }
  if (source === own) stop();
}

function stop(): void {
  const own = source;
  source = null;
  store.clear();
  void own?.cancel();
}

async function look(by: FrameReader, video: VideoFrame, wanted: () => boolean): Promise<void> {
  const started = performance.now();
  const arrived = started + performance.timeOrigin - pageOrigin;
  const at = clock.timeOf({ timestamp: video.timestamp / 1000, arrived });
  const own = store;
  const pixels = await own.take(video, at);
  if (!wanted()) {
    own.clear();
    return;
  }
  const { frame, face } = by.read({ pixels, at });
  if (face) own.consider(frame);
  post({ type: 'frame', frame, tookMs: performance.now() - started });
  if (upsideDown.take({ at, look: () => by.waysUp(pixels) })) post({ type: 'upside-down' });
}
