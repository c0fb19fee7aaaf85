import { REGISTRY_LIMITS } from '#contract/registry-api.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { encodeBody } from '#protocol/http-body.ts';
import type { StatusPublisher } from '../issuance/status-publisher.ts';
import type { Store } from '../store/store.ts';

/** Gathers what somebody needs who checks slips and e-IDs without a network. */
export interface PublicationDesk {
  /** A `Publication` in CBOR; the same octets as long as nothing in it has changed. */
  publication(): Promise<Uint8Array>;
}

export function publicationDesk(ports: {
  readonly store: Store;
  readonly rootPublicKey: Uint8Array;
  /** COSE_Sign1 of kind `trust-list`. */
  readonly trustList: Uint8Array;
  readonly status: StatusPublisher;
}): PublicationDesk {
  const { rootPublicKey, trustList, status } = ports;
  const { queries } = ports.store;
  let kept: {
    readonly stations: string;
    readonly lists: readonly Uint8Array[];
    readonly body: Uint8Array;
  } | null = null;

  /** Changes with every installation that comes or is revoked; neither is ever taken back. */
  async function stationsState(): Promise<string> {
    const counts = await queries
      .selectFrom('installations')
      .select((row) => [row.fn.countAll().as('all'), row.fn.count('revoked_at').as('revoked')])
      .executeTakeFirstOrThrow();
    return `${counts.all} ${counts.revoked}`;
  }

  /** The newest, should there be more than a publication can hold. */
  async function certificates() {
    const rows = await queries
      .selectFrom('installations')
      .select(['certificate', 'revoked_at'])
      .orderBy('registered_at', 'desc')
      .orderBy('station_id', 'desc')
      .orderBy('installation', 'desc')
      .limit(REGISTRY_LIMITS.certificatesPerPublication)
      .execute();
    return rows
      .reverse()
      .map((row) => ({ certificate: new Uint8Array(row.certificate), revokedAt: row.revoked_at }));
  }

  return {
    publication: async () => {
      const stations = await stationsState();
      const lists = (await status.lists()).slice(-REGISTRY_LIMITS.statusListsPerPublication);
      if (kept?.stations === stations && sameLists(kept.lists, lists)) return kept.body;
      const body = encodeBody({
        rootPublicKey,
        trustList,
        stations: await certificates(),
        statusLists: lists,
      });
      kept = { stations, lists, body };
      return body;
    },
  };
}

function sameLists(some: readonly Uint8Array[], others: readonly Uint8Array[]): boolean {
  return (
    some.length === others.length && some.every((list, at) => sameBytes(list, others[at] ?? new Uint8Array()))
  );
}
