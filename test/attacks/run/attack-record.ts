import { decode, encode } from 'cborg';
import * as v from 'valibot';
import { ACTIONS } from '#domain/liveness/action.ts';
import type { LivenessEvidence } from '#domain/liveness/evidence.ts';
import { FLASH_COLOURS } from '#domain/liveness/flash-colour.ts';
import { LIVENESS_REASONS } from '#domain/liveness/verdict.ts';
import { decodeEvidence, encodeEvidence } from '#protocol/evidence-file.ts';

/** What of the screen matters to whoever stands before it, and from when on it stood there (ms since the try began). */
export const ShownSchema = v.strictObject({
  at: v.number(),
  prompt: v.nullable(v.picklist(ACTIONS)),
  flash: v.nullable(v.picklist(FLASH_COLOURS)),
  hint: v.nullable(v.picklist(LIVENESS_REASONS)),
});
export type Shown = v.InferOutput<typeof ShownSchema>;

const StoredSchema = v.strictObject({
  id: v.string(),
  /** What rendered and read it: renderer, reader, model and heads. */
  rendererKey: v.string(),
  /** SHA-256 over every view that was shown: the performer would show the same again. */
  viewsDigest: v.string(),
  shown: v.array(ShownSchema),
  frames: v.number(),
  faceAt: v.nullable(v.number()),
  readyAt: v.number(),
  /** Without the pictures' bytes, and without the checks, which are made again. */
  evidence: v.instance(Uint8Array),
});

/** One presentation as it was recorded. */
export interface AttackRecord extends Omit<v.InferOutput<typeof StoredSchema>, 'evidence'> {
  readonly evidence: LivenessEvidence;
}

/** CBOR (RFC 8949). */
export function writeRecord({ evidence, ...rest }: AttackRecord): Uint8Array {
  const tries = evidence.tries.map((each) => ({ ...each, verdict: { ...each.verdict, checks: [] } }));
  return encode({ ...rest, evidence: encodeEvidence({ ...evidence, tries }) });
}

/** Null for what is no record, or one of another time's form: it is then as if it were not there. */
export function readRecord(bytes: Uint8Array): AttackRecord | null {
  const stored = v.safeParse(StoredSchema, decode(bytes));
  if (!stored.success) return null;
  const { evidence, ...rest } = stored.output;
  const decoded = decodeEvidence(evidence);
  return decoded.ok ? { ...rest, evidence: decoded.value } : null;
}
