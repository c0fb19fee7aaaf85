import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advanceLogIn,
  LOG_IN_DELAYS,
  type LogInEffect,
  type LogInEvent,
  type LogInState,
  loggedOut,
} from '#domain/staff/log-in.ts';
import { restoreLogIn } from '#domain/staff/restore.ts';
import { isPin, mayDo, type StaffMember } from '#domain/staff/role.ts';
import { THROTTLE, throttleState, waitAfter } from '#domain/staff/throttle.ts';

const wen: StaffMember = { staffId: 'T-07', role: 'technician', badge: 'b0011223344556677' };
const su: StaffMember = { staffId: 'S-01', role: 'supervisor', badge: 'b8899aabbccddeeff' };

/** Number of the comparison that is to be made; null when none is. */
function checkIn(effects: readonly LogInEffect[]): number | null {
  return effects.find((effect) => effect.type === 'check-pin')?.check ?? null;
}

/** A console at which somebody tries one PIN after the other, on a clock that only the test moves. */
function consoleAt(state: LogInState = loggedOut) {
  let current = state;
  let now = 1_000;
  const feed = (event: LogInEvent) => {
    const step = advanceLogIn(current, event);
    current = step.state;
    return step.effects;
  };
  return {
    get state() {
      return current;
    },
    get now() {
      return now;
    },
    feed,
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
    show: (member: StaffMember) => feed({ type: 'badge-shown', member, now }),
    /** True when the PIN was compared. */
    tryPin(right: boolean, nonce = 'NONCE') {
      const check = checkIn(feed({ type: 'pin-entered', now }));
      if (check !== null)
        feed(right ? { type: 'pin-right', check, now } : { type: 'pin-wrong', check, nonce });
      return check !== null;
    },
    tries: (member: StaffMember) => throttleState(current.throttles.get(member.staffId) ?? null, now),
  };
}

/** Wrong tries until nobody is compared any more, waiting as long as is asked for. */
function blocked() {
  const at = consoleAt();
  for (let wrong = 0; wrong < THROTTLE.mostTries; wrong += 1) {
    at.show(wen);
    const tries = at.tries(wen);
    if (tries.kind === 'waiting') at.wait(tries.leftMs);
    at.tryPin(false, 'ONE');
  }
  return at;
}

describe('a badge and its PIN', () => {
  it('let in together, and neither alone', () => {
    const at = consoleAt();
    expect(at.tryPin(true)).toBe(false);
    at.show(wen);
    expect(at.state.stage.at).toBe('badge');
    expect(at.tryPin(true)).toBe(true);
    expect(at.state.stage).toMatchObject({ at: 'in', member: wen });
  });

  it('is compared only after the try has been counted', () => {
    const at = consoleAt();
    at.show(wen);
    const effects = at.feed({ type: 'pin-entered', now: at.now });
    expect(effects.map(({ type }) => type)).toEqual(['keep-throttle', 'check-pin']);
  });

  it('an answer that comes after staff have left lets nobody in', () => {
    const at = consoleAt();
    at.show(wen);
    const check = checkIn(at.feed({ type: 'pin-entered', now: at.now })) ?? 0;
    at.feed({ type: 'logged-out' });
    at.feed({ type: 'pin-right', check, now: at.now });
    expect(at.state.stage.at).toBe('out');
    expect(at.tries(wen)).toEqual({ kind: 'free', triesLeft: THROTTLE.mostTries });
  });

  it('an answer of one badge lets nobody in with the next', () => {
    const at = consoleAt();
    at.show(wen);
    const check = checkIn(at.feed({ type: 'pin-entered', now: at.now })) ?? 0;
    at.feed({ type: 'logged-out' });
    at.show(su);
    expect(checkIn(at.feed({ type: 'pin-entered', now: at.now }))).toBeNull();
    at.feed({ type: 'pin-right', check, now: at.now });
    expect(at.state.stage).toMatchObject({ at: 'badge', member: su });
    expect(at.tryPin(false)).toBe(true);
    expect(at.state.stage).toMatchObject({ at: 'badge', member: su });
  });

  it('a comparison that could not be ended leaves the try counted, and the next can be made', () => {
    const at = consoleAt();
    at.show(wen);
    const check = checkIn(at.feed({ type: 'pin-entered', now: at.now })) ?? 0;
    at.feed({ type: 'check-dropped', check });
    expect(at.state.stage.at).toBe('out');
    expect(at.tries(wen)).toMatchObject({ triesLeft: THROTTLE.mostTries - 1 });
    at.show(wen);
    expect(at.tryPin(true)).toBe(true);
  });

  it('a badge is forgotten when no PIN follows', () => {
    const at = consoleAt();
    at.show(wen);
    at.wait(LOG_IN_DELAYS.badge);
    at.feed({ type: 'time-passed', now: at.now });
    expect(at.state.stage.at).toBe('out');
  });

  it('a session ends after five minutes without a touch, and says that it did', () => {
    const at = consoleAt();
    at.show(wen);
    at.tryPin(true);
    at.wait(LOG_IN_DELAYS.idle - 1);
    at.feed({ type: 'active', now: at.now });
    at.wait(LOG_IN_DELAYS.idle - 1);
    expect(at.feed({ type: 'time-passed', now: at.now })).toEqual([]);
    at.wait(1);
    expect(at.feed({ type: 'time-passed', now: at.now })).toEqual([
      { type: 'tell', news: { kind: 'logged-out', member: wen, cause: 'idle' } },
    ]);
  });

  it('another badge does not take over a session', () => {
    const at = consoleAt();
    at.show(wen);
    at.tryPin(true);
    at.show(su);
    expect(at.state.stage).toMatchObject({ at: 'in', member: wen });
  });
});

describe('wrong PINs', () => {
  it.each([
    [4, 0],
    [5, 15_000],
    [6, 30_000],
    [7, 60_000],
    [14, 7_680_000],
  ])('after %i of them the wait is %i ms', (wrong, wait) => {
    expect(waitAfter(wrong)).toBe(wait);
  });

  it('the fifteenth blocks, and then even the right PIN is not compared', () => {
    const at = blocked();
    expect(at.tries(wen)).toEqual({ kind: 'blocked' });
    expect(at.state.nonce).toBe('ONE');
    at.wait(10 * 86_400_000);
    at.show(wen);
    expect(at.tryPin(true)).toBe(false);
  });

  it('count, are told and block as well when whoever tried has left before the answer', () => {
    const at = consoleAt();
    for (let wrong = 1; wrong <= THROTTLE.mostTries; wrong += 1) {
      at.show(wen);
      const tries = at.tries(wen);
      if (tries.kind === 'waiting') at.wait(tries.leftMs);
      const check = checkIn(at.feed({ type: 'pin-entered', now: at.now })) ?? 0;
      at.feed({ type: 'logged-out' });
      const effects = at.feed({ type: 'pin-wrong', check, nonce: 'ONE' });
      expect(effects).toContainEqual({ type: 'tell', news: { kind: 'pin-wrong', member: wen, wrong } });
      expect(at.state.stage.at).toBe('out');
    }
    expect(at.tries(wen)).toEqual({ kind: 'blocked' });
    expect(at.state.nonce).toBe('ONE');
  });

  it('that are being compared while a block is lifted still count', () => {
    const at = blocked();
    at.show(su);
    const check = checkIn(at.feed({ type: 'pin-entered', now: at.now })) ?? 0;
    at.feed({ type: 'unlock-shown', nonce: 'ONE' });
    const effects = at.feed({ type: 'pin-wrong', check, nonce: 'TWO' });
    expect(effects).toEqual([{ type: 'tell', news: { kind: 'pin-wrong', member: su, wrong: 1 } }]);
    expect(at.tries(su)).toEqual({ kind: 'free', triesLeft: THROTTLE.mostTries - 1 });
    expect(at.tries(wen)).toEqual({ kind: 'free', triesLeft: THROTTLE.mostTries });
  });

  it('block their badge and no other', () => {
    const at = blocked();
    at.show(su);
    expect(at.tryPin(true)).toBe(true);
    expect(at.state.stage).toMatchObject({ at: 'in', member: su });
  });

  it('an unlock lifts the block once; shown again it is refused', () => {
    const at = blocked();
    expect(at.feed({ type: 'unlock-shown', nonce: 'ONE' })).toContainEqual({
      type: 'tell',
      news: { kind: 'unlocked' },
    });
    expect(at.tries(wen).kind).toBe('free');
    expect(at.feed({ type: 'unlock-shown', nonce: 'ONE' })).toEqual([]);
  });

  it('an unlock of an earlier block does nothing for the next', () => {
    const at = blocked();
    at.feed({ type: 'unlock-shown', nonce: 'ONE' });
    for (let wrong = 0; wrong < THROTTLE.mostTries; wrong += 1) {
      at.show(wen);
      at.wait(10_000_000);
      at.tryPin(false, 'TWO');
    }
    at.feed({ type: 'unlock-shown', nonce: 'ONE' });
    expect(at.tries(wen).kind).toBe('blocked');
    at.feed({ type: 'unlock-shown', nonce: 'TWO' });
    expect(at.tries(wen).kind).toBe('free');
  });
});

describe('a start', () => {
  const kept = { staffId: wen.staffId, wrong: 6, since: 5_000, bootId: 'boot-1' };
  const restored = (bootId: string | null, now: number) =>
    throttleState(
      restoreLogIn({ throttles: [kept], nonce: null, freshNonce: 'FRESH', bootId, now }).throttles.get(
        wen.staffId,
      ) ?? null,
      now,
    );

  it('of the program leaves the running wait as it was', () => {
    expect(restored('boot-1', 15_000)).toEqual({ kind: 'waiting', triesLeft: 9, leftMs: 20_000 });
  });

  it('of the machine begins it anew, and so does one of a system that cannot tell', () => {
    for (const bootId of ['boot-2', null]) {
      expect(restored(bootId, 15_000)).toEqual({ kind: 'waiting', triesLeft: 9, leftMs: 30_000 });
    }
  });

  it('with somebody blocked always has a nonce to unlock with', () => {
    const throttles = [{ ...kept, wrong: THROTTLE.mostTries }];
    const start = { throttles, freshNonce: 'FRESH', bootId: 'boot-1', now: 6_000 };
    expect(restoreLogIn({ ...start, nonce: 'KEPT' }).nonce).toBe('KEPT');
    expect(restoreLogIn({ ...start, nonce: null }).nonce).toBe('FRESH');
    expect(restoreLogIn({ ...start, throttles: [], nonce: 'KEPT' }).nonce).toBeNull();
  });
});

describe('whatever is done, in whatever order', () => {
  const action = fc.oneof(
    fc.record({ do: fc.constant('show' as const), member: fc.constantFrom(wen, su) }),
    fc.record({ do: fc.constant('wrong' as const) }),
    fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 10_000_000 }) }),
    fc.record({ do: fc.constant('restart' as const), reboot: fc.boolean() }),
    fc.record({ do: fc.constant('leave' as const) }),
  );

  it('nobody gets in by guessing, and no more than fifteen guesses are compared, each after its wait', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 120 }), (actions) => {
        let at = consoleAt();
        let clock = 0;
        let boot = 0;
        const compared = new Map<string, number[]>();
        for (const step of actions) {
          switch (step.do) {
            case 'show':
              at.feed({ type: 'badge-shown', member: step.member, now: clock });
              break;
            case 'wrong': {
              const { stage } = at.state;
              const effects = at.feed({ type: 'pin-entered', now: clock });
              const check = checkIn(effects);
              if (stage.at !== 'badge' || check === null) break;
              compared.set(stage.member.staffId, [...(compared.get(stage.member.staffId) ?? []), clock]);
              at.feed({ type: 'pin-wrong', check, nonce: 'N' });
              break;
            }
            case 'wait':
              clock += step.ms;
              break;
            case 'restart': {
              const throttles = [...at.state.throttles].map(([staffId, throttle]) => ({
                staffId,
                ...throttle,
                bootId: String(boot),
              }));
              if (step.reboot) boot += 1;
              const { nonce } = at.state;
              at = consoleAt(
                restoreLogIn({ throttles, nonce, freshNonce: 'N', bootId: String(boot), now: clock }),
              );
              break;
            }
            case 'leave':
              at.feed({ type: 'logged-out' });
              break;
          }
          expect(at.state.stage.at).not.toBe('in');
        }
        for (const times of compared.values()) {
          expect(times.length).toBeLessThanOrEqual(THROTTLE.mostTries);
          for (const [index, time] of times.entries()) {
            const before = times[index - 1];
            if (before !== undefined) expect(time - before).toBeGreaterThanOrEqual(waitAfter(index));
          }
        }
      }),
    );
  });
});

describe('answers that come whenever they come', () => {
  const action = fc.oneof(
    fc.record({ do: fc.constant('show' as const), member: fc.constantFrom(wen, su) }),
    fc.record({ do: fc.constant('enter' as const), right: fc.boolean() }),
    fc.record({ do: fc.constant('answer' as const), which: fc.nat({ max: 5 }) }),
    fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 10_000_000 }) }),
    fc.record({ do: fc.constant('leave' as const) }),
    fc.record({ do: fc.constant('unlock' as const) }),
  );
  interface Entered {
    readonly check: number;
    readonly member: StaffMember;
    readonly right: boolean;
    left: boolean;
    answered: boolean;
  }

  it('let in only whose own PIN was right and who has not left since, and every wrong one is told of its own badge', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 100 }), (actions) => {
        const at = consoleAt();
        const entered: Entered[] = [];
        for (const step of actions) {
          const before = at.state.stage;
          switch (step.do) {
            case 'show':
              at.show(step.member);
              break;
            case 'enter': {
              const check = checkIn(at.feed({ type: 'pin-entered', now: at.now }));
              if (check === null || before.at !== 'badge') break;
              expect(entered.every((each) => each.answered)).toBe(true);
              const { member } = before;
              entered.push({ check, member, right: step.right, left: false, answered: false });
              break;
            }
            case 'answer': {
              // Any of them, also one that was answered long ago.
              const each = entered[entered.length === 0 ? 0 : step.which % entered.length];
              if (each === undefined) break;
              const { check, member } = each;
              const effects = at.feed(
                each.right
                  ? { type: 'pin-right', check, now: at.now }
                  : { type: 'pin-wrong', check, nonce: 'N' },
              );
              const wrongOnes = effects.filter(
                (effect) => effect.type === 'tell' && effect.news.kind === 'pin-wrong',
              );
              expect(wrongOnes).toHaveLength(each.right || each.answered ? 0 : 1);
              for (const told of wrongOnes) expect(told).toMatchObject({ news: { member } });
              const letIn = before.at !== 'in' && at.state.stage.at === 'in';
              expect(letIn).toBe(each.right && !each.left && !each.answered);
              if (letIn) expect(at.state.stage).toMatchObject({ member });
              each.answered = true;
              break;
            }
            case 'wait':
              at.wait(step.ms);
              at.feed({ type: 'time-passed', now: at.now });
              break;
            case 'leave':
              at.feed({ type: 'logged-out' });
              for (const each of entered) each.left = true;
              break;
            case 'unlock':
              at.feed({ type: 'unlock-shown', nonce: at.state.nonce ?? '' });
              break;
          }
          const waitingFor = entered.find((each) => !each.answered)?.member ?? null;
          for (const member of [wen, su]) {
            if (member === waitingFor || at.tries(member).kind !== 'blocked') continue;
            expect(at.state.nonce, 'whoever is blocked can be unlocked').not.toBeNull();
          }
        }
      }),
    );
  });
});

describe('roles', () => {
  it('an officer sees whether it works, not how it is set up or what others did', () => {
    expect(mayDo('officer', 'see-queue')).toBe(true);
    expect(mayDo('officer', 'see-audit')).toBe(false);
    expect(mayDo('officer', 'see-settings')).toBe(false);
    expect(mayDo('technician', 'see-audit')).toBe(true);
  });

  it.each([
    ['123456', true],
    ['12345', false],
    ['1234567890123', false],
    ['12345a', false],
    ['１２３４５６', false],
  ])('%s as a PIN: %s', (text, fits) => {
    expect(isPin(text)).toBe(fits);
  });
});
