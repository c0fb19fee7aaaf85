import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import { type Acknowledgement, openAcknowledgement } from '#protocol/acknowledgement.ts';
import { sameBytes } from '#protocol/cbor.ts';
import type { Envelope } from '#protocol/envelope.ts';
import type { FindVerifier } from '#protocol/keys/signer.ts';
import { openRefusal, type Refusal } from '#protocol/refusal.ts';
import type { MessageFault } from '#protocol/signed-message.ts';

/** The packet that a statement must be about, to the last field. */
export interface SentPacket {
  readonly envelope: Envelope;
  readonly envelopeSha256: Uint8Array;
}

export type StatementFault = MessageFault['reason'] | 'for-another-packet';

/** Opens an acknowledgement and compares all that it says with the packet that was sent. */
export function matchAcknowledgement(request: {
  readonly octets: Uint8Array;
  readonly sent: SentPacket;
  readonly findVerifier: FindVerifier;
}): Result<Acknowledgement, StatementFault> {
  const { octets, sent, findVerifier } = request;
  const opened = openAcknowledgement({ bytes: octets, findVerifier });
  if (!opened.ok) return err(opened.error.reason);
  const said = opened.value;
  const { envelope } = sent;
  const fits =
    said.packetId === envelope.packetId &&
    said.stationId === envelope.stationId &&
    said.installation === envelope.installation &&
    said.sequence === envelope.sequence &&
    sameBytes(said.envelopeSha256, sent.envelopeSha256) &&
    sameBytes(said.sealedSha256, envelope.sealedSha256);
  return fits ? ok(said) : err('for-another-packet');
}

/** Opens a refusal; it must name this packet and this very envelope. */
export function matchRefusal(request: {
  readonly octets: Uint8Array;
  readonly sent: SentPacket;
  readonly findVerifier: FindVerifier;
}): Result<Refusal, StatementFault> {
  const { octets, sent, findVerifier } = request;
  const opened = openRefusal({ bytes: octets, findVerifier });
  if (!opened.ok) return err(opened.error.reason);
  const said = opened.value;
  const fits =
    said.packetId === sent.envelope.packetId && sameBytes(said.envelopeSha256, sent.envelopeSha256);
  return fits ? ok(said) : err('for-another-packet');
}
