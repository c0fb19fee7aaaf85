import { APPLICATIONS } from '#domain/enrolment/application.ts';
import { DECISION_REASONS, type Decision } from '#domain/enrolment/decision.ts';
import type { Result } from '#domain/result.ts';
import { ok } from '#domain/result.ts';
import { field, record } from './codec/containers.ts';
import { choice, packetId, sha256Digest, stationId, time } from './codec/scalars.ts';
import type { FindVerifier, Signer } from './keys/signer.ts';
import { type MessageFault, signedMessage } from './signed-message.ts';

/** A decision as it travels: bound to the station and to the very envelope that was decided on. */
export interface SignedDecision extends Decision {
  readonly stationId: string;
  readonly envelopeSha256: Uint8Array;
}

/** Key 6 stood for a grade, before there were several applications. */
export const decisionMessage = signedMessage<SignedDecision>(
  'decision',
  record('decision', {
    packetId: field(1, packetId),
    stationId: field(2, stationId),
    envelopeSha256: field(3, sha256Digest),
    outcome: field(4, choice(['issued', 'revoked', 'referred', 'rejected'])),
    reason: field(5, choice(DECISION_REASONS)),
    application: field(8, choice(APPLICATIONS)),
    decidedAt: field(7, time),
  }),
);

export function signDecision(request: {
  readonly decision: SignedDecision;
  readonly signer: Signer;
}): Uint8Array<ArrayBuffer> {
  return decisionMessage.sign(request.decision, request.signer);
}

export function openDecision(request: {
  readonly bytes: Uint8Array;
  readonly findVerifier: FindVerifier;
}): Result<SignedDecision, MessageFault> {
  const opened = decisionMessage.open(request.bytes, request.findVerifier);
  return opened.ok ? ok(opened.value.value) : opened;
}
