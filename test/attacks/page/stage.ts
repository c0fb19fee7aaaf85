import type { CaptureRequest } from '../../../src/renderer/camera/tracker-messages.ts';
import type { toWireFrame } from '../../../src/renderer/camera/wire-frame.ts';
import type { View } from '../../citizens/scene-view.ts';
import '../../citizens/page/studio.ts';
import type { ReaderAnswer, ReaderQuestion } from './reader-worker.ts';

export type StagedFrame = ReturnType<typeof toWireFrame>;

/** The product's camera worker in virtual time: rendered pictures in, frames and pictures out. */
export interface Stage {
  /** A tracker and a memory that know nothing of what was before. */
  begin(): Promise<void>;
  show(moment: { readonly view: View; readonly at: number }): Promise<StagedFrame>;
  /** JPEG in base64; null when there is nobody to take a picture of. */
  capture(request: CaptureRequest): Promise<{ readonly at: number; readonly jpeg: string } | null>;
  /** A view for the report, JPEG in base64. */
  thumbnail(view: View, width: number): Promise<string>;
}

/** Where the product's pages have the runtime and the model. */
const FACE_FILES = '/face';

let worker: Worker | null = null;
const waiting: { resolve(answer: ReaderAnswer): void; reject(error: Error): void }[] = [];

function startWorker(): Worker {
  worker?.terminate();
  const started = new Worker('/reader-worker.js', { type: 'module' });
  started.addEventListener('message', ({ data }: MessageEvent<ReaderAnswer>) => {
    const first = waiting.shift();
    if (data.type === 'failed') first?.reject(new Error(data.detail));
    else first?.resolve(data);
  });
  started.addEventListener('error', ({ message }) => {
    for (const each of waiting.splice(0)) each.reject(new Error(message));
  });
  return started;
}

function ask(question: ReaderQuestion, transfer: Transferable[] = []): Promise<ReaderAnswer> {
  return new Promise<ReaderAnswer>((resolve, reject) => {
    if (!worker) return reject(new Error('not begun'));
    waiting.push({ resolve, reject });
    worker.postMessage(question, transfer);
  });
}

const stage: Stage = {
  async begin() {
    worker = startWorker();
    await ask({ type: 'begin', files: new URL(FACE_FILES, location.href).href });
  },
  async show({ view, at }) {
    const answer = await ask({ type: 'read', pixels: window.studio.pixels(view), at });
    if (answer.type !== 'read') throw new Error('another answer than was asked for');
    return answer.frame;
  },
  async capture(request) {
    const answer = await ask({ type: 'capture', request });
    return answer.type === 'captured' ? { at: answer.at, jpeg: base64(answer.jpeg) } : null;
  },
  async thumbnail(view, width) {
    const pixels = window.studio.pixels(view);
    const whole = new OffscreenCanvas(pixels.width, pixels.height);
    whole.getContext('2d')?.putImageData(pixels, 0, 0);
    const small = new OffscreenCanvas(width, Math.round((width * pixels.height) / pixels.width));
    small.getContext('2d')?.drawImage(whole, 0, 0, small.width, small.height);
    const blob = await small.convertToBlob({ type: 'image/jpeg', quality: 0.7 });
    return base64(new Uint8Array(await blob.arrayBuffer()));
  },
};

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x8000)
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return btoa(text);
}

Object.assign(window, { stage });
