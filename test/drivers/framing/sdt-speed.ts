import { encodeSdtResponse, sdtResponseDeframer } from '#drivers/framing/sdt.ts';
import { bytes } from '../bytes.ts';

/** As much as a system hands over at a time. */
const CHUNK = 65_536;

/** The same part over and over, whole ones only, up to `size` bytes. */
function repeated(part: Uint8Array, size: number): Uint8Array {
  const stream = new Uint8Array(Math.floor(size / part.length) * part.length);
  for (let at = 0; at < stream.length; at += part.length) stream.set(part, at);
  return stream;
}

/** What a busy reader sends: a card found, selected and read, again and again. About `size` bytes. */
export function cleanStream(size: number): Uint8Array {
  const reading = new Uint8Array(4 + 256 + 1024).map((_, index) => (index * 151) & 0xff);
  reading.set([1, 0, 4, 0]);
  const conversation = [
    encodeSdtResponse({ status: 0x9f, data: new Uint8Array(4) }),
    encodeSdtResponse({ status: 0x90, data: new Uint8Array(8) }),
    encodeSdtResponse({ status: 0x90, data: reading }),
  ];
  return repeated(Uint8Array.from(conversation.flatMap((frame) => [...frame])), size);
}

/** What costs a deframer most, by name; each makes about so many bytes. */
export const HOSTILE_STREAMS: Readonly<Record<string, (size: number) => Uint8Array>> = {
  'all AA': (size) => new Uint8Array(size).fill(0xaa),
  'all 96': (size) => new Uint8Array(size).fill(0x96),
  'length too large, over and over': (size) => repeated(bytes('AA AA 96 69 FF FF'), size),
  // Each begins a frame of the largest length, which ends somewhere in another one and never sums up.
  'wrong checksum, over and over': (size) => repeated(bytes('AA AA 96 69 10 00 01'), size),
  'preambles without a length': (size) => repeated(bytes('AA AA 96 69'), size),
  'frames of no data that cannot be answers': (size) =>
    repeated(bytes('AA AA 96 69 00 04 01 00 90 95'), size),
  noise,
};

/** The same on every run: a linear congruential generator, its upper bits. */
function noise(size: number): Uint8Array {
  let state = 1;
  return new Uint8Array(size).map(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

/** Sends a stream through a deframer as a system would hand it over. Tells how many frames came out. */
export function deframe(stream: Uint8Array, chunk = CHUNK): number {
  const deframer = sdtResponseDeframer();
  let frames = 0;
  for (let at = 0; at < stream.length; at += chunk) {
    frames += deframer.push(stream.subarray(at, at + chunk)).length;
  }
  return frames;
}
