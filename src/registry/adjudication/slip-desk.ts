import type { SlipStatusAnswer } from '#contract/registry-api.ts';
import { assertNever, err, ok, type Result } from '#domain/result.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { openSlipStatement, type SlipStatement } from '#protocol/slip-statement.ts';
import type { Installation, StationDirectory } from '../provisioning/station-directory.ts';
import type { Queries, Store } from '../store/store.ts';

/** Why nothing is said about a slip. */
export type SlipFault =
  | 'malformed'
  /** No installation has the key that it names. */
  | 'unknown-station'
  | 'bad-signature'
  /** Its key belongs to another station or installation than it names. */
  | 'contradicts-certificate'
  /** Another envelope than the slip's is held under this packet id. */
  | 'another-envelope';

/** Tells whoever shows a slip what became of its packet, and nothing of the person. */
export interface SlipDesk {
  /** `statement` is what a slip's code holds: COSE_Sign1 of kind `slip`, by whichever station. */
  statusOf(statement: Uint8Array): Promise<Result<SlipStatusAnswer, SlipFault>>;
}

export function slipDesk(ports: { readonly store: Store; readonly directory: StationDirectory }): SlipDesk {
  const { queries } = ports.store;
  return {
    statusOf: async (octets) => {
      const opened = await openWithItsKey(octets, ports.directory);
      if (!opened.ok) return opened;
      const { packetId, envelopeSha256 } = opened.value;
      const packet = await queries
        .selectFrom('packets')
        .select('envelope_sha256')
        .where('packet_id', '=', packetId)
        .executeTakeFirst();
      if (packet === undefined) return ok({ state: 'not-arrived', reason: null, decidedAt: null });
      if (!sameBytes(new Uint8Array(packet.envelope_sha256), envelopeSha256)) return err('another-envelope');
      return ok(await standing(queries, packetId));
    },
  };
}

async function openWithItsKey(
  octets: Uint8Array,
  directory: StationDirectory,
): Promise<Result<SlipStatement, SlipFault>> {
  const named: Uint8Array[] = [];
  // The key that it says it was signed with, before anything about it is believed.
  openSlipStatement({
    octets,
    findVerifier: (kid) => {
      named.push(kid);
      return undefined;
    },
  });
  const [kid] = named;
  if (kid === undefined) return err('malformed');
  const author: Installation | null = await directory.find(kid);
  if (author === null) return err('unknown-station');
  const opened = openSlipStatement({ octets, findVerifier: () => author.verifier });
  if (!opened.ok) return err(opened.error.reason === 'bad-signature' ? 'bad-signature' : 'malformed');
  const { stationId, installation } = opened.value;
  return stationId === author.stationId && installation === author.installation
    ? opened
    : err('contradicts-certificate');
}

async function standing(queries: Queries, packetId: string): Promise<SlipStatusAnswer> {
  const decision = await queries
    .selectFrom('decisions')
    .select(['outcome', 'reason', 'decided_at as decidedAt'])
    .where('packet_id', '=', packetId)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (decision === undefined) return { state: 'held', reason: null, decidedAt: null };
  const { outcome, reason, decidedAt } = decision;
  switch (outcome) {
    case 'revoked':
    case 'referred':
    case 'rejected':
      return { state: outcome, reason, decidedAt };
    case 'issued':
      return issuedStanding(queries, { packetId, reason, decidedAt });
    default:
      return assertNever(outcome);
  }
}

/** An e-ID that was replaced at an upgrade was issued all the same; one that was reported lost is no more. */
async function issuedStanding(
  queries: Queries,
  decision: { readonly packetId: string } & Pick<SlipStatusAnswer, 'reason' | 'decidedAt'>,
): Promise<SlipStatusAnswer> {
  const { packetId, ...told } = decision;
  const eid = await queries
    .selectFrom('eids')
    .select(['phone_thumbprint', 'revoked_at', 'revocation'])
    .where('packet_id', '=', packetId)
    .executeTakeFirst();
  if (eid?.revocation === 'lost') return { state: 'revoked', reason: 'revoked', decidedAt: eid.revoked_at };
  const waitsAtDesk = eid !== undefined && eid.phone_thumbprint === null && eid.revocation === null;
  return { state: waitsAtDesk ? 'collect' : 'issued', ...told };
}
