import {
  OPERATIONAL_NAMES,
  OPERATIONAL_SETTINGS,
  type OperationalName,
  type OperationalValue,
  type Override,
} from '#contract/operational-settings.ts';
import type { OperationMode, StationSettings } from '#contract/settings.ts';
import { assertNever } from '#domain/result.ts';
import type { StaffRole } from '#domain/staff/role.ts';
import type { ServerSetting, SettingsDocument } from '#protocol/settings-document.ts';

/** A value that staff set at the console of this terminal. */
export interface ValueSetHere {
  readonly value: OperationalValue;
  readonly role: StaffRole;
}

/** Everything that has a say in a setting. */
export interface SettingsSources {
  /** The station's file. What it says counts as a technician's word: whoever writes there runs the machine. */
  readonly file: StationSettings;
  /** The registry's last good document; null before the first. */
  readonly server: SettingsDocument | null;
  readonly here: ReadonlyMap<OperationalName, ValueSetHere>;
}

/** One operational setting and where its value comes from, for the console. */
export interface SettingView {
  readonly setting: OperationalName;
  readonly value: OperationalValue;
  /** `local` is the file or the console of this terminal. */
  readonly source: 'default' | 'server' | 'local';
  /** Where a local value was set; null for the others. */
  readonly setIn: 'file' | 'console' | null;
  readonly mayOverride: Override;
  /** What the registry wants; null when it says nothing. */
  readonly server: OperationalValue | null;
  /** Values that were given and do not count, with the reason of each. */
  readonly passedOver: readonly PassedOver[];
}

export interface PassedOver {
  readonly from: 'file' | 'console' | 'server';
  readonly value: OperationalValue;
  /** In the settings file; null elsewhere. */
  readonly line: number | null;
  readonly reason: 'registry-forbids' | 'registry-wants-supervisor' | 'not-in-production';
}

export interface EffectiveSettings {
  /** The station's settings with every operational one as it is in force. */
  readonly settings: StationSettings;
  readonly views: readonly SettingView[];
}

/** Whom the registry lets override a setting of which it says nothing. */
const OVERRIDE_UNLESS_TOLD: Override = 'technician';

/** Whether somebody of a role may set a value against the registry's. */
export function mayOverride(rule: Override, role: StaffRole): boolean {
  switch (rule) {
    case 'nobody':
      return false;
    case 'supervisor':
      return role === 'supervisor';
    case 'technician':
      return role === 'technician' || role === 'supervisor';
    default:
      return assertNever(rule);
  }
}

/** Default, then the registry's, then this terminal's own where it may: the last that counts is in force. Pure. */
export function effectiveSettings(sources: SettingsSources): EffectiveSettings {
  const views = OPERATIONAL_NAMES.map((setting) => viewOf(setting, sources));
  return {
    views,
    settings: views.reduce((settings, { setting, value }) => written(settings, setting, value), sources.file),
  };
}

function viewOf(setting: OperationalName, { file, server, here }: SettingsSources): SettingView {
  const told = server?.settings.find(({ name }) => name === setting) ?? null;
  const rule = told?.override ?? OVERRIDE_UNLESS_TOLD;
  const passedOver: PassedOver[] = [];
  let value: OperationalValue = OPERATIONAL_SETTINGS[setting].initial;
  let source: SettingView['source'] = 'default';
  let setIn: SettingView['setIn'] = null;

  for (const candidate of candidates({ setting, file, told, here: here.get(setting) ?? null })) {
    const reason = objection({ candidate, setting, rule, told, mode: file.mode });
    if (reason === null) {
      value = candidate.value;
      source = candidate.from === 'server' ? 'server' : 'local';
      setIn = candidate.from === 'server' ? null : candidate.from;
    } else {
      passedOver.push({ from: candidate.from, value: candidate.value, line: candidate.line, reason });
    }
  }
  return { setting, value, source, setIn, mayOverride: rule, server: told?.value ?? null, passedOver };
}

interface Candidate {
  readonly from: PassedOver['from'];
  readonly value: OperationalValue;
  readonly line: number | null;
  /** Whose word it is; null for the registry's. */
  readonly role: StaffRole | null;
}

/** Weakest first. */
function candidates(given: {
  readonly setting: OperationalName;
  readonly file: StationSettings;
  readonly told: ServerSetting | null;
  readonly here: ValueSetHere | null;
}): readonly Candidate[] {
  const { setting, file, told, here } = given;
  const line = file.given?.get(setting) ?? null;
  const inFile = file.given === undefined || line !== null;
  return [
    ...(told === null ? [] : [{ from: 'server', value: told.value, line: null, role: null } as const]),
    ...(inFile ? [{ from: 'file', value: read(file, setting), line, role: 'technician' } as const] : []),
    ...(here === null ? [] : [{ from: 'console', value: here.value, line: null, role: here.role } as const]),
  ];
}

function objection(given: {
  readonly candidate: Candidate;
  readonly setting: OperationalName;
  readonly rule: Override;
  readonly told: ServerSetting | null;
  readonly mode: OperationMode;
}): PassedOver['reason'] | null {
  const { candidate, setting, rule, told, mode } = given;
  if (mode === 'production' && isRelaxed(setting, candidate.value)) return 'not-in-production';
  if (candidate.role === null || told === null || mayOverride(rule, candidate.role)) return null;
  return rule === 'nobody' ? 'registry-forbids' : 'registry-wants-supervisor';
}

/**
 * A body that is erased as soon as it was acknowledged cannot be given again to a registry that was restored from a
 * backup: fit for a demonstration only, whoever asks for it.
 */
export function isRelaxed(setting: OperationalName, value: OperationalValue): boolean {
  return setting === 'retentionDays' && value === 0;
}

/** The value of `idle.warnAfterMs` stands at `settings.idle.warnAfterMs`. */
function read(settings: StationSettings, setting: OperationalName): OperationalValue {
  switch (setting) {
    case 'openingLanguage':
      return settings.openingLanguage;
    case 'idle.warnAfterMs':
      return settings.idle.warnAfterMs;
    case 'idle.resetAfterMs':
      return settings.idle.resetAfterMs;
    case 'decisionWaitMs':
      return settings.decisionWaitMs;
    case 'retentionDays':
      return settings.retentionDays;
    case 'offlineLimits.days':
      return settings.offlineLimits.days;
    case 'offlineLimits.warnDays':
      return settings.offlineLimits.warnDays;
    case 'offlineLimits.packets':
      return settings.offlineLimits.packets;
    case 'offlineLimits.freeMegabytes':
      return settings.offlineLimits.freeMegabytes;
    default:
      return assertNever(setting);
  }
}

/** The same settings with another value at a dotted place of one or two names. */
function written(
  settings: StationSettings,
  setting: OperationalName,
  value: OperationalValue,
): StationSettings {
  const [group = '', name] = setting.split('.');
  if (name === undefined) return { ...settings, [group]: value };
  const inner = settings[group as 'idle' | 'offlineLimits'];
  return { ...settings, [group]: { ...inner, [name]: value } };
}
