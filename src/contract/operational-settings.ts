import * as v from 'valibot';
import { LANGUAGES } from '#domain/language.ts';

/**
 * Settings of how a terminal serves, which the registry may set from afar for every terminal at once. What a terminal
 * *is* stands in its own file only: the mode, because nobody who speaks for the registry may turn a production terminal
 * into a demo one; the registry's address and the data folder, because whoever could move them could take the packets
 * along; the devices and the camera's source, because only whoever stands there knows what is plugged in.
 */
export interface OperationalSetting<T extends OperationalValue = OperationalValue> {
  readonly schema: v.GenericSchema<unknown, T>;
  readonly initial: T;
  /** What a value looks like, for whoever sets one by hand; the schema decides. */
  readonly takes: SettingForm;
  /** Whether a change counts for the terminal as it runs, or from its next start on. */
  readonly counts: 'at-once' | 'next-start';
  /** For the console and the documents. */
  readonly zh: string;
  readonly en: string;
}

export type SettingForm =
  | { readonly kind: 'whole'; readonly least: number; readonly most: number }
  | { readonly kind: 'choice'; readonly of: readonly string[] };

export type OperationalValue = number | string | boolean;

export const OPERATIONAL_SETTINGS = {
  openingLanguage: {
    schema: v.picklist(LANGUAGES),
    initial: 'zh-CN',
    takes: { kind: 'choice', of: LANGUAGES },
    counts: 'next-start',
    zh: '待机画面的语言',
    en: 'Language of the screen that waits for a citizen',
  },
  'idle.warnAfterMs': whole({
    least: 5_000,
    most: 900_000,
    initial: 120_000,
    counts: 'next-start',
    zh: '无人操作多久后提醒（毫秒）',
    en: 'Milliseconds without a touch before the citizen is asked whether somebody is there',
  }),
  'idle.resetAfterMs': whole({
    least: 5_000,
    most: 120_000,
    initial: 30_000,
    counts: 'next-start',
    zh: '提醒后多久清除本次业务（毫秒）',
    en: 'Milliseconds after that question before the session is wiped',
  }),
  /** Longest wait for a decision while the citizen stands there. */
  decisionWaitMs: whole({
    least: 0,
    most: 30_000,
    initial: 8_000,
    counts: 'next-start',
    zh: '群众在场时等待审核结果的最长时间（毫秒）',
    en: 'Longest wait for a decision while the citizen stands there, milliseconds',
  }),
  retentionDays: whole({
    least: 0,
    most: 90,
    initial: 7,
    counts: 'at-once',
    zh: '登记中心确认后数据包正文的保存天数',
    en: 'Days for which a body is kept after the registry has acknowledged it',
  }),
  'offlineLimits.days': whole({
    least: 1,
    most: 90,
    initial: 10,
    counts: 'at-once',
    zh: '离线满多少天后暂停受理',
    en: 'Days without the registry after which no new session starts',
  }),
  'offlineLimits.warnDays': whole({
    least: 0,
    most: 30,
    initial: 2,
    counts: 'at-once',
    zh: '离线期限前多少天开始提醒',
    en: 'Days before that limit at which the terminal begins to warn',
  }),
  'offlineLimits.packets': whole({
    least: 1,
    most: 1_000_000,
    initial: 10_000,
    counts: 'at-once',
    zh: '待上传数据包达到多少份后暂停受理',
    en: 'Waiting packets at which no new session starts',
  }),
  'offlineLimits.freeMegabytes': whole({
    least: 64,
    most: 1_000_000,
    initial: 256,
    counts: 'at-once',
    zh: '磁盘剩余空间低于多少兆字节时暂停受理',
    en: 'Megabytes of free disk under which no new session starts',
  }),
} as const satisfies Readonly<Record<string, OperationalSetting>>;

export type OperationalName = keyof typeof OPERATIONAL_SETTINGS;

export const OPERATIONAL_NAMES = Object.keys(OPERATIONAL_SETTINGS) as readonly OperationalName[];

export function isOperational(name: string): name is OperationalName {
  return Object.hasOwn(OPERATIONAL_SETTINGS, name);
}

/** What is wrong with a value, or null. Never quotes it. */
export function operationalFault(name: OperationalName, value: unknown): string | null {
  const checked = v.safeParse(OPERATIONAL_SETTINGS[name].schema, value);
  if (checked.success) return null;
  return checked.issues[0].message.replace(/ but received .*$/, '').replace(/^Invalid /, 'invalid ');
}

/** The schema of a setting in the station's file: its default is filled in where it is not given. */
export function inFile<N extends OperationalName>(name: N) {
  const { schema, initial } = OPERATIONAL_SETTINGS[name];
  return v.optional(
    schema as v.GenericSchema<unknown, v.InferOutput<(typeof OPERATIONAL_SETTINGS)[N]['schema']>>,
    initial,
  );
}

/** Who may set something at the terminal against what the registry set. A supervisor may all that a technician may. */
export const OVERRIDES = ['nobody', 'technician', 'supervisor'] as const;
export type Override = (typeof OVERRIDES)[number];

function whole(setting: {
  readonly least: number;
  readonly most: number;
  readonly initial: number;
  readonly counts: OperationalSetting['counts'];
  readonly zh: string;
  readonly en: string;
}): OperationalSetting<number> {
  const { least, most, initial, counts, zh, en } = setting;
  const schema = v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
  return { schema, initial, takes: { kind: 'whole', least, most }, counts, zh, en };
}
