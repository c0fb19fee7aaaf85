import { type QueuePage, RECORDS_A_PAGE, type RecordView } from '#contract/console-api.ts';
import { sameBytes } from '#protocol/cbor.ts';
import type { QueueRow } from '#station/queue/packet-queue.ts';
import type { StationInside } from './station-inside.ts';

type ConsoleRow = QueueRow & { readonly id: number; readonly chain: number };

/** Reads the queue by pages, newest first, and says of each record why it stands where it stands. */
export function queueView(
  inside: StationInside,
  monotonic: () => number,
): (before: number | null) => QueuePage {
  const rows = inside.database.prepare<{ before: number; limit: number }, ConsoleRow>(
    `SELECT id, chain, packet_id AS packetId, installation, sequence, created_at AS createdAt,
            sealed_size AS sealedSize, delivery, refusal_reason AS refusalReason, decision,
            decision_reason AS decisionReason, body, exported_at AS exportedAt,
            acknowledged_at AS acknowledgedAt, fault
     FROM packet WHERE id < @before ORDER BY id DESC LIMIT @limit`,
  );
  return (before) => {
    const found = rows.all({ before: before ?? Number.MAX_SAFE_INTEGER, limit: RECORDS_A_PAGE + 1 });
    const page = found.slice(0, RECORDS_A_PAGE);
    const chains = sentChains(inside);
    const now = monotonic();
    return {
      records: page.map((row) => recordView({ row, inside, chains, now })),
      next: found.length > RECORDS_A_PAGE ? (page.at(-1)?.id ?? null) : null,
    };
  };
}

/** Chains that the present registry takes: packets of another one wait until the station is its again. */
function sentChains({ installations, link }: StationInside): ReadonlySet<number> {
  const root = link()?.installation.rootKey;
  if (root === undefined) return new Set();
  return new Set(
    installations
      .all()
      .filter(({ rootKey }) => sameBytes(rootKey, root))
      .map(({ id }) => id),
  );
}

function recordView(given: {
  readonly row: ConsoleRow;
  readonly inside: StationInside;
  readonly chains: ReadonlySet<number>;
  readonly now: number;
}): RecordView {
  const { id, chain, refusalReason, fault, ...shown } = given.row;
  return { ...shown, why: whyOf(given) };
}

function whyOf(given: {
  readonly row: ConsoleRow;
  readonly inside: StationInside;
  readonly chains: ReadonlySet<number>;
  readonly now: number;
}): RecordView['why'] {
  const { row, inside, now } = given;
  if (row.delivery === 'refused') return { kind: 'refused', reason: row.refusalReason ?? 'malformed' };
  if (row.delivery === 'acknowledged') {
    return { kind: row.decision === 'none' || row.decision === 'referred' ? 'held' : 'decided' };
  }
  if (row.fault !== null) return { kind: 'faulty', reason: row.fault };
  const link = inside.link();
  if (link === null || !given.chains.has(row.chain)) return { kind: 'another-registry' };
  const state = link.runner.state();
  if (state.uploading.has(row.packetId)) return { kind: 'on-its-way' };
  const rest = state.resting.get(row.packetId);
  const trouble = link.troubles.of(row.packetId);
  if (rest !== undefined && rest.until > now) {
    return {
      kind: 'resting',
      reason: trouble?.reason ?? 'unreachable',
      at: Math.round(trouble?.at ?? 0),
      tries: rest.failures,
      nextTryInMs: Math.round(rest.until - now),
    };
  }
  return { kind: state.link === 'online' ? 'next' : 'line-is-down' };
}
