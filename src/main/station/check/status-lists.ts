import type { StatusStatement } from '#domain/eid/judge-eid.ts';
import { assertNever, err, ok, type Result } from '#domain/result.ts';
import type { FindVerifier } from '#protocol/keys/signer.ts';
import type { MessageFault } from '#protocol/signed-message.ts';
import {
  LAST_STATUS_BLOCK,
  openStatusList,
  type StatusList,
  statusAt,
  statusBlockOf,
} from '#protocol/status-list.ts';
import type { StatusListStore } from './status-list-store.ts';

/** The issuer's status lists that this station holds, and how it comes by newer ones. */
export interface StatusLists {
  /** What the newest list that is held says of an e-ID; null without a list of its block. */
  statementOn(statusIndex: number): Promise<StatusStatement | null>;
  /** Asks for the newest list of one block, unless that was just done. Whatever comes of it, nothing is lost. */
  refresh(request: { readonly block: number; readonly deadlineMs: number }): Promise<Refreshed>;
  /** Asks for the lists of all blocks that there are. */
  refreshAll(): Promise<Refreshed>;
}

/** `not-kept`: it counts here until the next start, and is asked for again. */
export type Refreshed = Result<'replaced' | 'same' | 'no-such-block' | 'not-kept', ListFault>;
export type ListFault = MessageFault['reason'] | 'other-block' | 'not-fetched';

/** Where lists are held; a disk that takes nothing at present must not pass for one that holds the list already. */
export interface HeldLists extends Pick<StatusListStore, 'find'> {
  keep(list: Parameters<StatusListStore['keep']>[0]): ReturnType<StatusListStore['keep']> | 'not-kept';
}

/** What fetches a block's list; `fetchStatusList` at one registry is one. */
export type FetchList = (request: {
  readonly block: number;
  readonly tag: string | null;
  readonly deadlineMs: number;
}) => Promise<
  Result<
    | { readonly kind: 'list'; readonly signed: Uint8Array; readonly tag: string | null }
    | { readonly kind: 'same' | 'no-such-block' },
    unknown
  >
>;

/** A list fetched this short a time ago is as new as can be wished. */
const JUST_DONE_MS = 2_000;
const ROUND_DEADLINE_MS = 10_000;

export function statusLists(options: {
  readonly store: HeldLists;
  readonly rootKey: Uint8Array;
  readonly issuerKeys: FindVerifier;
  readonly fetch: FetchList;
  readonly monotonic: () => number;
}): StatusLists {
  const { store, rootKey, issuerKeys, monotonic } = options;
  /** Tag and moment of the last answer, by block. */
  const answered = new Map<number, { readonly tag: string | null; readonly at: number }>();

  /** Lists that the disk did not take, newest only, by block: a revocation counts whatever the disk does. */
  const unkept = new Map<number, StatusList>();

  async function take(block: number, signed: Uint8Array): Promise<Refreshed> {
    const opened = await openStatusList({ octets: signed, findVerifier: issuerKeys });
    if (!opened.ok) return err(opened.error.reason);
    if (opened.value.block !== block) return err('other-block');
    const { issuedAt } = opened.value;
    const before = unkept.get(block);
    const isNewest = before === undefined || before.issuedAt <= issuedAt;
    const kept = store.keep({ rootKey, block, issuedAt, signed });
    switch (kept) {
      case 'kept':
        if (isNewest) unkept.delete(block);
        return ok('replaced');
      case 'same-or-older':
        return ok('same');
      case 'not-kept':
        if (isNewest) unkept.set(block, opened.value);
        return ok('not-kept');
      default:
        return assertNever(kept);
    }
  }

  async function newestOf(block: number): Promise<StatusList | null> {
    const inMemory = unkept.get(block) ?? null;
    const signed = store.find({ rootKey, block });
    if (signed === null) return inMemory;
    // Opened anew each time: what lies on a disk is believed as far as the issuer's signature reaches.
    const opened = await openStatusList({ octets: new Uint8Array(signed), findVerifier: issuerKeys });
    if (!opened.ok) return inMemory;
    return inMemory !== null && inMemory.issuedAt >= opened.value.issuedAt ? inMemory : opened.value;
  }

  async function refresh(request: {
    readonly block: number;
    readonly deadlineMs: number;
  }): Promise<Refreshed> {
    const { block, deadlineMs } = request;
    const before = answered.get(block);
    if (before !== undefined && monotonic() - before.at < JUST_DONE_MS) return ok('same');
    const answer = await options.fetch({ block, deadlineMs, tag: before?.tag ?? null });
    if (!answer.ok) return err('not-fetched');
    const { value } = answer;
    switch (value.kind) {
      case 'no-such-block':
        return ok('no-such-block');
      case 'same':
        answered.set(block, { tag: before?.tag ?? null, at: monotonic() });
        return ok('same');
      case 'list': {
        const taken = await take(block, value.signed);
        // A tag says "I hold this list": sent for one that the disk did not take, it would bring it never again.
        if (taken.ok && taken.value !== 'not-kept') answered.set(block, { tag: value.tag, at: monotonic() });
        return taken;
      }
    }
  }

  return {
    refresh,
    refreshAll: async () => {
      let whole: 'same' | 'replaced' | 'not-kept' = 'same';
      for (let block = 0; block <= LAST_STATUS_BLOCK; block += 1) {
        const refreshed = await refresh({ block, deadlineMs: ROUND_DEADLINE_MS });
        if (!refreshed.ok) return refreshed;
        const { value } = refreshed;
        if (value === 'no-such-block') break;
        // One that was not kept is what there is to tell, whatever became of the others.
        if (value !== 'same' && whole !== 'not-kept') whole = value;
      }
      return ok(whole);
    },
    statementOn: async (statusIndex) => {
      const list = await newestOf(statusBlockOf(statusIndex));
      if (list === null) return null;
      const says = statusAt(list, statusIndex);
      if (says === 'not-in-this-block') return null;
      const { issuedAt, expiresAt } = list;
      return { says, issuedAt, expiresAt };
    },
  };
}
