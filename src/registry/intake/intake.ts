import type { OperationMode } from '#contract/settings.ts';
import type { Clock } from '#domain/clock.ts';
import { assertNever, err, ok, type Result } from '#domain/result.ts';
import { signAcknowledgement } from '#protocol/acknowledgement.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { type Envelope, hashOf, openEnvelope } from '#protocol/envelope.ts';
import type { Signer, Verifier } from '#protocol/keys/signer.ts';
import { decodeUpload, type Upload } from '#protocol/packet.ts';
import { type RefusalReason, signRefusal } from '#protocol/refusal.ts';
import type { Installation, StationDirectory } from '../provisioning/station-directory.ts';
import type { Store } from '../store/store.ts';
import { groupCommit } from './group-commit.ts';
import { type Arrival, type Kept, keepArrival } from './keep-arrival.ts';

/** Longest that a packet waits for others to be committed with. */
const COMMIT_WINDOW_MS = 3;
const LARGEST_GROUP = 64;

export type IntakeAnswer =
  /** COSE_Sign1 of kind `acknowledgement`: the packet is on the disk. */
  | { readonly kind: 'acknowledged'; readonly statement: Uint8Array; readonly isNew: boolean }
  /** COSE_Sign1 of kind `refusal`: this registry will never hold the packet. */
  | { readonly kind: 'refused'; readonly statement: Uint8Array; readonly reason: RefusalReason }
  /** Not for this caller or not readable; says nothing about any packet. `where` names the part. */
  | { readonly kind: 'not-accepted'; readonly where: string };

export interface Intake {
  /** `caller` is the installation whose key signed the request. */
  receive(upload: {
    readonly caller: Installation;
    readonly packetId: string;
    readonly body: Uint8Array;
  }): Promise<IntakeAnswer>;
  /** Commits what waits. */
  drain(): Promise<void>;
}

/**
 * Takes packets in. It holds the acknowledgement key and no other: it cannot open what it stores. A packet is never
 * refused for its time or its place in the chain; these are booked and flagged.
 */
export function createIntake(ports: {
  readonly store: Store;
  readonly directory: StationDirectory;
  readonly signer: Signer;
  readonly mode: OperationMode;
  readonly clock: Clock;
  /** Called after each commit that stored something new. */
  readonly onStored: () => void;
}): Intake {
  const { store, directory, signer, clock } = ports;

  const commits = groupCommit<Arrival, Kept>({
    windowMs: COMMIT_WINDOW_MS,
    largestGroup: LARGEST_GROUP,
    commit: (arrivals) =>
      store.write(async (queries) => {
        const outcomes: Kept[] = [];
        for (const arrival of arrivals) outcomes.push(await keepArrival(queries, arrival));
        return outcomes;
      }),
  });

  function refuse(refused: {
    readonly packetId: string;
    readonly envelope: Uint8Array;
    readonly reason: RefusalReason;
  }): IntakeAnswer {
    const { packetId, envelope, reason } = refused;
    const refusal = { packetId, envelopeSha256: hashOf(envelope), reason, at: clock.now() };
    return { kind: 'refused', reason, statement: signRefusal({ refusal, signer }) };
  }

  return {
    receive: async ({ caller, packetId, body }) => {
      const upload = decodeUpload(body);
      if (!upload.ok) return { kind: 'not-accepted', where: upload.error.where };
      const opened = await openOwnEnvelope({ octets: upload.value.envelope, caller, directory });
      if (!opened.ok) {
        return opened.error.reason === 'not-accepted'
          ? { kind: 'not-accepted', where: opened.error.where }
          : refuse({ packetId, envelope: upload.value.envelope, reason: opened.error.reason });
      }
      const { envelope } = opened.value;
      if (envelope.packetId !== packetId) return { kind: 'not-accepted', where: 'path (another packet id)' };
      const reason = unacceptable({ envelope, upload: upload.value, mode: ports.mode });
      if (reason !== null) return refuse({ packetId, envelope: upload.value.envelope, reason });

      const arrival: Arrival = { ...upload.value, opened: envelope, receivedAt: clock.now() };
      const kept = await commits.add(arrival);
      switch (kept.kind) {
        case 'conflict':
          return refuse({ packetId, envelope: upload.value.envelope, reason: 'conflict' });
        case 'stored':
        case 'held-already':
          if (kept.kind === 'stored') ports.onStored();
          return {
            kind: 'acknowledged',
            isNew: kept.kind === 'stored',
            statement: signAcknowledgement({ acknowledgement: kept.acknowledgement, signer }),
          };
        default:
          return assertNever(kept);
      }
    },
    drain: () => commits.drain(),
  };
}

type OwnEnvelopeFault =
  | { readonly reason: 'not-accepted'; readonly where: string }
  | { readonly reason: 'malformed' | 'bad-signature'; readonly where: string };

/**
 * Opens an envelope with the key of the installation that made it. A re-installed station still delivers what its
 * earlier installation left; packets of another station are not its to deliver, and a signed refusal of them would be
 * a weapon in its hands.
 */
async function openOwnEnvelope(request: {
  readonly octets: Uint8Array;
  readonly caller: Installation;
  readonly directory: StationDirectory;
}): Promise<Result<{ readonly envelope: Envelope }, OwnEnvelopeFault>> {
  const { octets, caller, directory } = request;
  const kid = kidNamedBy(octets);
  const author = kid === null || sameBytes(kid, caller.kid) ? caller : await directory.find(kid);
  if (author === null || author.stationId !== caller.stationId) {
    return err({ reason: 'not-accepted', where: 'envelope (not of this station)' });
  }
  const opened = openEnvelope({
    octets,
    findVerifier: (asked): Verifier | undefined =>
      sameBytes(asked, author.kid) ? author.verifier : undefined,
  });
  if (!opened.ok) {
    const reason = opened.error.reason === 'bad-signature' ? 'bad-signature' : 'malformed';
    return err({ reason, where: opened.error.where });
  }
  const envelope = opened.value;
  return envelope.stationId === author.stationId && envelope.installation === author.installation
    ? ok({ envelope })
    : err({ reason: 'malformed', where: 'envelope (ids are not those of its key)' });
}

/** The key that an envelope says it was signed with, before anything about it is believed. */
function kidNamedBy(octets: Uint8Array): Uint8Array | null {
  const named: Uint8Array[] = [];
  openEnvelope({
    octets,
    findVerifier: (kid) => {
      named.push(kid);
      return undefined;
    },
  });
  return named[0] ?? null;
}

function unacceptable(packet: {
  readonly envelope: Envelope;
  readonly upload: Upload;
  readonly mode: OperationMode;
}): RefusalReason | null {
  const { envelope, upload, mode } = packet;
  if (upload.sealed.length !== envelope.sealedSize) return 'malformed';
  if (!sameBytes(hashOf(upload.sealed), envelope.sealedSha256)) return 'malformed';
  if (envelope.simulated && mode === 'production') return 'simulated-in-production';
  return null;
}
