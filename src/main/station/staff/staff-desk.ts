import type { BadgeRefusal, UnlockRefusal } from '#contract/console-api.ts';
import type { RandomBytes } from '#domain/clock.ts';
import { err, ok, type Result } from '#domain/result.ts';
import {
  advanceLogIn,
  type LogInEvent,
  type LogInNews,
  type LogInState,
  type LogInStep,
} from '#domain/staff/log-in.ts';
import { restoreLogIn } from '#domain/staff/restore.ts';
import { isPin, type StaffMember } from '#domain/staff/role.ts';
import { type ThrottleState, throttleState } from '#domain/staff/throttle.ts';
import { openBadge } from '#protocol/badge.ts';
import { sameBytes } from '#protocol/cbor.ts';
import { checkPin } from '#protocol/pin-verifier.ts';
import { nonceText, openUnlock, parseNonce, UNLOCK_NONCE_BYTES } from '#protocol/unlock.ts';
import type { StationClock } from '#station/clock/station-clock.ts';
import type { RegistryLink } from '#station/desk/registry-link.ts';
import type { StationLog } from '#station/log/station-log.ts';
import type { BootClock } from './boot-clock.ts';
import { wipeEntry } from './staff-roll.ts';
import type { KeptChange, StaffStore } from './staff-store.ts';

export type PinResult = 'in' | 'wrong' | 'not-a-pin' | 'wait' | 'blocked' | 'no-badge' | 'not-kept';

/** Staff at this station: who is in, and how somebody gets in. */
export interface StaffDesk {
  readonly stage: () => LogInState['stage'];
  /** Of the badge that was shown; null without one. */
  tries(): ThrottleState | null;
  /** 16 characters in groups of four while somebody is blocked. */
  unlockNonce(): string | null;
  onChange(listener: () => void): void;
  showBadge(code: string): Promise<Result<StaffMember, BadgeRefusal>>;
  enterPin(pin: string): Promise<PinResult>;
  showUnlock(code: string): Result<void, UnlockRefusal>;
  /** Somebody did something: the session goes on. */
  active(): void;
  timePassed(): void;
  logOut(): void;
}

/** Runs the pure log-in machine: keeps what has to be kept before anything else, then compares, then tells. */
export function staffDesk(options: {
  readonly store: StaffStore;
  readonly bootClock: BootClock;
  readonly clock: StationClock;
  readonly link: () => Pick<RegistryLink, 'installation' | 'trust' | 'staff' | 'refreshStaff'> | null;
  readonly randomBytes: RandomBytes;
  readonly tell: (news: LogInNews) => void;
  readonly onRefused: (refusal: {
    readonly what: 'badge' | 'unlock';
    readonly reason: BadgeRefusal | UnlockRefusal;
  }) => void;
  readonly log: StationLog;
}): StaffDesk {
  const { store, bootClock, clock, link, log } = options;
  const freshNonce = () => nonceText(options.randomBytes(UNLOCK_NONCE_BYTES));
  let onChange: () => void = () => {};
  let state = restore();
  /** Settles with the comparison under way. */
  let comparing: Promise<void> = Promise.resolve();

  function restore(): LogInState {
    const nonce = store.nonce();
    const restored = restoreLogIn({
      throttles: store.throttles(),
      nonce: nonce === null ? null : nonceText(nonce),
      freshNonce: freshNonce(),
      bootId: bootClock.bootId,
      now: bootClock.now(),
    });
    // Kept at once: a second restart finds the same waits, begun no earlier and no later.
    const throttles = [...restored.throttles].map(
      ([staffId, throttle]): KeptChange => ({ kind: 'throttle', staffId, throttle }),
    );
    if (throttles.length > 0) {
      try {
        store.keep([...throttles, { kind: 'nonce', nonce: nonceOctets(restored.nonce) }], bootClock.bootId);
      } catch (error) {
        // A full disk: what was kept before stands, and the next start begins the waits anew.
        log.error('staff.not-kept', { error });
      }
    }
    return restored;
  }

  /**
   * Null when what has to be kept could not be: then nothing has happened. With `evenIfNotKept` it has happened all the
   * same, for this run of the program.
   */
  function feed(event: LogInEvent, how: { readonly evenIfNotKept?: boolean } = {}): LogInStep | null {
    const step = advanceLogIn(state, event);
    const kept = step.effects.flatMap((effect): readonly KeptChange[] => {
      if (effect.type === 'keep-throttle') return [{ ...effect, kind: 'throttle' }];
      return effect.type === 'keep-nonce' ? [{ kind: 'nonce', nonce: nonceOctets(effect.nonce) }] : [];
    });
    if (kept.length > 0) {
      try {
        store.keep(kept, bootClock.bootId);
      } catch (error) {
        log.error('staff.not-kept', { error });
        if (how.evenIfNotKept !== true) return null;
      }
    }
    const changed = step.state !== state;
    state = step.state;
    for (const effect of step.effects) if (effect.type === 'tell') options.tell(effect.news);
    if (changed) onChange();
    return step;
  }

  async function find(code: string): Promise<Result<StaffMember, BadgeRefusal>> {
    const registry = link();
    if (registry === null) return err('not-provisioned');
    const badge = openBadge({ code, findVerifier: registry.trust.verifier('staff') });
    if (!badge.ok) return err(badge.error.reason === 'not-ours' ? 'not-ours' : 'forged');
    const { staffId, badgeId, validUntil } = badge.value;
    // Only a time that the registry proved: a clock that somebody set must neither shut staff out nor let a badge in. A
    // station without a line may take a badge that has run out since; withdrawing one needs the line as well.
    const proven = clock.provenTime();
    if (proven !== null && proven > validUntil) return err('expired');
    const listed = (): Result<StaffMember, BadgeRefusal> => {
      const entry = registry.staff.find(staffId);
      if (!entry.ok) return err(entry.error === 'no-list' ? 'no-staff-list' : 'withdrawn');
      const { role } = entry.value;
      const inForce = sameBytes(entry.value.badgeId, badgeId);
      wipeEntry(entry.value);
      return inForce ? ok({ staffId, role, badge: `b${hexOf(badgeId)}` }) : err('withdrawn');
    };
    const known = listed();
    if (known.ok) return known;
    // A badge of today, perhaps: the newest list is a moment away when there is a line.
    await registry.refreshStaff();
    return listed();
  }

  /** False as well when the list has lost the member meanwhile. */
  async function matches(member: StaffMember, pin: string): Promise<boolean> {
    const entry = link()?.staff.find(member.staffId);
    if (entry === undefined || !entry.ok) return false;
    const octets = Buffer.from(pin, 'utf8');
    try {
      return await checkPin({ pin: octets, verifier: entry.value.pin });
    } finally {
      octets.fill(0);
      wipeEntry(entry.value);
    }
  }

  /** Settles one comparison for its own member, wherever the console has come to meanwhile. Never throws. */
  async function compare(order: {
    readonly member: StaffMember;
    readonly pin: string;
    readonly check: number;
  }): Promise<PinResult> {
    const { member, check } = order;
    const right = await matches(member, order.pin).catch((error: unknown) => {
      log.error('staff.not-compared', { error });
      return false;
    });
    if (right) {
      if (feed({ type: 'pin-right', check, now: bootClock.now() }) === null) {
        feed({ type: 'check-dropped', check });
        return 'not-kept';
      }
      return state.stage.at === 'in' && state.stage.member === member ? 'in' : 'no-badge';
    }
    // The try was kept before; a block number that was not is drawn anew at the next start.
    feed({ type: 'pin-wrong', check, nonce: freshNonce() }, { evenIfNotKept: true });
    const after = throttleState(state.throttles.get(member.staffId) ?? null, bootClock.now());
    return after.kind === 'blocked' ? 'blocked' : 'wrong';
  }

  function unlockBy(code: string): Result<void, UnlockRefusal> {
    const registry = link();
    if (registry === null) return err('not-provisioned');
    const unlock = openUnlock({ code, findVerifier: registry.trust.verifier('staff') });
    if (!unlock.ok) return err(unlock.error.reason === 'not-ours' ? 'not-ours' : 'forged');
    const { stationId, nonce, expiresAt } = unlock.value;
    const proven = clock.provenTime();
    const refusal = refusalOf({
      anotherStation: stationId !== registry.installation.stationId,
      expired: proven !== null && proven > expiresAt,
      blocked: state.nonce !== null,
      sameNonce: state.nonce === nonceText(nonce),
    });
    if (refusal !== null) return err(refusal);
    return feed({ type: 'unlock-shown', nonce: nonceText(nonce) }) === null ? err('not-kept') : ok(undefined);
  }

  return {
    stage: () => state.stage,
    tries: () => {
      const { stage } = state;
      if (stage.at !== 'badge') return null;
      return throttleState(state.throttles.get(stage.member.staffId) ?? null, bootClock.now());
    },
    unlockNonce: () => state.nonce,
    onChange: (listener) => {
      onChange = listener;
    },
    async showBadge(code) {
      if (state.stage.at === 'in' || state.stage.at === 'checking') return err('busy');
      const found = await find(code);
      if (found.ok) feed({ type: 'badge-shown', member: found.value, now: bootClock.now() });
      else options.onRefused({ what: 'badge', reason: found.error });
      return found;
    },
    async enterPin(pin) {
      const shown = state.stage;
      if (shown.at !== 'badge') return 'no-badge';
      // A slip of the finger is no guess.
      if (!isPin(pin)) return 'not-a-pin';
      // Somebody left while a PIN was compared: one after the other.
      if (state.check !== null) await comparing;
      const { stage } = state;
      if (stage.at !== 'badge' || stage.member !== shown.member) return 'no-badge';
      const { member } = stage;
      const now = bootClock.now();
      const tries = throttleState(state.throttles.get(member.staffId) ?? null, now);
      if (tries.kind !== 'free') return tries.kind === 'blocked' ? 'blocked' : 'wait';
      const entered = feed({ type: 'pin-entered', now });
      if (entered === null) return 'not-kept';
      const check = entered.effects.find((effect) => effect.type === 'check-pin')?.check;
      // Another PIN of the same badge was quicker.
      if (check === undefined) return 'no-badge';
      const compared = compare({ member, pin, check });
      comparing = compared.then(() => {});
      return compared;
    },
    showUnlock(code) {
      const unlocked = unlockBy(code);
      if (!unlocked.ok) options.onRefused({ what: 'unlock', reason: unlocked.error });
      return unlocked;
    },
    active: () => void feed({ type: 'active', now: bootClock.now() }),
    timePassed: () => void feed({ type: 'time-passed', now: bootClock.now() }),
    logOut: () => void feed({ type: 'logged-out' }),
  };
}

function refusalOf(unlock: {
  readonly anotherStation: boolean;
  readonly expired: boolean;
  readonly blocked: boolean;
  readonly sameNonce: boolean;
}): UnlockRefusal | null {
  if (unlock.anotherStation) return 'another-station';
  if (unlock.expired) return 'expired';
  if (!unlock.blocked) return 'nothing-blocked';
  return unlock.sameNonce ? null : 'another-nonce';
}

function nonceOctets(text: string | null): Uint8Array | null {
  if (text === null) return null;
  const octets = parseNonce(text);
  if (octets === undefined) throw new Error('a nonce of our own making can be read');
  return octets;
}

function hexOf(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}
