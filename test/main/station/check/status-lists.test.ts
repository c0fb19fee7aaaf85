import { describe, expect, it } from 'vitest';
import { ok } from '#domain/result.ts';
import { placesOf, signStatusList } from '#protocol/status-list.ts';
import { type HeldLists, statusLists } from '#station/check/status-lists.ts';
import { issuerSigner, issuerVerifier } from '../../../protocol/sample.ts';

const FROM = Date.UTC(2026, 2, 2);
const DAY = 86_400_000;
const ROUND = { block: 0, deadlineMs: 1_000 };

/** A registry with one list that minds tags, and a station whose disk can be filled. */
function lab() {
  let list = { tag: '', signed: new Uint8Array(0) };
  let now = 0;
  let full = false;
  let held: { readonly issuedAt: number; readonly signed: Uint8Array } | null = null;
  const tags: (string | null)[] = [];
  const store: HeldLists = {
    find: () => held?.signed ?? null,
    keep: ({ issuedAt, signed }) => {
      if (full) return 'not-kept';
      if (held !== null && held.issuedAt >= issuedAt) return 'same-or-older';
      held = { issuedAt, signed };
      return 'kept';
    },
  };
  const lists = statusLists({
    store,
    rootKey: new Uint8Array(32),
    issuerKeys: () => issuerVerifier,
    monotonic: () => now,
    fetch: async ({ block, tag }) => {
      if (block > 0) return ok({ kind: 'no-such-block' });
      tags.push(tag);
      return tag === list.tag ? ok({ kind: 'same' }) : ok({ kind: 'list', ...list });
    },
  });
  return {
    lists,
    tags,
    publish: async (tag: string, told: { readonly revoked: readonly number[]; readonly at: number }) => {
      const content = { block: 0, issuedAt: told.at, expiresAt: told.at + DAY };
      const signed = await signStatusList({
        list: { ...content, places: placesOf(told.revoked) },
        signer: issuerSigner,
      });
      list = { tag, signed: Uint8Array.from(signed) };
    },
    setFull: (isFull: boolean) => {
      full = isFull;
    },
    later: () => {
      now += 60_000;
    },
    says: async () => (await lists.statementOn(7))?.says,
  };
}

describe('a status list that the disk did not take', () => {
  it('counts all the same, and is not taken for kept: who was revoked stays so, and it is asked for again', async () => {
    const place = lab();
    await place.publish('first', { revoked: [], at: FROM });
    expect(await place.lists.refresh(ROUND)).toEqual(ok('replaced'));
    expect(await place.says()).toBe('valid');

    place.setFull(true);
    await place.publish('second', { revoked: [7], at: FROM + 60_000 });
    place.later();
    expect(await place.lists.refresh(ROUND)).toEqual(ok('not-kept'));
    expect(await place.says()).toBe('revoked');
    // At once: nothing is remembered as just done, and no tag of a list that is not held is sent.
    expect(await place.lists.refresh(ROUND)).toEqual(ok('not-kept'));
    expect(place.tags).toEqual([null, 'first', 'first']);

    place.setFull(false);
    expect(await place.lists.refresh(ROUND)).toEqual(ok('replaced'));
    expect(await place.says()).toBe('revoked');
    place.later();
    expect(await place.lists.refresh(ROUND)).toEqual(ok('same'));
    expect(place.tags.at(-1)).toBe('second');
  });

  it('counts against an older one that is replayed while the disk is full', async () => {
    const place = lab();
    place.setFull(true);
    await place.publish('second', { revoked: [7], at: FROM + 60_000 });
    await place.lists.refresh(ROUND);
    await place.publish('first', { revoked: [], at: FROM });
    await place.lists.refresh(ROUND);
    expect(await place.says()).toBe('revoked');
    place.setFull(false);
    await place.lists.refresh(ROUND);
    expect(await place.says()).toBe('revoked');
  });

  it('is told by a round over all blocks', async () => {
    const place = lab();
    place.setFull(true);
    await place.publish('first', { revoked: [], at: FROM });
    expect(await place.lists.refreshAll()).toEqual(ok('not-kept'));
  });
});
