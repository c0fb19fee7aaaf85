import type { Clock } from '#domain/clock.ts';
import { sameBytes } from '#protocol/cbor.ts';
import type { Signer, Verifier } from '#protocol/keys/signer.ts';
import {
  openTrustList,
  signTrustList,
  type TrustedKey,
  type TrustList,
  trustedKidOf,
} from '#protocol/trust-list.ts';
import type { Store } from '../store/store.ts';

/** What a trust list says; version, date and the keys' periods are the publisher's. */
type TrustContents = Pick<TrustList, 'registryName' | 'mode' | 'tlsCertificates'> & {
  readonly keys: readonly Pick<TrustedKey, 'use' | 'publicKey'>[];
};

/** The trust list in force. */
export interface PublishedTrust {
  readonly list: TrustList;
  /** COSE_Sign1 of kind `trust-list`. */
  readonly statement: Uint8Array;
}

/** From here on the first keys are valid: a station whose clock is years behind must still be able to seal to them. */
const FIRST_KEYS_VALID_FROM = Date.UTC(2020, 0, 1);
const KEY_PERIOD_MS = 10 * 365 * 86_400_000;

/**
 * Gives the trust list that says `contents`: the stored one when it does, else a new one with the next version. Every
 * version stays stored, so that none is ever given twice.
 */
export async function publishTrust(request: {
  readonly store: Store;
  readonly root: { readonly signer: Signer; readonly verifier: Verifier };
  readonly contents: TrustContents;
  readonly clock: Clock;
}): Promise<PublishedTrust> {
  const { store, root, contents, clock } = request;
  return store.write(async (queries) => {
    const newest = await queries
      .selectFrom('trust_lists')
      .selectAll()
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
    const current = newest === undefined ? null : readStored(new Uint8Array(newest.statement), root.verifier);
    if (current !== null && saysSame(current.list, contents)) return current;
    const now = clock.now();
    const list: TrustList = {
      ...contents,
      version: (current?.list.version ?? 0) + 1,
      issuedAt: now,
      keys: contents.keys.map((key) => listed({ key, before: current?.list ?? null, now })),
    };
    const statement = signTrustList({ trustList: list, signer: root.signer });
    await queries.insertInto('trust_lists').values({ version: list.version, statement }).execute();
    return { list, statement };
  });
}

function readStored(statement: Uint8Array, root: Verifier): PublishedTrust {
  const opened = openTrustList({ bytes: statement, root });
  if (!opened.ok) {
    throw new Error(
      `the stored trust list is not of this root key (${opened.error.reason}); was keys/ exchanged?`,
    );
  }
  return { list: opened.value, statement };
}

function saysSame(list: TrustList, contents: TrustContents): boolean {
  return (
    list.mode === contents.mode &&
    list.registryName === contents.registryName &&
    list.tlsCertificates.join() === contents.tlsCertificates.join() &&
    list.keys.length === contents.keys.length &&
    contents.keys.every((key) => list.keys.some((other) => sameKey(key, other)))
  );
}

/** A key that was listed keeps its period; a new one begins now. */
function listed(request: {
  readonly key: Pick<TrustedKey, 'use' | 'publicKey'>;
  readonly before: TrustList | null;
  readonly now: number;
}): TrustedKey {
  const { key, before, now } = request;
  const known = before?.keys.find((other) => sameKey(key, other));
  if (known !== undefined) return known;
  return {
    ...key,
    kid: trustedKidOf(key),
    validFrom: before === null ? FIRST_KEYS_VALID_FROM : now,
    validUntil: now + KEY_PERIOD_MS,
  };
}

function sameKey(key: Pick<TrustedKey, 'use' | 'publicKey'>, other: TrustedKey): boolean {
  return key.use === other.use && sameBytes(key.publicKey, other.publicKey);
}
