import { EMBEDDING_LENGTH, type FaceEmbedding } from '#domain/comparison/embedding.ts';
import { ACTIONS } from '#domain/liveness/action.ts';
import {
  type AbandonedPlan,
  type CameraIdentity,
  type FlashRecord,
  type KeyFrame,
  LARGEST_KEY_FRAME_BYTES,
  LARGEST_PORTRAIT_BYTES,
  type LivenessEvidence,
  type LivenessTry,
  MOST_ABANDONED,
  type Portrait,
  type PromptRecord,
} from '#domain/liveness/evidence.ts';
import { FLASH_COLOURS } from '#domain/liveness/flash-colour.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import { decodeTrace, encodeTrace, LARGEST_TRACE_BYTES } from '#domain/liveness/trace.ts';
import { type Codec, mapped, misfit } from '../codec/codec.ts';
import { dictionary, field, list, record } from '../codec/containers.ts';
import {
  bytes,
  bytesUpTo,
  choice,
  constant,
  integer,
  nullable,
  real,
  sha256Digest,
  text,
} from '../codec/scalars.ts';
import { checkCodec, verdictCodec } from './verdict-codec.ts';

/**
 * Most that a try may hold. Chosen so that two full tries of the worst case stay below the largest packet: whoever
 * keeps to these never meets an enrolment that cannot be sent.
 */
export const MOST_PROMPTS = 8;
export const MOST_KEY_FRAMES = 6;

/** Milliseconds on the capture clock. A year of uptime is 3.2e10. */
export const captureTime = real(0, 1e11);

const attempt: Codec<1 | 2> = mapped(integer(1, 2), {
  write: (value: 1 | 2) => value,
  read: (value) => (value === 1 || value === 2 ? value : undefined),
});

const traceOctets = bytesUpTo(LARGEST_TRACE_BYTES);

/** Written once and read once: encoding a trace checks it, so that it is not read again to see whether it fits. */
const trace: Codec<readonly LandmarkFrame[]> = {
  shape: traceOctets.shape,
  toCbor: (frames, where) => traceOctets.toCbor(encodeTrace(frames), where),
  fromCbor: (value, where) => {
    const octets = traceOctets.fromCbor(value, where);
    if (!octets.ok) return octets;
    const frames = decodeTrace(octets.value);
    return frames.ok ? frames : misfit(where, `must be a landmark trace (${frames.error})`);
  },
};

const camera = record<CameraIdentity>('camera', {
  source: field(1, choice(['system', 'simulated'])),
  driver: field(2, text({ max: 80 })),
  busPath: field(3, text({ max: 200 })),
});

const prompt = record<PromptRecord>('prompt', {
  action: field(1, choice(ACTIONS)),
  shownAt: field(2, captureTime),
  opensAt: field(3, captureTime),
  closesAt: field(4, captureTime),
});

/** 128 big-endian signed 16-bit numbers, each of 1/8192. */
const embedding: Codec<FaceEmbedding> = mapped(bytes(EMBEDDING_LENGTH * 2), {
  write: (value: FaceEmbedding) => {
    const octets = new Uint8Array(EMBEDDING_LENGTH * 2);
    const view = new DataView(octets.buffer);
    for (const [index, number] of value.entries()) view.setInt16(index * 2, number);
    return octets;
  },
  read: (octets) => {
    const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
    return Int16Array.from({ length: EMBEDDING_LENGTH }, (_, index) => view.getInt16(index * 2));
  },
});

const flash = record<FlashRecord>('flash', {
  colour: field(1, choice(FLASH_COLOURS)),
  shownAt: field(2, captureTime),
});

const abandonedPlan = record<AbandonedPlan>('abandoned plan', {
  commitment: field(1, sha256Digest),
  reason: field(2, choice(['left', 'superseded', 'wiped'])),
});

const keyFrame = record<KeyFrame>('key frame', {
  at: field(1, captureTime),
  purpose: field(2, choice(['neutral', ...ACTIONS])),
  jpeg: field(3, bytesUpTo(LARGEST_KEY_FRAME_BYTES)),
  embedding: field(4, nullable(embedding), 'whose face, below'),
  passive: field(5, nullable(real(0, 1)), "score of the operator's own network"),
});

const livenessTry = record<LivenessTry>('try', {
  attempt: field(1, attempt),
  seed: field(2, bytes(32)),
  commitment: field(3, sha256Digest),
  registryNonce: field(4, nullable(bytesUpTo(64))),
  exchanges: field(5, list(choice(ACTIONS), 8)),
  prompts: field(6, list(prompt, MOST_PROMPTS)),
  trace: field(7, trace, 'landmark trace, below'),
  keyFrames: field(8, list(keyFrame, MOST_KEY_FRAMES)),
  verdict: field(9, verdictCodec),
  flashes: field(10, list(flash, FLASH_COLOURS.length)),
});

const portrait = record<Portrait>('portrait', {
  attempt: field(1, attempt),
  at: field(2, captureTime),
  jpeg: field(3, bytesUpTo(LARGEST_PORTRAIT_BYTES), 'ICAO crop'),
  scores: field(4, dictionary(real(0, 100), 32), 'ISO/IEC 29794-5 measures'),
  embedding: field(5, nullable(embedding)),
});

export const evidenceCodec: Codec<LivenessEvidence> = record<LivenessEvidence>('evidence', {
  version: field(1, constant(1)),
  sessionId: field(2, text({ min: 1, max: 64, pattern: /^[\x20-\x7e]+$/ }), 'input of the plans'),
  camera: field(3, camera),
  tries: field(4, list(livenessTry, 2)),
  portrait: field(5, nullable(portrait)),
  abandoned: field(6, list(abandonedPlan, MOST_ABANDONED)),
});

export const EVIDENCE_RECORDS = [
  evidenceCodec,
  camera,
  livenessTry,
  prompt,
  flash,
  keyFrame,
  portrait,
  abandonedPlan,
  verdictCodec,
  checkCodec,
] as const;
