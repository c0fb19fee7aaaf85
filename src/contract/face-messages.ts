import * as v from 'valibot';
import { EMBEDDING_LENGTH } from '#domain/comparison/embedding.ts';

/**
 * What the station and the process that compares faces say to each other; structured clones, checked on arrival on
 * both sides.
 */
const request = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** Largest picture, bytes: a portrait of the evidence. */
export const LARGEST_FACE_PICTURE = 64 * 1024;

export const FaceQuestionSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('embed'),
    request,
    /** JPEG, PNG or WebP. */
    bytes: v.pipe(
      v.instance(Uint8Array),
      v.check(
        (value) => value.length > 0 && value.length <= LARGEST_FACE_PICTURE,
        'must be 1 byte to 64 KiB',
      ),
    ),
    from: v.picklist(['frame', 'card']),
  }),
  v.strictObject({ type: v.literal('ping'), nonce: v.number() }),
  v.strictObject({ type: v.literal('stop') }),
]);
export type FaceQuestion = v.InferOutput<typeof FaceQuestionSchema>;

export const FaceAnswerSchema = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({
    type: v.literal('embedded'),
    request,
    embedding: v.pipe(
      v.instance(Int16Array),
      v.check((value) => value.length === EMBEDDING_LENGTH, 'must be 128 numbers'),
    ),
    tookMs: v.pipe(v.number(), v.minValue(0)),
  }),
  v.strictObject({
    type: v.literal('not-embedded'),
    request,
    fault: v.picklist(['no-face', 'several-faces', 'not-agreeing', 'unreadable']),
  }),
  v.strictObject({ type: v.literal('pong'), nonce: v.number(), memory: v.pipe(v.number(), v.minValue(0)) }),
]);
export type FaceAnswer = v.InferOutput<typeof FaceAnswerSchema>;
