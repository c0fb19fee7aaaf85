import { assertNever } from '../result.ts';
import type { StaffMember } from './role.ts';
import { type Throttle, throttleState } from './throttle.ts';

/**
 * Logging in at the console: a badge, then its PIN. Pure: {@link advanceLogIn} answers an event with the new state and
 * what is to be done. Times are boot-monotonic milliseconds, so that no clock that somebody can set has a part in it.
 */
export interface LogInState {
  readonly stage: LogInStage;
  /** Wrong tries of everybody who has some, by staff id. */
  readonly throttles: ReadonlyMap<string, Throttle>;
  /** What an unlock has to name, once; null while nobody is blocked. */
  readonly nonce: string | null;
}

export type LogInStage =
  | { readonly at: 'out' }
  /** A genuine badge was shown; without the PIN it opens nothing. */
  | { readonly at: 'badge'; readonly member: StaffMember; readonly since: number }
  | { readonly at: 'checking'; readonly member: StaffMember }
  | { readonly at: 'in'; readonly member: StaffMember; readonly activeAt: number };

export type LogInEvent =
  | { readonly type: 'badge-shown'; readonly member: StaffMember; readonly now: number }
  | { readonly type: 'pin-entered'; readonly now: number }
  | { readonly type: 'pin-right'; readonly now: number }
  /** `nonce` is a fresh one, taken when this try was the last. */
  | { readonly type: 'pin-wrong'; readonly nonce: string }
  /** A genuine unlock for this station came, naming a nonce. */
  | { readonly type: 'unlock-shown'; readonly nonce: string }
  /** Somebody did something at the console. */
  | { readonly type: 'active'; readonly now: number }
  | { readonly type: 'time-passed'; readonly now: number }
  | { readonly type: 'logged-out' };

export type LogInEffect =
  /** Keep somebody's wrong tries on the disk before anything else is done; null forgets them. */
  | { readonly type: 'keep-throttle'; readonly staffId: string; readonly throttle: Throttle | null }
  | { readonly type: 'keep-nonce'; readonly nonce: string | null }
  | { readonly type: 'check-pin'; readonly member: StaffMember }
  | { readonly type: 'tell'; readonly news: LogInNews };

/** What the audit chain hears. */
export type LogInNews =
  | { readonly kind: 'logged-in'; readonly member: StaffMember }
  | { readonly kind: 'logged-out'; readonly member: StaffMember; readonly cause: 'asked' | 'idle' }
  | { readonly kind: 'pin-wrong'; readonly member: StaffMember; readonly wrong: number }
  | { readonly kind: 'blocked'; readonly member: StaffMember }
  | { readonly kind: 'unlocked' };

export interface LogInStep {
  readonly state: LogInState;
  readonly effects: readonly LogInEffect[];
}

export const LOG_IN_DELAYS = {
  /** A session without a touch ends. */
  idle: 5 * 60_000,
  /** A badge that was shown waits no longer than this for its PIN. */
  badge: 60_000,
} as const;

export const loggedOut: LogInState = { stage: { at: 'out' }, throttles: new Map(), nonce: null };

export function advanceLogIn(state: LogInState, event: LogInEvent): LogInStep {
  const { stage } = state;
  switch (event.type) {
    case 'badge-shown':
      if (stage.at === 'in' || stage.at === 'checking') return still(state);
      return still({ ...state, stage: { at: 'badge', member: event.member, since: event.now } });
    case 'pin-entered':
      return stage.at === 'badge' ? enterPin(state, stage.member, event.now) : still(state);
    case 'pin-right':
      return stage.at === 'checking' ? letIn(state, stage.member, event.now) : still(state);
    case 'pin-wrong':
      return stage.at === 'checking' ? refuse(state, stage.member, event.nonce) : still(state);
    case 'unlock-shown':
      return unlock(state, event.nonce);
    case 'active':
      return stage.at === 'in' ? still({ ...state, stage: { ...stage, activeAt: event.now } }) : still(state);
    case 'time-passed':
      return passTime(state, event.now);
    case 'logged-out':
      return stage.at === 'in'
        ? end(state, stage.member, 'asked')
        : still({ ...state, stage: { at: 'out' } });
    default:
      return assertNever(event);
  }
}

/** Counts the try before it is compared. Whoever has to wait, or is blocked, is not compared at all. */
function enterPin(state: LogInState, member: StaffMember, now: number): LogInStep {
  const { staffId } = member;
  const before = state.throttles.get(staffId) ?? null;
  if (throttleState(before, now).kind !== 'free') return still(state);
  const throttle: Throttle = { wrong: (before?.wrong ?? 0) + 1, since: now };
  return {
    state: {
      ...state,
      stage: { at: 'checking', member },
      throttles: new Map([...state.throttles, [staffId, throttle]]),
    },
    effects: [
      { type: 'keep-throttle', staffId, throttle },
      { type: 'check-pin', member },
    ],
  };
}

function letIn(state: LogInState, member: StaffMember, now: number): LogInStep {
  const throttles = new Map(state.throttles);
  throttles.delete(member.staffId);
  return {
    state: { ...state, throttles, stage: { at: 'in', member, activeAt: now } },
    effects: [
      { type: 'keep-throttle', staffId: member.staffId, throttle: null },
      { type: 'tell', news: { kind: 'logged-in', member } },
    ],
  };
}

function refuse(state: LogInState, member: StaffMember, freshNonce: string): LogInStep {
  const throttle = state.throttles.get(member.staffId) ?? null;
  const wrong = throttle?.wrong ?? 0;
  const told: LogInEffect[] = [{ type: 'tell', news: { kind: 'pin-wrong', member, wrong } }];
  if (throttle === null || throttleState(throttle, throttle.since).kind !== 'blocked') {
    return {
      state: { ...state, stage: { at: 'badge', member, since: throttle?.since ?? 0 } },
      effects: told,
    };
  }
  const nonce = state.nonce ?? freshNonce;
  return {
    state: { ...state, stage: { at: 'out' }, nonce },
    effects: [{ type: 'keep-nonce', nonce }, ...told, { type: 'tell', news: { kind: 'blocked', member } }],
  };
}

/** Lifts every block and forgets the nonce with it: the same code has nothing left to name. */
function unlock(state: LogInState, nonce: string): LogInStep {
  if (state.nonce === null || state.nonce !== nonce) return still(state);
  return {
    state: { ...state, throttles: new Map(), nonce: null },
    effects: [
      { type: 'keep-nonce', nonce: null },
      ...[...state.throttles.keys()].map(
        (staffId): LogInEffect => ({ type: 'keep-throttle', staffId, throttle: null }),
      ),
      { type: 'tell', news: { kind: 'unlocked' } },
    ],
  };
}

function passTime(state: LogInState, now: number): LogInStep {
  const { stage } = state;
  if (stage.at === 'in' && now - stage.activeAt >= LOG_IN_DELAYS.idle)
    return end(state, stage.member, 'idle');
  if (stage.at === 'badge' && now - stage.since >= LOG_IN_DELAYS.badge) {
    return still({ ...state, stage: { at: 'out' } });
  }
  return still(state);
}

function end(state: LogInState, member: StaffMember, cause: 'asked' | 'idle'): LogInStep {
  return {
    state: { ...state, stage: { at: 'out' } },
    effects: [{ type: 'tell', news: { kind: 'logged-out', member, cause } }],
  };
}

function still(state: LogInState): LogInStep {
  return { state, effects: [] };
}
