import { ACTIONS_PER_PLAN } from '#domain/liveness/plan.ts';
import type { ChartState } from '#domain/session/accepts.ts';
import { isWarned, snapshotOf } from '#domain/session/project.ts';
import type { Notices, Snapshot } from '#domain/session/snapshot.ts';
import { idleCountdown } from './idle-countdown.ts';
import type { LiveSession } from './live-session.ts';
import { recordView } from './record-view.ts';
import type { SessionParts, SessionSettings } from './session-ports.ts';

/** What the citizen sees of the session: drawn anew whenever it differs from what was drawn last. */
export interface SessionScreen {
  draw(): Snapshot;
  /** Sends a picture when it differs from the last, or when something changed that only the record knows. */
  show(changed?: boolean): void;
  onSnapshot(listener: (snapshot: Snapshot) => void): void;
  stop(): void;
}

export function sessionScreen(options: {
  readonly parts: Pick<SessionParts, 'desk' | 'log' | 'timers' | 'consentText'>;
  readonly settings: Pick<SessionSettings, 'stationName' | 'idleResetMs' | 'flash'>;
  readonly live: LiveSession;
  readonly state: () => ChartState;
  /** A screen cannot be drawn: a mistake of the program. */
  readonly onFailure: () => void;
}): SessionScreen {
  const { parts, settings, live } = options;
  const countdown = idleCountdown({
    timers: parts.timers,
    lengthMs: settings.idleResetMs,
    onSecond: () => show(),
  });
  const listeners: ((snapshot: Snapshot) => void)[] = [];
  let number = 0;
  let shown = '';

  function notices(): Notices {
    return {
      simulated: live.simulated(),
      offline: !parts.desk.standing().online,
      stationName: settings.stationName,
    };
  }

  function draw(): Snapshot {
    const state = options.state();
    const { language, visit, outcome } = state.context.session;
    return snapshotOf({
      state,
      view: recordView({
        record: live.record,
        visit,
        ticket: live.ticket,
        consentText: (application) => parts.consentText(language, application),
        stationName: settings.stationName,
        simulated: live.simulated(),
        outcome,
      }),
      number,
      idleSecondsLeft: countdown.secondsLeft(),
      actions: ACTIONS_PER_PLAN,
      flashes: settings.flash,
      notices: notices(),
    });
  }

  /** What decides whether a picture differs holds no personal data. */
  function show(changed = false): void {
    const state = options.state();
    const warned = isWarned(state);
    countdown.follow(warned);
    const key = JSON.stringify([
      state.value,
      state.context,
      notices(),
      warned ? countdown.secondsLeft() : null,
    ]);
    if (key === shown && !changed) return;
    shown = key;
    number += 1;
    let snapshot: Snapshot;
    try {
      snapshot = draw();
    } catch (error) {
      parts.log.error('session.drawing-failed', { step: state.context.session.step, error });
      options.onFailure();
      return;
    }
    for (const listener of listeners) listener(snapshot);
  }

  return {
    draw,
    show,
    onSnapshot: (listener) => void listeners.push(listener),
    stop: countdown.stop,
  };
}
