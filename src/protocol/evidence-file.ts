import type { LivenessEvidence } from '#domain/liveness/evidence.ts';
import type { Result } from '#domain/result.ts';
import { decodeWith, encodeWith, type Misfit } from './codec/codec.ts';
import { evidenceCodec } from './enrolment/evidence-codec.ts';

/**
 * A session's liveness evidence by itself, as whoever may open its packet hands it to an examiner: the CBOR map that
 * `docs/protocol.md` lists as "evidence", in clear. It holds pictures of a face.
 */
export function encodeEvidence(evidence: LivenessEvidence): Uint8Array<ArrayBuffer> {
  return encodeWith(evidenceCodec, evidence, 'evidence');
}

export function decodeEvidence(bytes: Uint8Array): Result<LivenessEvidence, Misfit> {
  return decodeWith(evidenceCodec, bytes, { name: 'evidence' });
}
