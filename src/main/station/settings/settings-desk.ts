import type Database from 'better-sqlite3';
import type { ChangeRefusal } from '#contract/console-api.ts';
import { isOperational, type OperationalName, operationalFault } from '#contract/operational-settings.ts';
import type { OperationMode, StationSettings } from '#contract/settings.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { StaffRole } from '#domain/staff/role.ts';
import type { FindVerifier } from '#protocol/keys/signer.ts';
import { acceptSettings, openSettings, type SettingsDocument } from '#protocol/settings-document.ts';
import type { AuditLog } from '#station/audit/audit-log.ts';
import { guardStorage } from '#station/desk/guard-storage.ts';
import type { StationLog } from '#station/log/station-log.ts';
import { effectiveSettings, isRelaxed, mayOverride, type SettingView } from './effective-settings.ts';
import { settingsStore } from './settings-store.ts';

/** What the console shows of the settings. */
export interface SettingsView {
  readonly mode: OperationMode;
  /** Of the registry's document in force; null when there is none. */
  readonly documentVersion: number | null;
  readonly issuedAt: number | null;
  readonly settings: readonly SettingView[];
  /** Names in the registry's document that this program does not know, and that do nothing. */
  readonly unknown: readonly string[];
}

export type SettingsRefusal =
  | 'not-signed-by-registry'
  | 'bad-settings'
  | 'older-than-current'
  | 'same-version-other-contents';

export type ChangeFault = ChangeRefusal | 'not-allowed';

/** The settings in force, and who may change them. */
export interface SettingsDesk {
  /** As they are in force now. Idle times and the wait for a decision count from the next start of the station. */
  settings(): StationSettings;
  view(): SettingsView;
  /** A registry's word counts from now on, and its last good document with it; null when there is none. */
  listenTo(registry: RegistryWord | null): void;
  /** A document that came from the registry. What is refused changes nothing: the last good one stays. */
  offer(signed: Uint8Array): Result<'replaced' | 'same', SettingsRefusal>;
  /** Somebody at the console sets a value, or takes it back with null. Whether they are who they say is known already. */
  change(order: {
    readonly setting: string;
    readonly value: number | string | boolean | null;
    readonly role: StaffRole;
  }): Result<void, ChangeFault>;
}

export interface RegistryWord {
  readonly rootKey: Uint8Array;
  /** Keys of use `settings` in the trust list in force: a document whose key was withdrawn counts no more. */
  readonly findVerifier: FindVerifier;
}

export function settingsDesk(options: {
  readonly database: Database.Database;
  readonly audit: AuditLog;
  readonly now: () => number;
  readonly file: StationSettings;
  readonly log: StationLog;
  readonly onChange: () => void;
}): SettingsDesk {
  const { database, audit, now, file, log, onChange } = options;
  const store = settingsStore(database);
  let registry: RegistryWord | null = null;
  let server: SettingsDocument | null = null;
  let here = store.setHere();
  let inForce = effectiveSettings({ file, server, here });
  /** The last refusal that was told: a registry that repeats itself every ten minutes is told once. */
  let refused: SettingsRefusal | null = null;

  function apply(): void {
    inForce = effectiveSettings({ file, server, here });
    for (const { setting, passedOver } of inForce.views) {
      for (const { from, reason } of passedOver)
        log.warn('settings.passed-over', { field: setting, kind: from, reason });
    }
    onChange();
  }

  function refuse(reason: SettingsRefusal): Result<never, SettingsRefusal> {
    if (refused !== reason) {
      refused = reason;
      log.error('settings.refused', { reason });
      audit.append({ type: 'settings.refused', fields: { reason } });
    }
    return err(reason);
  }

  return {
    settings: () => inForce.settings,
    view: () => ({
      mode: file.mode,
      documentVersion: server?.version ?? null,
      issuedAt: server?.issuedAt ?? null,
      settings: inForce.views,
      unknown: server?.settings.map(({ name }) => name).filter((name) => !isOperational(name)) ?? [],
    }),
    listenTo: (word) => {
      registry = word;
      refused = null;
      server = null;
      const stored = word === null ? null : store.newest(word.rootKey);
      if (word !== null && stored !== null) {
        const opened = openSettings({ bytes: stored.signed, findVerifier: word.findVerifier });
        if (opened.ok) server = opened.value;
        else log.error('settings.not-believed', { reason: opened.error.reason });
      }
      apply();
    },
    offer: (signed) => {
      if (registry === null) return err('not-signed-by-registry');
      const { rootKey, findVerifier } = registry;
      const opened = openSettings({ bytes: signed, findVerifier });
      if (!opened.ok) {
        return refuse(opened.error.reason === 'malformed' ? 'bad-settings' : 'not-signed-by-registry');
      }
      const accepted = acceptSettings({ current: server, candidate: opened.value });
      if (!accepted.ok) return refuse(accepted.error);
      if (accepted.value === 'same') return ok('same');
      const { version } = opened.value;
      // One that is not believed any more still holds its place: what comes after it has to be newer.
      if (version <= (store.newest(rootKey)?.version ?? 0)) return refuse('older-than-current');
      database
        .transaction(() => {
          store.add({ rootKey, version, signed, at: now() });
          audit.append({ type: 'settings.replaced', fields: { version } });
        })
        .immediate();
      server = opened.value;
      refused = null;
      log.info('settings.replaced', { version });
      apply();
      return ok('replaced');
    },
    change: ({ setting, value, role }) => {
      if (!isOperational(setting)) return err('no-such-setting');
      if (value !== null && operationalFault(setting, value) !== null) return err('bad-value');
      if (!mayOverride(ruleFor(setting), role)) return err('not-allowed');
      // It would stand there and not count.
      if (value !== null && file.mode === 'production' && isRelaxed(setting, value)) {
        return err('not-in-production');
      }
      const keep = () => {
        const kept = database.transaction(() => {
          if (value === null) store.forgetHere(setting);
          else store.keepHere({ setting, set: { value, role }, at: now() });
          audit.append({ type: 'settings.changed-here', fields: { setting, role } });
        });
        kept.immediate();
      };
      if (!guardStorage({ log, code: 'settings.not-kept', work: keep })) return err('not-kept');
      here = store.setHere();
      apply();
      return ok(undefined);
    },
  };

  function ruleFor(setting: OperationalName) {
    return inForce.views.find((view) => view.setting === setting)?.mayOverride ?? 'nobody';
  }
}
