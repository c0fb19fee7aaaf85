import type { Enrolment } from '#domain/enrolment/enrolment.ts';
import type { Result } from '#domain/result.ts';
import { decodeWith, encodeWith, type Misfit } from './codec/codec.ts';
import { enrolmentCodec } from './enrolment/enrolment-codec.ts';

/** The enrolment in clear, to be signed and sealed at once. Throws a RangeError for what is out of its bounds. */
export function encodeEnrolment(enrolment: Enrolment): Uint8Array<ArrayBuffer> {
  return encodeWith(enrolmentCodec, enrolment, 'enrolment');
}

/** Checks every length and range that `docs/protocol.md` lists. */
export function decodeEnrolment(bytes: Uint8Array): Result<Enrolment, Misfit> {
  return decodeWith(enrolmentCodec, bytes, { name: 'enrolment' });
}
