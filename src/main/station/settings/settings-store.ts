import type Database from 'better-sqlite3';
import { isOperational, type OperationalName, operationalFault } from '#contract/operational-settings.ts';
import { STAFF_ROLES } from '#domain/staff/role.ts';
import type { ValueSetHere } from './effective-settings.ts';

/** Signed settings documents of registries, and what staff set at this terminal. */
export interface SettingsStore {
  /** Newest document under a root; null before the first. */
  newest(rootKey: Uint8Array): StoredSettings | null;
  add(fact: {
    readonly rootKey: Uint8Array;
    readonly version: number;
    readonly signed: Uint8Array;
    readonly at: number;
  }): void;
  /** A row that this program cannot use any more is passed over. */
  setHere(): ReadonlyMap<OperationalName, ValueSetHere>;
  keepHere(fact: {
    readonly setting: OperationalName;
    readonly set: ValueSetHere;
    readonly at: number;
  }): void;
  forgetHere(setting: OperationalName): void;
}

export interface StoredSettings {
  readonly version: number;
  readonly signed: Uint8Array;
}

export function settingsStore(database: Database.Database): SettingsStore {
  const newest = database.prepare<[Uint8Array], StoredSettings>(
    'SELECT version, signed FROM settings_document WHERE root_key = ? ORDER BY version DESC LIMIT 1',
  );
  const insert = database.prepare(
    `INSERT INTO settings_document (root_key, version, signed, received_at)
     VALUES (@rootKey, @version, @signed, @at)`,
  );
  const here = database.prepare<[], { setting: string; value: string; role: string }>(
    'SELECT setting, value, role FROM local_setting',
  );
  const keep = database.prepare(
    `INSERT INTO local_setting (setting, value, role, set_at) VALUES (@setting, @value, @role, @at)
     ON CONFLICT (setting) DO UPDATE SET value = @value, role = @role, set_at = @at`,
  );
  const forget = database.prepare('DELETE FROM local_setting WHERE setting = ?');
  return {
    newest: (rootKey) => {
      const row = newest.get(rootKey);
      return row === undefined ? null : { version: row.version, signed: new Uint8Array(row.signed) };
    },
    add: (fact) => {
      insert.run(fact);
    },
    setHere: () => {
      const values = new Map<OperationalName, ValueSetHere>();
      for (const row of here.all()) {
        const value: unknown = JSON.parse(row.value);
        const role = STAFF_ROLES.find((known) => known === row.role);
        if (role === undefined || !isOperational(row.setting)) continue;
        if (operationalFault(row.setting, value) !== null) continue;
        values.set(row.setting, { value: value as ValueSetHere['value'], role });
      }
      return values;
    },
    keepHere: ({ setting, set, at }) => {
      keep.run({ setting, value: JSON.stringify(set.value), role: set.role, at });
    },
    forgetHere: (setting) => {
      forget.run(setting);
    },
  };
}
