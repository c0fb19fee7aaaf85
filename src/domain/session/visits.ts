import type { Application } from '../enrolment/application.ts';
import type { StationFacts } from './chart-context.ts';
import type { DeviceState } from './chart-event.ts';
import { type ScreenName, VISITS, type Visit } from './snapshot.ts';

/** What sets one visit apart from another; the chart's guards and the record go by this table alone. */
interface VisitPlan {
  /** What the packet asks for; null when nothing is saved. */
  readonly application: Application | null;
  /** Where the citizen number comes from. */
  readonly holder: 'card' | 'typed' | 'none';
  /** A new e-ID gets a password; one that exists is known by it. */
  readonly password: 'choose' | 'prove' | 'none';
  /** Without this device the visit cannot be offered. The phone step goes on without a scanner: no phone. */
  readonly needs: 'reader' | 'scanner' | null;
  /** In the order that the citizen's progress is counted. */
  readonly steps: readonly (readonly ScreenName[])[];
}

const CHOOSING: readonly ScreenName[] = ['language', 'visit'];
const PHONE: readonly ScreenName[] = ['phone', 'phone-confirm'];
const FACE: readonly ScreenName[] = ['face', 'face-failed', 'exchange', 'camera-problem'];
const SENDING: readonly ScreenName[] = ['review', 'saving', 'save-failed', 'deciding'];
const WITH_CARD = [CHOOSING, ['consent'], PHONE, ['password'], ['card'], FACE, SENDING] as const;

const PLANS: Readonly<Record<Visit, VisitPlan>> = {
  full: { application: 'full', holder: 'card', password: 'choose', needs: 'reader', steps: WITH_CARD },
  basic: {
    application: 'basic',
    holder: 'typed',
    password: 'choose',
    needs: null,
    steps: [CHOOSING, ['consent'], PHONE, ['password'], ['number'], ['name'], FACE, SENDING],
  },
  upgrade: { application: 'upgrade', holder: 'card', password: 'prove', needs: 'reader', steps: WITH_CARD },
  'report-lost': {
    application: 'report-lost',
    holder: 'typed',
    password: 'prove',
    needs: null,
    steps: [CHOOSING, ['consent'], ['number'], ['password'], FACE, SENDING],
  },
  status: {
    application: null,
    holder: 'none',
    password: 'none',
    needs: 'scanner',
    steps: [CHOOSING, ['scan-slip'], ['status']],
  },
  check: {
    application: null,
    holder: 'none',
    password: 'none',
    needs: 'scanner',
    steps: [CHOOSING, ['scan-eid'], ['checked']],
  },
};

export function planOf(visit: Visit): VisitPlan {
  return PLANS[visit];
}

/** What a visit that has come to consent asks for. Throws for one that saves nothing: a bug. */
export function applicationFor(visit: Visit | null): Application {
  const application = visit === null ? null : PLANS[visit].application;
  if (application === null) throw new Error('a visit that asks for nothing is to be saved');
  return application;
}

/** Visits that a missing device rules out just now. One that is only on its way is waited for at its step. */
export function unavailableVisits(station: Pick<StationFacts, 'reader' | 'scanner'>): readonly Visit[] {
  return VISITS.filter((visit) => {
    const { needs } = PLANS[visit];
    return needs !== null && isGone(station[needs]);
  });
}

export function isGone(state: DeviceState): boolean {
  return state === 'absent' || state === 'out-of-service';
}
