import type { Result } from '#domain/result.ts';
import { ok } from '#domain/result.ts';
import type { Codec } from './codec/codec.ts';
import { mapped } from './codec/codec.ts';
import { field, list, record } from './codec/containers.ts';
import { installation, packetId, sequence, sha256Digest, stationId, text, time } from './codec/scalars.ts';
import type { FindVerifier, Signer } from './keys/signer.ts';
import { type MessageFault, signedMessage } from './signed-message.ts';

/** Sequence numbers that the registry lacks, both ends included. */
export type Gap = readonly [from: number, to: number];

/** Newest place of the installation's chain up to which the registry has everything or knows the gaps. */
export interface ChainHead {
  readonly sequence: number;
  readonly envelopeSha256: Uint8Array;
}

/** The registry's signed statement that it holds the packet. */
export interface Acknowledgement {
  readonly packetId: string;
  readonly envelopeSha256: Uint8Array;
  readonly sealedSha256: Uint8Array;
  readonly stationId: string;
  readonly installation: number;
  readonly sequence: number;
  readonly receivedAt: number;
  readonly chainHead: ChainHead;
  /** Oldest first; at most {@link MOST_GAPS}, the rest is told once these are closed. */
  readonly gaps: readonly Gap[];
  /** What the registry noticed without refusing, e.g. `fork`. */
  readonly flags: readonly string[];
}

export const MOST_GAPS = 64;
export const MOST_FLAGS = 16;

const gap: Codec<Gap> = mapped(list(sequence, 2, 2), {
  shape: '[from, to]',
  write: (value: Gap) => value,
  read: ([from, to]) =>
    from !== undefined && to !== undefined && from <= to ? ([from, to] as const) : undefined,
});

export const chainHeadCodec: Codec<ChainHead> = record('chain head', {
  sequence: field(1, sequence),
  envelopeSha256: field(2, sha256Digest),
});
export const gapsCodec: Codec<readonly Gap[]> = list(gap, MOST_GAPS);

export const acknowledgementMessage = signedMessage<Acknowledgement>(
  'acknowledgement',
  record('acknowledgement', {
    packetId: field(1, packetId),
    envelopeSha256: field(2, sha256Digest),
    sealedSha256: field(3, sha256Digest),
    stationId: field(4, stationId),
    installation: field(5, installation),
    sequence: field(6, sequence),
    receivedAt: field(7, time),
    chainHead: field(8, chainHeadCodec, 'newest envelope that the registry has of this installation'),
    gaps: field(9, gapsCodec, 'sequences that the registry lacks, both ends included'),
    flags: field(10, list(text({ min: 1, max: 40, pattern: /^[a-z][a-z0-9-]*$/ }), MOST_FLAGS)),
  }),
);

export function signAcknowledgement(request: {
  readonly acknowledgement: Acknowledgement;
  readonly signer: Signer;
}): Uint8Array<ArrayBuffer> {
  return acknowledgementMessage.sign(request.acknowledgement, request.signer);
}

export function openAcknowledgement(request: {
  readonly bytes: Uint8Array;
  readonly findVerifier: FindVerifier;
}): Result<Acknowledgement, MessageFault> {
  const opened = acknowledgementMessage.open(request.bytes, request.findVerifier);
  return opened.ok ? ok(opened.value.value) : opened;
}
