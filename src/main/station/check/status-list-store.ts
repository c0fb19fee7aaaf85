import type Database from 'better-sqlite3';

/** Status lists as their issuer signed them, by the registry's root key and block. */
export interface StatusListStore {
  /** Null when none of the block was ever kept. */
  find(place: { readonly rootKey: Uint8Array; readonly block: number }): Uint8Array | null;
  /**
   * `same-or-older` when the list that is held is the same or newer: an older one may leave out who was revoked since. Of
   * two that were signed within one second, the one that came last is kept. Throws what SQLite throws.
   */
  keep(list: {
    readonly rootKey: Uint8Array;
    readonly block: number;
    readonly issuedAt: number;
    readonly signed: Uint8Array;
  }): 'kept' | 'same-or-older';
}

export function statusListStore(database: Database.Database): StatusListStore {
  const find = database
    .prepare<{ rootKey: Uint8Array; block: number }, Uint8Array>(
      'SELECT signed FROM status_list WHERE root_key = @rootKey AND block = @block',
    )
    .pluck();
  const keep = database.prepare(
    `INSERT INTO status_list (root_key, block, issued_at, signed) VALUES (@rootKey, @block, @issuedAt, @signed)
     ON CONFLICT (root_key, block) DO UPDATE SET issued_at = excluded.issued_at, signed = excluded.signed
       WHERE excluded.issued_at >= status_list.issued_at AND excluded.signed <> status_list.signed`,
  );
  return {
    find: (place) => find.get(place) ?? null,
    keep: (list) => (keep.run(list).changes === 1 ? 'kept' : 'same-or-older'),
  };
}
