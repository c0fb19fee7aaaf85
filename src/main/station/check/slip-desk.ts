import { assertNever, err, ok, type Result } from '#domain/result.ts';
import type { KnownSlip, SlipStatus } from '#domain/session/snapshot.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { nodeVerifier } from '#protocol/keys/node-signer.ts';
import { decodeSlipCode, openSlipStatement, type SlipStatement } from '#protocol/slip-statement.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { Installation, InstallationStore } from '#station/provisioning/installation-store.ts';
import type { PacketQueue, StoredPacket } from '#station/queue/packet-queue.ts';
import type { RegistryCalls } from '#station/sync/registry-calls.ts';

/** Where another station's slips, and what has changed since, are asked for. */
export interface SlipRegistry {
  readonly slipStatus: RegistryCalls['slipStatus'];
}

/** What became of the packet that a slip names: from the own queue, and from the registry when it can be asked. */
export async function slipStatus(
  request: {
    readonly code: string;
    /** Null when there is no network to ask over. */
    readonly registry: SlipRegistry | null;
    readonly deadlineMs: number;
  },
  tools: {
    readonly queue: PacketQueue;
    readonly installations: InstallationStore;
    readonly stationName: string;
    readonly log: StationLog;
  },
): Promise<Result<SlipStatus, 'not-ours' | 'forged'>> {
  const octets = decodeSlipCode(request.code);
  if (!octets.ok) return err(octets.error === 'not-ours' ? 'not-ours' : 'forged');
  const read = readOwn(octets.value, tools.installations.all());
  if (read.kind === 'forged') return err('forged');
  const { statement } = read;
  const own = read.kind === 'own' ? ownPacket(statement, tools.queue) : null;
  if (own === 'contradicts') return err('forged');
  const told = (said: Pick<KnownSlip, 'state' | 'reason'>): Result<SlipStatus, never> =>
    ok({
      packetId: statement.packetId,
      application: statement.application,
      station: read.kind === 'own' ? tools.stationName : statement.stationId,
      at: statement.createdAt,
      ...said,
    });
  const known = own === null ? null : stateInQueue(own);
  // What is final, and what never left this station, the registry does not know better.
  if (own !== null && known !== null && (isFinal(known.state) || own.delivery !== 'acknowledged')) {
    return told(known);
  }
  const offline: Result<SlipStatus, never> = known === null ? ok({ state: 'cannot-tell' }) : told(known);
  if (request.registry === null) return offline;
  const answer = await request.registry.slipStatus({
    statement: octets.value,
    deadlineMs: request.deadlineMs,
  });
  if (!answer.ok) {
    if (answer.error === 'forged') return read.kind === 'own' ? offline : err('forged');
    tools.log.warn('slip.status-not-heard', { reason: answer.error });
    return offline;
  }
  const { state, reason } = answer.value;
  // What the registry has lost, as after its own disk was restored, waits here again.
  return told({ state: state === 'not-arrived' && read.kind === 'own' ? 'waiting-here' : state, reason });
}

type ReadSlip =
  | { readonly kind: 'forged' }
  /** Signed with a key of this very station. */
  | { readonly kind: 'own'; readonly statement: SlipStatement }
  /** Not verified: this station does not know the others' keys. */
  | { readonly kind: 'others'; readonly statement: SlipStatement };

function readOwn(octets: Uint8Array, installations: readonly Installation[]): ReadSlip {
  const keys = installations.map((installation) => ({
    installation,
    verifier: nodeVerifier(installation.publicKey),
  }));
  let signedBy: Installation | null = null;
  const opened = openSlipStatement({
    octets,
    findVerifier: (kid) => {
      const key = keys.find(({ verifier }) => sameBytes(verifier.kid, kid));
      if (key === undefined) return { kid, verify: () => true };
      signedBy = key.installation;
      return key.verifier;
    },
  });
  if (!opened.ok) return { kind: 'forged' };
  const statement = opened.value;
  const signer = signedBy as Installation | null;
  if (signer === null) {
    // A slip in this station's name by a key that it never had.
    const impostor = installations.some(
      ({ stationId, installation }) =>
        stationId === statement.stationId && installation === statement.installation,
    );
    return impostor ? { kind: 'forged' } : { kind: 'others', statement };
  }
  const itsOwn = signer.stationId === statement.stationId && signer.installation === statement.installation;
  return itsOwn ? { kind: 'own', statement } : { kind: 'forged' };
}

/** Null when the queue has lost it, as after a disk was restored. */
function ownPacket(statement: SlipStatement, queue: PacketQueue): StoredPacket | null | 'contradicts' {
  const packet = queue.find(statement.packetId);
  if (packet === null) return null;
  return sameBytes(packet.envelopeSha256, statement.envelopeSha256) ? packet : 'contradicts';
}

function stateInQueue(packet: StoredPacket): Pick<KnownSlip, 'state' | 'reason'> {
  const { delivery, decision, decisionReason: reason } = packet;
  switch (decision) {
    case 'none':
      // What the registry refused lies here still, and is for staff to bring in.
      return { state: delivery === 'acknowledged' ? 'held' : 'waiting-here', reason: null };
    case 'issued':
      return { state: packet.collect ? 'collect' : 'issued', reason };
    case 'revoked':
    case 'referred':
    case 'rejected':
      return { state: decision, reason };
    default:
      return assertNever(decision);
  }
}

/** An e-ID that was issued may be lost since, and one that waits at a desk may have been collected. */
function isFinal(state: KnownSlip['state']): boolean {
  return state === 'revoked' || state === 'rejected';
}
