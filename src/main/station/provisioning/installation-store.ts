import type Database from 'better-sqlite3';

/** One life of this station's key and chain. */
export interface Installation extends NewInstallation {
  /** Names the chain on this machine; the number does not, since every registry counts from 1. */
  readonly id: number;
}

export interface NewInstallation {
  readonly stationId: string;
  readonly installation: number;
  readonly registryUrl: string;
  /** Ed25519, 32 bytes: what the provisioning code's hash stood for. */
  readonly rootKey: Uint8Array;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** COSE_Sign1 of kind `certificate`; its hash is what the first envelope points at. */
  readonly certificate: Uint8Array;
  readonly provisionedAt: number;
}

export interface InstallationStore {
  /** The one in force: the last that was provisioned. */
  current(): Installation | null;
  /** Oldest first: envelopes of earlier installations are still ours to deliver. */
  all(): readonly Installation[];
  /** Adds an installation with its trust list in one transaction and starts its decisions from the beginning. */
  add(fact: { readonly installation: NewInstallation; readonly trustList: StoredTrustList }): Installation;
  /** Keeps the first reason why a chain is broken. Returns the installation's number, or null when it was already. */
  markBroken(found: { readonly id: number; readonly reason: string }): number | null;
  isBroken(id: number): boolean;
  /** Newest trust list under a root. */
  trustList(rootKey: Uint8Array): StoredTrustList | null;
  /** Keeps a newer list; false when the version is not above the newest. */
  addTrustList(fact: {
    readonly rootKey: Uint8Array;
    readonly list: StoredTrustList;
    readonly at: number;
  }): boolean;
}

export interface StoredTrustList {
  readonly version: number;
  readonly signed: Uint8Array;
}

export function installationStore(database: Database.Database): InstallationStore {
  const columns = `id, station_id AS stationId, number AS installation, registry_url AS registryUrl,
    root_key AS rootKey, public_key AS publicKey, certificate, provisioned_at AS provisionedAt`;
  const current = database.prepare<[], Installation>(
    `SELECT ${columns} FROM installation ORDER BY id DESC LIMIT 1`,
  );
  const all = database.prepare<[], Installation>(`SELECT ${columns} FROM installation ORDER BY id`);
  const insert = database.prepare(
    `INSERT INTO installation
       (station_id, number, registry_url, root_key, public_key, certificate, provisioned_at)
     VALUES (@stationId, @installation, @registryUrl, @rootKey, @publicKey, @certificate, @provisionedAt)`,
  );
  const markBroken = database
    .prepare<{ id: number; reason: string }, number>(
      'UPDATE installation SET chain_fault = @reason WHERE id = @id AND chain_fault IS NULL RETURNING number',
    )
    .pluck();
  const broken = database
    .prepare<[number], number>('SELECT chain_fault IS NOT NULL FROM installation WHERE id = ?')
    .pluck();
  const newestList = database.prepare<[Uint8Array], StoredTrustList>(
    'SELECT version, signed FROM trust_list WHERE root_key = ? ORDER BY version DESC LIMIT 1',
  );
  const insertList = database.prepare(
    `INSERT INTO trust_list (root_key, version, signed, received_at)
     SELECT @rootKey, @version, @signed, @at
     WHERE NOT EXISTS (SELECT 1 FROM trust_list WHERE root_key = @rootKey AND version >= @version)`,
  );
  const restartCursor = database.prepare("UPDATE sync_state SET decision_cursor = '0'");
  const addTrustList: InstallationStore['addTrustList'] = ({ rootKey, list, at }) =>
    insertList.run({ rootKey, version: list.version, signed: list.signed, at }).changes === 1;
  return {
    current: () => current.get() ?? null,
    all: () => all.all(),
    add: ({ installation, trustList }) =>
      database
        .transaction(() => {
          const { lastInsertRowid } = insert.run(installation);
          addTrustList({ rootKey: installation.rootKey, list: trustList, at: installation.provisionedAt });
          restartCursor.run();
          return { ...installation, id: Number(lastInsertRowid) };
        })
        .immediate(),
    markBroken: (found) => markBroken.get(found) ?? null,
    isBroken: (id) => broken.get(id) === 1,
    trustList: (rootKey) => newestList.get(rootKey) ?? null,
    addTrustList,
  };
}
