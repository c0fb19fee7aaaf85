import { createActor } from 'xstate';
import type { DriverReport } from '#contract/driver-messages.ts';
import type { FaceCommand } from '#contract/station-api.ts';
import { isReadOffCard, judgePassword } from '#domain/enrolment/password-rules.ts';
import { dayInChina } from '#domain/identity/calendar-date.ts';
import { assertNever } from '#domain/result.ts';
import type { ChartState } from '#domain/session/accepts.ts';
import { accepts, overlayOf } from '#domain/session/accepts.ts';
import { sessionChart } from '#domain/session/chart.ts';
import type { ChartContext } from '#domain/session/chart-context.ts';
import type { ChartEvent } from '#domain/session/chart-event.ts';
import { EFFECTS, type Effect } from '#domain/session/chart-setup.ts';
import type { CitizenEvent } from '#domain/session/citizen-event.ts';
import { DEFAULT_DELAYS } from '#domain/session/delays.ts';
import { isWarned, snapshotOf } from '#domain/session/project.ts';
import type { Notices, Snapshot } from '#domain/session/snapshot.ts';
import { makePasswordVerifier, SALT_BYTES } from '#protocol/password-verifier.ts';
import { classifyCard, isUsable, problemOf } from './card-intake.ts';
import type { CameraReport, FaceStep } from './face-step.ts';
import { idleCountdown } from './idle-countdown.ts';
import { liveSession } from './live-session.ts';
import { phoneDesk } from './phone-desk.ts';
import { cardOf, recordView } from './record-view.ts';
import { auditSteps } from './session-audit.ts';
import { sessionEffects } from './session-effects.ts';
import type { SessionParts, SessionSettings } from './session-ports.ts';
import { zero } from './session-record.ts';

/** Actions in a plan of the face step: the dots of progress. */
const PLAN_ACTIONS = 3;
/** What the desk may take beyond the wait that it was given before its answer counts as lost. */
const DECISION_GRACE_MS = 2_000;

/** Runs sessions, one after the other: the chart decides, this does. */
export interface SessionService {
  snapshot(): Snapshot;
  onSnapshot(listener: (snapshot: Snapshot) => void): void;
  onFaceCommand(listener: (command: FaceCommand) => void): void;
  /** False when the session has moved on meanwhile. */
  act(event: CitizenEvent): boolean;
  submitPassword(entries: { readonly password: string; readonly repeat: string }): Promise<boolean>;
  reportCamera(report: CameraReport): void;
  /** The face step that runs now; null outside of it, when frames and pictures belong to nobody. */
  face(): FaceStep | null;
  /** A page came up: whatever ran in the one before it begins anew. */
  screenAttached(): void;
  /** Ends whatever runs and wipes; a session that is being saved is left to end by itself. */
  reset(): void;
  stop(): void;
}

export function startSessions(parts: SessionParts, settings: SessionSettings): SessionService {
  const { drivers, desk, log, timers } = parts;
  const listeners: { snapshot(snapshot: Snapshot): void; command(command: FaceCommand): void } = {
    snapshot: () => {},
    command: () => {},
  };
  const phones = phoneDesk();
  const live = liveSession({
    deviceSimulated: () =>
      settings.demo ||
      drivers.device('reader')?.simulated === true ||
      drivers.device('scanner')?.simulated === true,
    command: (command) => listeners.command(command),
  });
  let number = 0;
  let shown = '';
  let verifying = false;
  let before: ChartState | null = null;
  let sessionId: string | null = null;

  const effects = sessionEffects({ parts, settings, phones, live, tell });
  const actor = createActor(
    sessionChart.provide({
      actions: Object.fromEntries(
        EFFECTS.map((name) => [name, ({ context }: { context: ChartContext }) => run(name, context)]),
      ),
      delays: {
        ...DEFAULT_DELAYS,
        idleWarning: settings.idleWarningMs,
        idleReset: settings.idleResetMs,
        decisionBackstop: settings.decisionWaitMs + DECISION_GRACE_MS,
      },
    }),
    {
      clock: {
        setTimeout: (action: () => void, milliseconds: number) => timers.after(milliseconds, action),
        clearTimeout: (cancel: () => void) => cancel?.(),
      },
      inspect: (inspection) => {
        if (inspection.type === '@xstate.snapshot') follow(inspection.event.type);
      },
    },
  );
  const countdown = idleCountdown({ timers, lengthMs: settings.idleResetMs, onSecond: () => show() });
  const audit = auditSteps(parts.audit);

  /** A mistake in an effect ends this session and no other: it is logged, and the citizen starts again. */
  function run(effect: Effect, context: ChartContext): void {
    try {
      effects[effect](context);
    } catch (error) {
      log.error('session.effect-failed', { step: effect, error });
      if (effect === 'saveEnrolment') tell({ type: 'save.failed', reason: 'storage-failed' });
      else if (effect === 'renew') tell({ type: 'renewed' });
      else if (effect !== 'wipe') tell({ type: 'reset' });
    }
  }

  function tell(event: ChartEvent): void {
    actor.send(event);
  }

  function notices(): Notices {
    return {
      simulated: live.simulated(),
      offline: !desk.standing().online,
      stationName: settings.stationName,
    };
  }

  function draw(): Snapshot {
    const state = actor.getSnapshot();
    const { language, outcome } = state.context.session;
    return snapshotOf({
      state,
      view: recordView({
        record: live.record,
        ticket: live.ticket,
        consentText: parts.consentText(language),
        stationName: settings.stationName,
        simulated: live.simulated(),
        outcome,
      }),
      number,
      idleSecondsLeft: countdown.secondsLeft(),
      actions: PLAN_ACTIONS,
      notices: notices(),
    });
  }

  /** Sends a picture when it differs from the last; what decides that holds no personal data. */
  function show(changed = false): void {
    const state = actor.getSnapshot();
    countdown.follow(isWarned(state));
    const key = JSON.stringify([
      state.value,
      state.context,
      notices(),
      isWarned(state) && countdown.secondsLeft(),
    ]);
    if (key === shown && !changed) return;
    shown = key;
    number += 1;
    try {
      listeners.snapshot(draw());
    } catch (error) {
      log.error('session.drawing-failed', { step: state.context.session.step, error });
      tell({ type: 'reset' });
    }
  }

  function atStep(step: 'phone' | 'password' | 'card' | 'face'): boolean {
    return actor.getSnapshot().matches({ session: { steps: step } });
  }

  function onScan(report: Extract<DriverReport, { type: 'scan' }>): void {
    const { record } = live;
    if (record === null || !atStep('phone')) return;
    const phone = phones.read(report.text);
    if (!phone.ok) {
      tell({ type: 'phone.refused', problem: phone.error });
      return;
    }
    record.phone = phone.value;
    live.simulatedInput ||= report.simulated;
    tell({ type: 'phone.accepted' });
  }

  function onCardRead(report: Extract<DriverReport, { type: 'card.read' }>): void {
    const { record } = live;
    const { text, photo, samId } = report;
    if (record === null || !atStep('card')) {
      zero(text, photo);
      return;
    }
    const { passwordDigits } = record;
    const { news, fault } = classifyCard({ text, day: dayInChina(parts.clock.now()), passwordDigits });
    if (fault !== null) log.warn('card.not-accepted', { reason: fault });
    if (!isUsable(news)) {
      zero(text, photo);
      tell(news);
      return;
    }
    record.card = { text, photo, samId };
    record.passwordDigits = null;
    if (news.type === 'card.accepted' && news.passwordGuessable) record.passwordVerifier = null;
    live.simulatedInput ||= report.simulated;
    decodePortrait(Uint8Array.from(photo));
    tell(news);
  }

  /** Goes on beside the session: without a decoder, or when it fails, the registry compares. */
  function decodePortrait(photo: Uint8Array): void {
    const { record } = live;
    parts.portraitDecoder
      .decode(photo)
      .then((picture) => {
        if (!picture.ok) return;
        if (record?.live) {
          record.cardPortrait = picture.value;
          show(true);
        } else zero(picture.value.bytes);
      })
      .catch((error: unknown) => log.error('card.portrait-failed', { error }))
      .finally(() => zero(photo));
  }

  function onReport(report: DriverReport): void {
    switch (report.type) {
      case 'device':
        tell({ type: 'device.changed', role: report.role, state: report.state });
        return;
      case 'card.laid':
      case 'card.removed':
        tell({ type: report.type });
        return;
      case 'card.fault':
        if (atStep('card')) tell({ type: 'card.refused', problem: problemOf(report.fault) });
        return;
      case 'card.read':
        onCardRead(report);
        return;
      case 'scan':
        onScan(report);
        return;
      case 'scan.refused':
        if (atStep('phone')) tell({ type: 'phone.refused', problem: 'not-ours' });
        return;
      case 'pong':
        return;
      default:
        assertNever(report);
    }
  }

  function tellStanding(): void {
    const { provisioned, frozen, online } = desk.standing();
    tell({ type: 'standing.changed', provisioned, frozen, online });
  }

  async function submitPassword(entries: { readonly password: string; readonly repeat: string }) {
    const { record } = live;
    const ready = () => atStep('password') && overlayOf(actor.getSnapshot()) === 'none';
    tell({ type: 'touched' });
    if (record === null || verifying || !ready()) return false;
    const fault = judgePassword(entries) ?? (knownFromCard(entries.password) ? 'too-simple' : null);
    if (fault !== null) {
      tell({ type: 'password.refused', problem: fault });
      return true;
    }
    const credentialPublicKey = desk.credentialKey();
    if (credentialPublicKey === null)
      throw new Error('a password was chosen before the station was provisioned');
    const digits = new TextEncoder().encode(entries.password);
    verifying = true;
    try {
      const salt = parts.randomBytes(SALT_BYTES);
      const verifier = await makePasswordVerifier({ password: digits, salt, credentialPublicKey });
      // The citizen may have left the step meanwhile: then nothing is kept.
      if (!record.live || !ready()) {
        zero(digits, verifier);
        return false;
      }
      record.passwordVerifier = verifier;
      if (record.card === null) record.passwordDigits = digits;
      else zero(digits);
      tell({ type: 'password.accepted' });
      return true;
    } finally {
      verifying = false;
    }
  }

  /** After the card was read, a new password is compared with it at once. */
  function knownFromCard(password: string): boolean {
    if (!live.record?.card) return false;
    const { birth, number: citizenNumber } = cardOf(live.record);
    return isReadOffCard({ password, birth, number: citizenNumber });
  }

  function follow(event: string): void {
    sessionId = live.record?.sessionId ?? sessionId;
    const after = actor.getSnapshot();
    const cause = event.startsWith('xstate.') ? 'time' : event;
    if (before) audit({ sessionId, before, after, cause, simulated: live.simulated() });
    before = after;
    show();
  }

  actor.subscribe({ error: (error) => log.error('session.chart-failed', { error }) });
  actor.start();
  for (const role of ['reader', 'scanner'] as const) {
    tell({ type: 'device.changed', role, state: drivers.device(role)?.state ?? 'absent' });
  }
  const stopListening = drivers.onReport(onReport);
  desk.onStandingChange(tellStanding);
  tellStanding();

  return {
    snapshot: draw,
    onSnapshot: (listener) => {
      listeners.snapshot = listener;
    },
    onFaceCommand: (listener) => {
      listeners.command = listener;
    },
    act(event) {
      tell({ type: 'touched' });
      if (!accepts(actor.getSnapshot(), event)) return false;
      tell(event);
      return true;
    },
    submitPassword,
    reportCamera: (report) => {
      if (atStep('face')) live.face?.cameraReported(report);
    },
    face: () => (atStep('face') ? live.face : null),
    screenAttached: () => tell({ type: 'screen.attached' }),
    reset: () => tell({ type: 'reset' }),
    stop() {
      stopListening();
      countdown.stop();
      actor.stop();
      live.wipe();
    },
  };
}
