import type { ClockView, LinkView, LogInView, RuleView } from '#contract/console-api.ts';
import { clockSkew, explainClock } from '#domain/policy/clock-reason.ts';
import { permissionsOf } from '#domain/staff/role.ts';
import type { StaffDesk } from '#station/staff/staff-desk.ts';
import type { StationInside } from './station-inside.ts';

/** The line to the registry as it stands. */
export function linkView(inside: StationInside, monotonic: number): LinkView {
  const { byClock } = inside.clock.silence();
  const lastAnswerAt = byClock === null ? null : Math.round(inside.clock.now() - byClock);
  const link = inside.link();
  if (link === null) {
    return {
      state: 'not-provisioned',
      registryUrl: null,
      registryName: null,
      lastAnswerAt,
      lastTrouble: null,
      failures: 0,
      nextTryInMs: null,
    };
  }
  const state = link.runner.state();
  const trouble = link.troubles.last();
  const rests = Math.round(state.restsUntil - monotonic);
  return {
    state: state.link,
    registryUrl: link.installation.registryUrl,
    registryName: link.trust.list().registryName,
    lastAnswerAt,
    lastTrouble: trouble === null ? null : { reason: trouble.reason, at: Math.round(trouble.at) },
    failures: state.failures,
    nextTryInMs: rests > 0 ? rests : null,
  };
}

export function clockView({ clock }: StationInside): ClockView {
  const situation = clock.situation();
  return {
    now: clock.now(),
    wall: Math.round(situation.wall),
    trust: clock.trust(),
    why: explainClock(situation),
    skewMs: clockSkew(situation),
  };
}

/** `frozen` is the whole verdict on new sessions: of the installation, the offline rule and the disk. */
export function ruleView(inside: StationInside, frozen: string | null): RuleView {
  const verdict = inside.offline();
  const limits = inside.limits();
  return {
    frozen,
    daysLeft: verdict.daysLeft,
    days: limits.days,
    waiting: inside.queue.waiting(),
    mostWaiting: limits.packets,
    freeMegabytes: Math.max(0, Math.round(inside.freeMegabytes())),
    leastFreeMegabytes: limits.freeMegabytes,
    warnings: verdict.warnings.map(({ kind }) => kind),
  };
}

/** Staff id and role of whoever showed a badge; the badge itself never goes to the page. */
export function logInView(staff: StaffDesk): LogInView {
  const stage = staff.stage();
  const tries = staff.tries();
  return {
    stage: stage.at,
    member:
      stage.at === 'out'
        ? null
        : {
            staffId: stage.member.staffId,
            role: stage.member.role,
            permissions: [...permissionsOf(stage.member.role)],
          },
    tries: tries?.kind === 'waiting' ? { ...tries, leftMs: Math.ceil(tries.leftMs) } : tries,
    unlockNonce: staff.unlockNonce(),
  };
}
