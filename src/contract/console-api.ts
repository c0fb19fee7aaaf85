import * as v from 'valibot';
import { CLOCK_REASONS } from '#domain/policy/clock-reason.ts';
import { PERMISSIONS, STAFF_ROLES } from '#domain/staff/role.ts';
import { allowed } from './console-answer.ts';
import { CONSOLE_DEVICE_METHODS, CONSOLE_DEVICE_PUSHES, DeviceViewSchema } from './console-devices.ts';
import { OPERATIONAL_NAMES } from './operational-settings.ts';

/**
 * What the console's page and the station say to each other. Methods of {@link CONSOLE_METHODS} under "repair path" ask
 * for nobody: they show no personal data and are there when everything else is frozen or blocked. All others answer
 * `not-allowed` without a staff session at the station that has their permission; the page is not asked who it is.
 */

/** Largest message the station reads from the console, in characters. */
export const LARGEST_CONSOLE_MESSAGE = 20_000;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const moment = v.pipe(v.number(), v.safeInteger());
const word = v.pipe(v.string(), v.maxLength(60));
const nothing = v.strictObject({});
const code = v.pipe(v.string(), v.maxLength(4_296));
const when = v.nullable(moment);

export const BADGE_REFUSALS = [
  'not-ours',
  'not-provisioned',
  'forged',
  'expired',
  'withdrawn',
  'no-staff-list',
  'busy',
] as const;
export type BadgeRefusal = (typeof BADGE_REFUSALS)[number];

export const UNLOCK_REFUSALS = [
  'not-ours',
  'not-provisioned',
  'forged',
  'another-station',
  'expired',
  'nothing-blocked',
  'another-nonce',
  'not-kept',
] as const;
export type UnlockRefusal = (typeof UNLOCK_REFUSALS)[number];

/** Why a machine did not become a station. The station's own list of faults has to fit into this one. */
export const PROVISIONING_FAULTS = [
  'wrong-length',
  'wrong-character',
  'mistyped',
  'bad-registry-url',
  'unreachable',
  'wrong-root-key',
  'trust-list-not-signed-by-root',
  'trust-list-contradicts-known',
  'untrusted-server',
  'code-unknown',
  'code-expired',
  'code-used',
  'code-blocked',
  'code-for-another-station',
  'bad-proof',
  'key-in-use',
  'registry-failed',
  'registry-mode',
  'wrong-certificate',
  'another-registry',
] as const;

/** What of the repair path the audit chain hears by name. */
export const REPAIR_ACTIONS = ['upload-now', 'reconnect-devices'] as const;
export type RepairAction = (typeof REPAIR_ACTIONS)[number];

/** Who stands before the console, as far as the station knows. */
export const LogInViewSchema = v.strictObject({
  stage: v.picklist(['out', 'badge', 'checking', 'in']),
  /** Of the badge that was shown, or of whoever is in. */
  member: v.nullable(
    v.strictObject({
      staffId: v.pipe(v.string(), v.maxLength(64)),
      role: v.picklist(STAFF_ROLES),
      permissions: v.array(v.picklist(PERMISSIONS)),
    }),
  ),
  /** Of the badge that was shown: whether its PIN may be tried now. */
  tries: v.nullable(
    v.variant('kind', [
      v.strictObject({ kind: v.literal('free'), triesLeft: count }),
      v.strictObject({ kind: v.literal('waiting'), triesLeft: count, leftMs: count }),
      v.strictObject({ kind: v.literal('blocked') }),
    ]),
  ),
  /** What an unlock has to name, while somebody is blocked: 16 characters in groups of four. */
  unlockNonce: v.nullable(word),
});
export type LogInView = v.InferOutput<typeof LogInViewSchema>;

export const LinkViewSchema = v.strictObject({
  state: v.picklist(['not-provisioned', 'unproven', 'online', 'offline']),
  registryUrl: v.nullable(v.string()),
  registryName: v.nullable(v.string()),
  /** When the registry last gave a proven answer. */
  lastAnswerAt: when,
  lastTrouble: v.nullable(v.strictObject({ reason: word, at: moment })),
  /** Failures of the line in a row, and how long it rests before the next try. */
  failures: count,
  nextTryInMs: v.nullable(count),
});
export type LinkView = v.InferOutput<typeof LinkViewSchema>;

export const ClockViewSchema = v.strictObject({
  /** The station's best estimate. */
  now: moment,
  /** The wall clock, which anybody with the machine can set. */
  wall: moment,
  trust: v.picklist(['synchronised', 'drifting', 'doubtful', 'unknown']),
  why: v.picklist(CLOCK_REASONS),
  /** Wall clock minus what the registry proved, milliseconds; null while nothing was proven. */
  skewMs: v.nullable(v.pipe(v.number(), v.safeInteger())),
});
export type ClockView = v.InferOutput<typeof ClockViewSchema>;

export const RuleViewSchema = v.strictObject({
  frozen: v.nullable(word),
  /** Full days of silence left before new sessions stop; null before the registry was ever heard. */
  daysLeft: v.nullable(count),
  days: count,
  waiting: count,
  mostWaiting: count,
  freeMegabytes: count,
  leastFreeMegabytes: count,
  warnings: v.array(v.picklist(['days-left', 'packets-left', 'disk-low', 'clock'])),
});
export type RuleView = v.InferOutput<typeof RuleViewSchema>;

export const IdentityViewSchema = v.nullable(
  v.strictObject({
    stationId: v.string(),
    installation: count,
    kid: v.string(),
    demoKey: v.boolean(),
  }),
);

/** Everything of the repair path on one page. */
export const RepairViewSchema = v.strictObject({
  stationName: v.string(),
  mode: v.picklist(['demo', 'pilot', 'production']),
  identity: IdentityViewSchema,
  registryUrl: v.string(),
  link: LinkViewSchema,
  clock: ClockViewSchema,
  rule: RuleViewSchema,
  devices: v.array(DeviceViewSchema),
});
export type RepairView = v.InferOutput<typeof RepairViewSchema>;

export const OverviewSchema = v.strictObject({
  version: v.string(),
  startedAt: moment,
  keyStore: v.picklist(['file', 'safe-storage', 'tpm']),
  staffListVersion: v.nullable(count),
  queue: v.strictObject({ waiting: count, acknowledged: count, refused: count }),
});
export type Overview = v.InferOutput<typeof OverviewSchema>;

/** One record. No personal data: its body is sealed, and nothing of it is looked at. */
export const RecordViewSchema = v.strictObject({
  packetId: v.string(),
  installation: count,
  sequence: count,
  createdAt: moment,
  sealedSize: count,
  delivery: v.picklist(['waiting', 'acknowledged', 'refused']),
  decision: word,
  decisionReason: v.nullable(word),
  body: v.picklist(['present', 'erased']),
  exportedAt: when,
  acknowledgedAt: when,
  /** Why it stands where it stands. */
  why: v.variant('kind', [
    v.strictObject({
      kind: v.picklist(['on-its-way', 'next', 'line-is-down', 'another-registry', 'held', 'decided']),
    }),
    v.strictObject({
      kind: v.literal('resting'),
      reason: word,
      at: moment,
      tries: count,
      nextTryInMs: count,
    }),
    v.strictObject({ kind: v.literal('refused'), reason: word }),
    v.strictObject({ kind: v.literal('faulty'), reason: word }),
  ]),
});
export type RecordView = v.InferOutput<typeof RecordViewSchema>;

export const RECORDS_A_PAGE = 50;
export const QueuePageSchema = v.strictObject({
  records: v.array(RecordViewSchema),
  /** Give it as `before` for the next page; null at the end. */
  next: v.nullable(count),
});
export type QueuePage = v.InferOutput<typeof QueuePageSchema>;

const inBoth = v.strictObject({ 'zh-CN': v.string(), en: v.string() });

export const AuditRowSchema = v.strictObject({
  sequence: count,
  at: moment,
  type: v.string(),
  /** `E-5010`; empty for a type that this program does not know. */
  id: word,
  severity: v.picklist(['info', 'notice', 'warning', 'alarm']),
  meaning: inBoth,
  /** Name and value of each field, as stored. */
  fields: v.array(v.tuple([v.string(), v.union([v.string(), v.number(), v.boolean()])])),
});
export const AuditPageSchema = v.strictObject({
  rows: v.array(AuditRowSchema),
  next: v.nullable(count),
  length: count,
  /** Of the whole chain, which is checked in pieces from the opening of the console on. */
  chain: v.variant('kind', [
    v.strictObject({ kind: v.literal('whole'), checked: count, checkpoints: count }),
    v.strictObject({ kind: v.literal('checking'), checked: count }),
    v.strictObject({ kind: v.literal('broken'), sequence: count, reason: word }),
  ]),
  /** Types that stand in the chain. */
  types: v.array(v.strictObject({ type: v.string(), id: word, meaning: inBoth })),
});
export type AuditPage = v.InferOutput<typeof AuditPageSchema>;

export const SettingViewSchema = v.strictObject({
  /** Dotted path, e.g. `offlineLimits.days`. */
  name: v.string(),
  value: v.string(),
  source: v.picklist(['built-in', 'file', 'registry', 'here']),
  /** Of a setting that the registry may set too; null for the terminal's own, which its file alone sets. */
  operational: v.nullable(
    v.strictObject({
      name: v.picklist(OPERATIONAL_NAMES),
      /** What the registry wants; null when it says nothing. */
      server: v.nullable(v.string()),
      /** What this terminal's file or console wants, also where it does not count; null when they say nothing. */
      local: v.nullable(v.string()),
      /** Whether a value was set at the console, which can be taken back. */
      setHere: v.boolean(),
      /** Whether whoever is logged in may set it here. */
      mayChange: v.boolean(),
    }),
  ),
});
export type SettingView = v.InferOutput<typeof SettingViewSchema>;

export const CHANGE_REFUSALS = ['no-such-setting', 'bad-value', 'not-in-production', 'not-kept'] as const;
export type ChangeRefusal = (typeof CHANGE_REFUSALS)[number];

const sequence = v.nullable(count);

export const CONSOLE_METHODS = {
  // Repair path.
  repair: { input: nothing, output: RepairViewSchema },
  /** A typed or scanned provisioning code. */
  provision: {
    input: v.strictObject({ code: v.pipe(v.string(), v.maxLength(200)) }),
    output: v.variant('kind', [
      v.strictObject({ kind: v.literal('provisioned'), stationId: v.string(), installation: count }),
      v.strictObject({ kind: v.literal('failed'), fault: v.picklist(PROVISIONING_FAULTS) }),
      v.strictObject({ kind: v.literal('busy') }),
    ]),
  },
  /** Cuts every rest of the line short: time, keys, queue and decisions now. */
  uploadNow: { input: nothing, output: v.strictObject({ started: v.boolean() }) },
  /** Ends the drivers' process and starts a fresh one. */
  reconnectDevices: { input: nothing, output: nothing },
  unlock: {
    input: v.strictObject({ code }),
    output: v.variant('kind', [
      v.strictObject({ kind: v.literal('unlocked') }),
      v.strictObject({ kind: v.literal('refused'), reason: v.picklist(UNLOCK_REFUSALS) }),
    ]),
  },

  // Log-in.
  logInView: { input: nothing, output: LogInViewSchema },
  showBadge: {
    input: v.strictObject({ code }),
    output: v.variant('kind', [
      v.strictObject({ kind: v.literal('known') }),
      v.strictObject({ kind: v.literal('refused'), reason: v.picklist(BADGE_REFUSALS) }),
    ]),
  },
  enterPin: {
    input: v.strictObject({ pin: v.pipe(v.string(), v.maxLength(20)) }),
    output: v.strictObject({
      result: v.picklist(['in', 'wrong', 'not-a-pin', 'wait', 'blocked', 'no-badge', 'not-kept']),
    }),
  },
  /** Somebody does something; a session without it ends. */
  touch: { input: nothing, output: nothing },
  logOut: { input: nothing, output: nothing },
  /** Gives the screen back to the citizens. */
  leave: { input: nothing, output: nothing },

  // With a staff session.
  overview: { input: nothing, output: allowed(OverviewSchema) },
  queue: { input: v.strictObject({ before: sequence }), output: allowed(QueuePageSchema) },
  audit: {
    input: v.strictObject({ before: sequence, type: v.nullable(word) }),
    output: allowed(AuditPageSchema),
  },
  ...CONSOLE_DEVICE_METHODS,
  settings: { input: nothing, output: allowed(v.array(SettingViewSchema)) },
  /** Sets a value at this terminal, or takes it back with null. The role is that of the staff session. */
  changeSetting: {
    input: v.strictObject({
      setting: v.picklist(OPERATIONAL_NAMES),
      value: v.nullable(v.union([v.number(), v.boolean(), v.pipe(v.string(), v.maxLength(60))])),
    }),
    output: v.variant('kind', [
      v.strictObject({ kind: v.literal('changed') }),
      v.strictObject({ kind: v.literal('not-allowed') }),
      v.strictObject({ kind: v.literal('refused'), reason: v.picklist(CHANGE_REFUSALS) }),
    ]),
  },
} as const;
export type ConsoleMethods = typeof CONSOLE_METHODS;

/** What the station pushes. */
export const CONSOLE_PUSHES = {
  logIn: LogInViewSchema,
  /** A badge was held to the scanner and not taken. */
  badgeRefused: v.strictObject({ reason: v.picklist(BADGE_REFUSALS) }),
  unlocked: nothing,
  unlockRefused: v.strictObject({ reason: v.picklist(UNLOCK_REFUSALS) }),
  /** A provisioning code was held to the scanner. */
  provisioningCode: v.strictObject({ code: v.pipe(v.string(), v.maxLength(200)) }),
  ...CONSOLE_DEVICE_PUSHES,
} as const;
export type ConsolePushes = typeof CONSOLE_PUSHES;
