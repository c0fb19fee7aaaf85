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
  /** The PIN that is being compared; it is answered for its own member, wherever that one has gone meanwhile. */
  readonly check: PinCheck | null;
  /** How many comparisons there have been; the next one takes the number after. */
  readonly checks: number;
}

export interface PinCheck {
  readonly number: number;
  readonly member: StaffMember;
  /** When the PIN was entered. */
  readonly since: number;
}

export type LogInStage =
  | { readonly at: 'out' }
  /** A genuine badge was shown; without the PIN it opens nothing. */
  | { readonly at: 'badge'; readonly member: StaffMember; readonly since: number }
  /** Waits for the answer to {@link LogInState.check}, which is this member's own. */
  | { readonly at: 'checking'; readonly member: StaffMember; readonly check: number }
  | { readonly at: 'in'; readonly member: StaffMember; readonly activeAt: number };

export type LogInEvent =
  | { readonly type: 'badge-shown'; readonly member: StaffMember; readonly now: number }
  | { readonly type: 'pin-entered'; readonly now: number }
  /** `check` is the number that {@link LogInEffect} `check-pin` gave: no answer is taken for another's. */
  | { readonly type: 'pin-right'; readonly check: number; readonly now: number }
  /** `nonce` is a fresh one, taken when this try was the last. */
  | { readonly type: 'pin-wrong'; readonly check: number; readonly nonce: string }
  /** The answer could not be kept: the try stands as counted, and nobody gets in by it. */
  | { readonly type: 'check-dropped'; readonly check: number }
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
  | { readonly type: 'check-pin'; readonly member: StaffMember; readonly check: number }
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

export const loggedOut: LogInState = {
  stage: { at: 'out' },
  throttles: new Map(),
  nonce: null,
  check: null,
  checks: 0,
};

export function advanceLogIn(state: LogInState, event: LogInEvent): LogInStep {
  const { stage } = state;
  switch (event.type) {
    case 'badge-shown':
      if (stage.at === 'in' || stage.at === 'checking') return still(state);
      return still({ ...state, stage: { at: 'badge', member: event.member, since: event.now } });
    case 'pin-entered':
      return stage.at === 'badge' ? enterPin(state, stage.member, event.now) : still(state);
    case 'pin-right':
      return state.check?.number === event.check ? takeRight(state, state.check, event.now) : still(state);
    case 'pin-wrong':
      return state.check?.number === event.check ? takeWrong(state, state.check, event.nonce) : still(state);
    case 'check-dropped':
      if (state.check?.number !== event.check) return still(state);
      return still({ ...state, check: null, stage: waitsFor(stage, state.check) ? { at: 'out' } : stage });
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

/**
 * Counts the try before it is compared. Whoever has to wait, or is blocked, is not compared at all; and one PIN is
 * compared at a time, also when whoever entered the one before has left.
 */
function enterPin(state: LogInState, member: StaffMember, now: number): LogInStep {
  if (state.check !== null) return still(state);
  const { staffId } = member;
  const before = state.throttles.get(staffId) ?? null;
  if (throttleState(before, now).kind !== 'free') return still(state);
  const throttle: Throttle = { wrong: (before?.wrong ?? 0) + 1, since: now };
  const check = state.checks + 1;
  return {
    state: {
      ...state,
      stage: { at: 'checking', member, check },
      check: { number: check, member, since: now },
      checks: check,
      throttles: new Map([...state.throttles, [staffId, throttle]]),
    },
    effects: [
      { type: 'keep-throttle', staffId, throttle },
      { type: 'check-pin', member, check },
    ],
  };
}

function waitsFor(stage: LogInStage, check: PinCheck): boolean {
  return stage.at === 'checking' && stage.check === check.number;
}

/** Forgets the wrong tries. Lets in only whoever still waits for this very answer. */
function takeRight(state: LogInState, check: PinCheck, now: number): LogInStep {
  const { member } = check;
  const throttles = new Map(state.throttles);
  throttles.delete(member.staffId);
  const settled: LogInState = { ...state, throttles, check: null };
  const kept: LogInEffect = { type: 'keep-throttle', staffId: member.staffId, throttle: null };
  if (!waitsFor(state.stage, check)) return { state: settled, effects: [kept] };
  return {
    state: { ...settled, stage: { at: 'in', member, activeAt: now } },
    effects: [kept, { type: 'tell', news: { kind: 'logged-in', member } }],
  };
}

/** Told, and blocked where it was the last one, also when whoever tried has left before the answer. */
function takeWrong(state: LogInState, check: PinCheck, freshNonce: string): LogInStep {
  const { member, since } = check;
  const waiting = waitsFor(state.stage, check);
  const throttle = state.throttles.get(member.staffId) ?? null;
  const told: LogInEffect[] = [
    { type: 'tell', news: { kind: 'pin-wrong', member, wrong: throttle?.wrong ?? 0 } },
  ];
  if (throttleState(throttle, since).kind !== 'blocked') {
    const stage: LogInStage = waiting ? { at: 'badge', member, since } : state.stage;
    return { state: { ...state, check: null, stage }, effects: told };
  }
  const nonce = state.nonce ?? freshNonce;
  return {
    state: { ...state, check: null, stage: waiting ? { at: 'out' } : state.stage, nonce },
    effects: [{ type: 'keep-nonce', nonce }, ...told, { type: 'tell', news: { kind: 'blocked', member } }],
  };
}

/**
 * Lifts every block and forgets the nonce with it: the same code has nothing left to name. A try that is being compared
 * at this moment is the first one after it.
 */
function unlock(state: LogInState, nonce: string): LogInStep {
  if (state.nonce === null || state.nonce !== nonce) return still(state);
  const { check } = state;
  const throttles = new Map<string, Throttle>(
    check === null ? [] : [[check.member.staffId, { wrong: 1, since: check.since }]],
  );
  return {
    state: { ...state, throttles, nonce: null },
    effects: [
      { type: 'keep-nonce', nonce: null },
      ...[...state.throttles.keys()].map(
        (staffId): LogInEffect => ({
          type: 'keep-throttle',
          staffId,
          throttle: throttles.get(staffId) ?? null,
        }),
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
