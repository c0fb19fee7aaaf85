import type { Screen, Snapshot } from '#domain/session/snapshot.ts';

/** One state of the citizen's screen, under a name that a screenshot can carry. */
export interface Scene {
  readonly name: string;
  readonly snapshot: Omit<Snapshot, 'number' | 'language'>;
  /** A picture is taken of it for people to judge. */
  readonly pictured: boolean;
}

/** Every value of a union: the compiler refuses a list that lacks one. */
export function allOf<T extends string>(values: Readonly<Record<T, true>>): readonly T[] {
  return Object.keys(values) as T[];
}

export const STATION = '荔湾政务服务中心 3 号机';
/** The most that can stand over a screen. */
export const OFFLINE = { simulated: true, offline: true, stationName: STATION } as const;

const usual = {
  canGoBack: false,
  canCancel: false,
  helpOpen: false,
  cancelAsked: false,
  idleSecondsLeft: null,
  progress: null,
  notices: { simulated: true, offline: false, stationName: STATION },
} as const;

/** As the station counts them in most visits: seven steps up to the decision, none before and after. */
const STEPS: Partial<Record<Screen['name'], number>> = {
  language: 1,
  visit: 1,
  consent: 2,
  phone: 3,
  'phone-confirm': 3,
  password: 4,
  card: 5,
  number: 5,
  name: 6,
  'scan-slip': 2,
  status: 3,
  'scan-eid': 2,
  checked: 3,
  face: 6,
  'face-failed': 6,
  'camera-problem': 6,
  review: 7,
  saving: 7,
  'save-failed': 7,
  deciding: 7,
};
const WITHOUT_CANCEL: readonly Screen['name'][] = [
  'closed',
  'attract',
  'saving',
  'deciding',
  'issued',
  'collect',
  'revoked',
  'waiting',
  'rejected',
  'slip',
  'ticket',
  'take-card',
  'goodbye',
  'staff',
];
const WITH_BACK: readonly Screen['name'][] = [
  'language',
  'visit',
  'consent',
  'phone',
  'phone-confirm',
  'password',
  'card',
  'number',
  'name',
  'scan-slip',
  'status',
  'scan-eid',
  'checked',
];

export function scene(
  name: string,
  screen: Screen,
  change: Partial<Scene['snapshot']> & { readonly pictured?: boolean } = {},
): Scene {
  const { pictured = true, ...rest } = change;
  const step = STEPS[screen.name];
  const of = screen.name === 'status' || screen.name === 'checked' || screen.name.startsWith('scan') ? 3 : 7;
  return {
    name,
    pictured,
    snapshot: {
      ...usual,
      screen,
      progress: step === undefined ? null : { step, of },
      canGoBack: WITH_BACK.includes(screen.name),
      canCancel: !WITHOUT_CANCEL.includes(screen.name),
      ...rest,
    },
  };
}
