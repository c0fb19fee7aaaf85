import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import type {
  Capture,
  CaptureRequest,
  NoCaptureReason,
  TrackerCommand,
  TrackerReport,
} from './tracker-messages.ts';

/** There was no picture to give. Not a bug: the person may have stepped away. */
export class CaptureUnavailable extends Error {
  readonly reason: NoCaptureReason;
  constructor(reason: NoCaptureReason) {
    super(`no picture: ${reason}`);
    this.reason = reason;
  }
}

/** The page's end of the tracker worker. */
export interface Tracker {
  /** Rejects when the tracker's own files cannot be loaded. */
  readonly loaded: Promise<void>;
  send(command: TrackerCommand, transfer?: Transferable[]): void;
  /** Rejects with {@link CaptureUnavailable}. */
  capture(request: CaptureRequest): Promise<Capture>;
  /** Rejects every capture that has not come back. */
  refuseWaiting(): void;
}

interface Waiting {
  resolve(capture: Capture): void;
  reject(error: CaptureUnavailable): void;
}

export function startTracker(options: {
  onFrame(frame: LandmarkFrame, tookMs: number): void;
  /** The camera's picture stands on its head. */
  onUpsideDown(): void;
  /** Tracking broke off; `detail` is for a technician. */
  onFailed(detail: string): void;
}): Tracker {
  const worker = new Worker(new URL('./tracker-worker.ts', import.meta.url), {
    type: 'module',
    name: 'face-tracker',
  });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const loading = Promise.withResolvers<void>();
  // Whoever awaits it learns of the failure; until then it is not an unhandled one.
  loading.promise.catch(() => {});

  function settle(id: number, how: (entry: Waiting) => void): void {
    const entry = waiting.get(id);
    waiting.delete(id);
    if (entry) how(entry);
  }

  worker.addEventListener('message', (event: MessageEvent<TrackerReport>) => {
    const report = event.data;
    switch (report.type) {
      case 'loaded':
        loading.resolve();
        return;
      case 'load-failed':
        worker.terminate();
        loading.reject(new Error(`the face tracker did not load: ${report.detail}`));
        return;
      case 'failed':
        options.onFailed(report.detail);
        return;
      case 'frame':
        options.onFrame(report.frame, report.tookMs);
        return;
      case 'upside-down':
        options.onUpsideDown();
        return;
      case 'captured':
        settle(report.id, (entry) => entry.resolve(report.capture));
        return;
      case 'not-captured':
        settle(report.id, (entry) => entry.reject(new CaptureUnavailable(report.reason)));
        return;
    }
  });
  worker.addEventListener('error', (event) => {
    loading.reject(new Error(`the face tracker did not load: ${event.message}`));
  });
  worker.postMessage({
    type: 'load',
    files: new URL('/face', location.href).href,
    timeOrigin: performance.timeOrigin,
  } satisfies TrackerCommand);

  return {
    loaded: loading.promise,
    send: (command, transfer = []) => worker.postMessage(command, transfer),
    capture(request) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ type: 'capture', id, request } satisfies TrackerCommand);
      });
    },
    refuseWaiting() {
      for (const id of [...waiting.keys()])
        settle(id, (entry) => entry.reject(new CaptureUnavailable('stopped')));
    },
  };
}
