import type { Screen, Snapshot, Visit } from '#domain/session/snapshot.ts';
import { planOf } from '#domain/session/visits.ts';

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

/** Screens of one kind of visit only; all others are shown as in that for a full e-ID. */
const VISIT_OF: Partial<Record<Screen['name'], Visit>> = {
  number: 'basic',
  name: 'basic',
  'scan-slip': 'status',
  status: 'status',
  'scan-eid': 'check',
  checked: 'check',
};

/** As the station counts the steps of a visit; none before and after them. */
function progressIn(visit: Visit, name: Screen['name']): Snapshot['progress'] {
  const { steps } = planOf(visit);
  const step = steps.findIndex((screens) => screens.includes(name)) + 1;
  return step === 0 ? null : { step, of: steps.length };
}

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
  'exchange',
  'scan-slip',
  'status',
  'scan-eid',
  'checked',
];

export function scene(
  name: string,
  screen: Screen,
  change: Partial<Scene['snapshot']> & { readonly pictured?: boolean; readonly visit?: Visit } = {},
): Scene {
  const { pictured = true, visit = VISIT_OF[screen.name] ?? 'full', ...rest } = change;
  return {
    name,
    pictured,
    snapshot: {
      ...usual,
      screen,
      progress: progressIn(visit, screen.name),
      canGoBack: WITH_BACK.includes(screen.name),
      canCancel: !WITHOUT_CANCEL.includes(screen.name),
      ...rest,
    },
  };
}
